"""Cassandra's jars: the listed files, checked, from the cache, the local Maven repository or the network."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from coodie.server import maven_settings
from coodie.server.errors import FolderUnusableError, JarsUnavailableError, MissingExtraError
from coodie.server.folders import MEBIBYTE, cache_folder, make_folder
from coodie.server.lock import held
from coodie.server.progress import counting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coodie.server.progress import Report

CASSANDRA_VERSION = "5.0.9"
THREADS = 8
ATTEMPTS = 2
NEEDS = 100 * MEBIBYTE
_DISK_ERRORS = {errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EPERM, getattr(errno, "EDQUOT", errno.ENOSPC)}


@dataclass(frozen=True, slots=True)
class Jar:
    """One file of the list, with the hash that it must have."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def path(self) -> PurePosixPath:
        """Where a Maven repository keeps the file."""
        suffix = f"-{self.classifier}" if self.classifier else ""
        name = f"{self.artifact}-{self.version}{suffix}.jar"
        return PurePosixPath(*self.group.split("."), self.artifact, self.version, name)


def listed() -> list[Jar]:
    """Return the pinned jars of Cassandra and of what it needs."""
    text = (files("coodie.server") / f"cassandra-{CASSANDRA_VERSION}.jars.tsv").read_text("utf-8")
    return [Jar(*line.split("\t")) for line in text.splitlines() if not line.startswith("#")]


def resolve(report: Report) -> list[Path]:
    """Return the checked files of the class path, downloading once what is missing or damaged."""
    jars = listed()
    cache = cache_folder() / "maven"
    found = _find(jars, cache)
    if len(found) < len(jars):
        make_folder(cache, "the cache folder", "COODIE_CACHE_DIR", NEEDS)
        with held(cache / "lock", lambda: report("Another process is downloading Cassandra: waiting for it.")):
            # Whoever held the lock may have brought what was missing.
            found = _find(jars, cache)
            missing = [jar for jar in jars if jar not in found]
            if missing:
                _download(missing, cache, report)
                found = _find(jars, cache)
    return [found[jar] for jar in jars]


def _find(jars: Sequence[Jar], cache: Path) -> dict[Jar, Path]:
    """Return the jars that are here with the right content; the hashes take 0.1 s on eight threads."""
    folders = (cache, maven_settings.local_repository())

    def find(jar: Jar) -> Path | None:
        paths = (folder / jar.path for folder in folders)
        return next((path for path in paths if _is_intact(path, jar.sha256)), None)

    with ThreadPoolExecutor(THREADS) as pool:
        return {jar: path for jar, path in zip(jars, pool.map(find, jars), strict=True) if path}


def _is_intact(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _download(jars: Sequence[Jar], cache: Path, report: Report) -> None:
    """Bring `jars` into `cache`, each at once or not at all: files are written aside, checked and moved in."""
    for leftover in cache.glob("partial-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    aside = Path(tempfile.mkdtemp(prefix="partial-", dir=cache))
    stop = threading.Event()
    fetch = _fetcher(aside, cache, stop)
    title = f"Downloading Cassandra {CASSANDRA_VERSION} once into {cache}: {len(jars)} files"
    pool = ThreadPoolExecutor(THREADS)
    try:
        with counting(title, len(jars), report) as advance:
            for future in as_completed([pool.submit(fetch, jar) for jar in jars]):
                future.result()
                advance()
    except OSError as error:
        # requests' own errors are OSErrors too, without a number of the operating system.
        if error.errno in _DISK_ERRORS:
            raise FolderUnusableError(
                f"the cache folder {cache} cannot be written: {error.strerror}.",
                "Make room or give write permission there, or set COODIE_CACHE_DIR to another folder.",
            ) from error
        raise _unavailable(jars, cache, str(error)) from error
    except RuntimeError as error:
        raise _unavailable(jars, cache, str(error)) from error
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)
        shutil.rmtree(aside, ignore_errors=True)


def _fetcher(aside: Path, cache: Path, stop: threading.Event) -> Callable[[Jar], None]:
    """Return the function that fetches one jar; it gives up soon after `stop` is set."""
    try:
        from jgo.maven import MavenContext, PythonResolver  # noqa: PLC0415 - optional: the extra `embedded`
    except ImportError as error:
        raise MissingExtraError(
            f"Cassandra {CASSANDRA_VERSION} is not in {cache}, and the package jgo, which downloads it, is not "
            "installed.",
            "Install it with pip install 'coodie[embedded]'.",
        ) from error

    @contextmanager
    def watched(_name: str, _size: int) -> Iterator[Callable[[int], None]]:
        def count(_received: int) -> None:
            if stop.is_set():
                raise RuntimeError("interrupted")

        yield count

    repositories: dict[str, Any] = {}
    if address := os.environ.get("COODIE_MAVEN_REPO") or maven_settings.mirror():
        repositories = {"remote_repos": {"chosen": address.rstrip("/")}}
    maven = MavenContext(resolver=PythonResolver(progress_callback=watched), repo_cache=aside, **repositories)

    def fetch(jar: Jar) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                component = maven.project(jar.group, jar.artifact).at_version(jar.version)
                path = component.artifact(classifier=jar.classifier, packaging="jar").resolve()
                break
            except (OSError, RuntimeError):
                # A half file would pass for a whole one at the second attempt.
                (aside / jar.path).unlink(missing_ok=True)
                if attempt == ATTEMPTS or stop.wait(0.5):
                    raise
        else:
            raise AssertionError
        if not _is_intact(path, jar.sha256):
            raise RuntimeError(f"{jar.path.name} arrived with another content than the one that is pinned")
        target = cache / jar.path
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)

    return fetch


def _unavailable(jars: Sequence[Jar], cache: Path, cause: str) -> JarsUnavailableError:
    return JarsUnavailableError(
        f"Cassandra {CASSANDRA_VERSION} could not be downloaded: {len(jars)} of its files were missing from "
        f"{cache} (the first is {jars[0].path.name}). The cause: {cause}",
        "Connect this machine to the network once; or set COODIE_MAVEN_REPO to a Maven repository that it can "
        "reach, COODIE_CACHE_DIR to a filled cache, or COODIE_HOSTS to a CQL server that already runs.",
    )
