"""Downloading jars from a Maven repository: each file arrives whole and checked, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coodie.server import maven_settings
from coodie.server.errors import FolderUnusableError, JarsUnavailableError, MissingExtraError
from coodie.server.progress import counting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coodie.server.jar_list import Jar
    from coodie.server.progress import Report

THREADS = 8
ATTEMPTS = 2
ATTEMPT_PAUSE = 0.5
DISK_ERRORS = {
    getattr(errno, name) for name in ("ENOSPC", "EACCES", "EROFS", "EPERM", "EDQUOT") if hasattr(errno, name)
}


def download(jars: Sequence[Jar], cache: Path, title: str, report: Report) -> None:
    """Bring `jars` into `cache`; the caller holds the cache's lock.

    Files are written aside, checked and moved in one by one: after an interruption the next call goes on with
    what is still missing.
    """
    for leftover in cache.glob("partial-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    aside = Path(tempfile.mkdtemp(prefix="partial-", dir=cache))
    stop = threading.Event()
    pool = ThreadPoolExecutor(THREADS)
    try:
        repository = _repository(aside, cache, stop)
        with counting(title, len(jars), report) as advance:
            futures = [pool.submit(_fetch, jar, repository, cache, stop) for jar in jars]
            for future in as_completed(futures):
                future.result()
                advance()
    except (OSError, RuntimeError) as error:
        # The errors of requests are OSErrors too, without a number of the operating system.
        if isinstance(error, OSError) and error.errno in DISK_ERRORS:
            raise FolderUnusableError(
                f"the cache folder {cache} cannot be written: {error.strerror}.",
                "Make room or give write permission there, or set COODIE_CACHE_DIR to another folder.",
            ) from error
        if isinstance(error, MissingExtraError):
            raise
        raise _unavailable(jars, cache, error) from error
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)
        shutil.rmtree(aside, ignore_errors=True)


def _repository(aside: Path, cache: Path, stop: threading.Event) -> Any:
    """Return jgo's view of the remote repository, which puts its files `aside` and ends soon after `stop`."""
    try:
        from jgo.maven import MavenContext, PythonResolver  # noqa: PLC0415 - optional: the extra `embedded`
    except ImportError as error:
        raise MissingExtraError(
            f"Cassandra is not in {cache}, and the package jgo, which downloads it, is not installed.",
            "Install it with pip install 'coodie[embedded]>=2.0.0.dev0'.",
        ) from error

    @contextmanager
    def stoppable(_name: str, _size: int) -> Iterator[Callable[[int], None]]:
        def count(_received: int) -> None:
            if stop.is_set():
                raise RuntimeError("interrupted")

        yield count

    chosen: dict[str, Any] = {}
    if address := os.environ.get("COODIE_MAVEN_REPO") or maven_settings.mirror():
        chosen = {"remote_repos": {"chosen": address.rstrip("/")}}
    # Without a choice of the user, jgo asks the repository that it has built in.
    return MavenContext(resolver=PythonResolver(progress_callback=stoppable), repo_cache=aside, **chosen)


def _fetch(jar: Jar, repository: Any, cache: Path, stop: threading.Event) -> None:
    component = repository.project(jar.group, jar.artifact).at_version(jar.version)
    artifact = component.artifact(classifier=jar.classifier, packaging="jar")
    arrived: Path = artifact.cached_path
    for attempt in range(1, ATTEMPTS + 1):
        try:
            artifact.resolve()
            break
        except (OSError, RuntimeError):
            # A half file would pass for a whole one at the next attempt.
            arrived.unlink(missing_ok=True)
            if attempt == ATTEMPTS or stop.wait(ATTEMPT_PAUSE):
                raise
    if not jar.is_intact(arrived):
        raise RuntimeError(f"{arrived.name} arrived with another content than the one that is pinned")
    target = cache / jar.path
    target.parent.mkdir(parents=True, exist_ok=True)
    arrived.replace(target)


def _unavailable(jars: Sequence[Jar], cache: Path, cause: Exception) -> JarsUnavailableError:
    return JarsUnavailableError(
        f"Cassandra could not be downloaded: {len(jars)} of its files were missing from {cache} (the first "
        f"is {jars[0].path.name}). The cause: {cause}",
        "Connect this machine to the network once; or set COODIE_MAVEN_REPO to a Maven repository that it "
        "can reach, COODIE_CACHE_DIR to a filled cache, or COODIE_HOSTS to a CQL server that already runs.",
    )
