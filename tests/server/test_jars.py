"""The jars: from the cache, the local Maven repository or the network; whole, checked, once."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from coodie.server import FolderUnusableError, JarsUnavailableError, MissingExtraError, jars
from coodie.server.jar_list import listed
from coodie.server.progress import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coodie.server.jar_list import Jar
    from tests.server.conftest import Repository


# jgo leaves its connections to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    yield
    gc.collect()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("COODIE_CACHE_DIR", str(folder))
    monkeypatch.setenv("M2_REPO", str(tmp_path / "no-such-repository"))
    return folder / "maven"


@pytest.fixture
def two(repository: Repository, cache: Path, monkeypatch: pytest.MonkeyPatch) -> list[Jar]:  # noqa: ARG001
    """A list of two jars, which the repository of the test offers."""
    chosen = [repository.jar("one", b"1" * 100_000), repository.jar("two", b"2" * 100_000)]
    monkeypatch.setattr(jars, "listed", lambda: chosen)
    monkeypatch.setenv("COODIE_MAVEN_REPO", repository.address)
    return chosen


def test_the_list_is_cassandra_with_everything_pinned_by_hash() -> None:
    names = {(jar.artifact, jar.version) for jar in listed()}
    assert ("cassandra-all", "5.0.9") in names
    assert len(listed()) == len({jar.path for jar in listed()}) == 100
    assert all(len(bytes.fromhex(jar.sha256)) == 32 for jar in listed())


def test_a_classifier_is_part_of_the_file_name() -> None:
    paths = {str(jar.path) for jar in listed()}
    assert "com/github/jnr/jffi/1.3.11/jffi-1.3.11-native.jar" in paths


def test_missing_jars_are_downloaded_once_and_reported(
    two: list[Jar], cache: Path, repository: Repository
) -> None:
    lines: list[str] = []
    first = jars.resolve(lines.append)
    again = jars.resolve(lines.append)
    assert first == again == [cache / jar.path for jar in two]
    assert first[0].read_bytes() == b"1" * 100_000
    assert set(repository.asked.values()) == {1}
    assert len(lines) == 1
    assert "2 files" in lines[0]
    assert str(cache) in lines[0]


def test_a_damaged_jar_is_replaced_and_nothing_else(
    two: list[Jar], cache: Path, repository: Repository
) -> None:
    jars.resolve(quiet)
    (cache / two[1].path).write_bytes(b"2" * 99_999)
    repository.asked.clear()
    jars.resolve(quiet)
    assert (cache / two[1].path).read_bytes() == b"2" * 100_000
    assert repository.asked == {f"/{two[1].path}": 1}


def test_jars_of_the_local_maven_repository_are_used(
    two: list[Jar], tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = tmp_path / "m2"
    for jar, content in zip(two, (b"1" * 100_000, b"not the right content"), strict=True):
        (local / jar.path).parent.mkdir(parents=True)
        (local / jar.path).write_bytes(content)
    monkeypatch.setenv("M2_REPO", str(local))
    assert jars.resolve(quiet)[0] == local / two[0].path
    assert repository.asked == {f"/{two[1].path}": 1}
    assert (local / two[1].path).read_bytes() == b"not the right content"


def test_a_wrong_file_never_enters_the_cache(two: list[Jar], cache: Path, repository: Repository) -> None:
    repository.files[f"/{two[0].path}"] = b"something else"
    with pytest.raises(JarsUnavailableError, match=r"one-1.0.jar arrived with another content"):
        jars.resolve(quiet)
    assert not (cache / two[0].path).exists()
    assert not list(cache.glob("partial-*"))


def test_a_missing_file_is_named(two: list[Jar], repository: Repository) -> None:
    del repository.files[f"/{two[1].path}"]
    with pytest.raises(JarsUnavailableError, match=r"two.*not found"):
        jars.resolve(quiet)


def test_without_a_network_the_error_says_what_to_do(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("COODIE_MAVEN_REPO", f"http://127.0.0.1:{closed.getsockname()[1]}")
        with pytest.raises(JarsUnavailableError) as caught:
            jars.resolve(quiet)
    assert "100 of its files were missing" in caught.value.problem
    assert str(cache) in caught.value.problem
    assert "refused" in caught.value.problem
    for remedy in ("COODIE_MAVEN_REPO", "COODIE_CACHE_DIR", "COODIE_HOSTS"):
        assert remedy in caught.value.remedy
    assert not list(cache.glob("partial-*"))


def test_two_at_once_download_each_jar_once(two: list[Jar], repository: Repository) -> None:
    threads = [threading.Thread(target=jars.resolve, args=(quiet,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert repository.asked == {f"/{jar.path}": 1 for jar in two}


@pytest.mark.usefixtures("two")
def test_the_rest_of_a_killed_download_is_swept_away(cache: Path) -> None:
    (cache / "partial-old").mkdir(parents=True)
    (cache / "partial-old" / "half.jar").write_bytes(b"half")
    jars.resolve(quiet)
    assert not list(cache.glob("partial-*"))


@pytest.mark.usefixtures("two")
def test_a_cache_that_cannot_be_made_is_an_error_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("COODIE_CACHE_DIR", str(tmp_path / "file" / "cache"))
    with pytest.raises(FolderUnusableError, match=r"cannot be used: Not a directory\.\n.*COODIE_CACHE_DIR"):
        jars.resolve(quiet)


@pytest.mark.usefixtures("two")
def test_a_disk_that_fills_up_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(FolderUnusableError, match="cannot be written: No space left on device"):
        jars.resolve(quiet)


@pytest.mark.usefixtures("two")
def test_without_jgo_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jgo.maven", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'coodie\[embedded\]>=2"):
        jars.resolve(quiet)


PROGRAM = """
import sys
from coodie.server import jars
from coodie.server.jar_list import Jar
from coodie.server.progress import quiet
jars.listed = lambda: [Jar(*sys.argv[1:])]
jars.resolve(quiet)
"""


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT to a child")
def test_ctrl_c_during_a_download_leaves_no_half_file(
    repository: Repository, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jar = repository.jar("slow", b"s" * 100_000)
    repository.stall.set()
    monkeypatch.setenv("COODIE_MAVEN_REPO", repository.address)
    command = [sys.executable, "-c", PROGRAM, jar.group, jar.artifact, jar.version, "", jar.sha256]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
        assert repository.stalled.wait(20)
        child.send_signal(signal.SIGINT)
        repository.stall.clear()
        _, errors = child.communicate(timeout=20)
    assert "KeyboardInterrupt" in errors
    assert not list(cache.glob("partial-*"))
    assert not list(cache.rglob("*.jar"))
