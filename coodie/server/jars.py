"""The class path of the node: the listed jars, checked, from the cache or the local Maven repository."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from coodie.server import maven_settings
from coodie.server.download import THREADS, download
from coodie.server.folders import MEBIBYTE, cache_folder, make_folder
from coodie.server.jar_list import CASSANDRA_VERSION, Jar, listed
from coodie.server.lock import held

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coodie.server.progress import Report

NEEDS = 100 * MEBIBYTE
WAITING = "Another process is downloading Cassandra: waiting for it."


def resolve(report: Report) -> list[Path]:
    """Return the checked files of the class path, downloading once what is missing or damaged."""
    jars = listed()
    cache = cache_folder() / "maven"
    found = _find(jars, cache)
    if len(found) < len(jars):
        make_folder(cache, "the cache folder", "COODIE_CACHE_DIR", NEEDS)
        with held(cache / "lock", lambda: report(WAITING)):
            # Whoever held the lock may have brought what was missing.
            found = _find(jars, cache)
            missing = [jar for jar in jars if jar not in found]
            if missing:
                title = f"Downloading Cassandra {CASSANDRA_VERSION} once into {cache}: {len(missing)} files"
                download(missing, cache, title, report)
                found = _find(jars, cache)
    return [found[jar] for jar in jars]


def _find(jars: Sequence[Jar], cache: Path) -> dict[Jar, Path]:
    """Return the jars that are here with the right content; hashing them all takes a tenth of a second."""
    folders = (cache, maven_settings.local_repository())

    def find(jar: Jar) -> Path | None:
        paths = (folder / jar.path for folder in folders)
        return next((path for path in paths if jar.is_intact(path)), None)

    with ThreadPoolExecutor(THREADS) as pool:
        return {jar: path for jar, path in zip(jars, pool.map(find, jars), strict=True) if path}
