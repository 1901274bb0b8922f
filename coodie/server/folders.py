"""Where things are kept: the user's cache and state folders, and folders for disposable nodes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from coodie.server.errors import FolderUnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator

MEBIBYTE = 1 << 20
# Commit log segments, first tables and the log of one node, with room to breathe.
NODE_NEEDS = 256 * MEBIBYTE
# A memory file system takes its space from the machine's memory, so it must have plenty.
MEMORY_NEEDS = 1024 * MEBIBYTE


def cache_folder() -> Path:
    """Return the folder of what can be downloaded again: `COODIE_CACHE_DIR`, else the user's cache."""
    if chosen := os.environ.get("COODIE_CACHE_DIR"):
        return Path(chosen).expanduser().absolute()
    if sys.platform == "win32":
        return _windows_base() / "coodie" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "coodie"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "coodie"


def state_folder() -> Path:
    """Return the folder of running servers and their data: `COODIE_STATE_DIR`, else the user's state."""
    if chosen := os.environ.get("COODIE_STATE_DIR"):
        return Path(chosen).expanduser().absolute()
    if sys.platform == "win32":
        return _windows_base() / "coodie" / "State"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "coodie"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "coodie"


def disposable_folder() -> Path:
    """Make a folder for a node that is thrown away, on a memory file system when that has room."""
    memory = Path("/dev/shm")  # noqa: S108 - a fresh folder of a random name is made inside
    try:
        roomy = memory.is_dir() and shutil.disk_usage(memory).free >= MEMORY_NEEDS
        parent = memory if roomy and os.access(memory, os.W_OK) else None
    except OSError:
        parent = None
    with unusable("the temporary folder", parent or Path(tempfile.gettempdir()), "TMPDIR"):
        return Path(tempfile.mkdtemp(prefix="coodie-node-", dir=parent))


def make_folder(folder: Path, purpose: str, variable: str, needs: int = 0) -> Path:
    """Make `folder`; fail readably when it cannot be written or has less than `needs` bytes left."""
    with unusable(purpose, folder, variable):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"coodie")
        free = shutil.disk_usage(folder).free
    if free < needs:
        raise FolderUnusableError(
            f"{purpose} {folder} has {free // MEBIBYTE} MiB left; {needs // MEBIBYTE} MiB are needed.",
            f"Free some space, or set {variable} to a folder on another disk.",
        )
    return folder


@contextmanager
def unusable(purpose: str, folder: Path, variable: str) -> Iterator[None]:
    """Turn an `OSError` about `folder` into an error that names the remedy."""
    try:
        yield
    except OSError as error:
        raise FolderUnusableError(
            f"{purpose} {folder} cannot be used: {error.strerror or error}.",
            f"Make room or give write permission there, or set {variable} to another folder.",
        ) from error


def _windows_base() -> Path:
    return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
