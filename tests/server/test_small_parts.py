"""Addresses, ports, folders and locks."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from coodie.server import Address, FolderUnusableError, PortInUseError, address, folders, lock, ports


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("db", Address("db", 9042)),
        (" db:19042 ", Address("db", 19042)),
        ("[::1]:19042", Address("::1", 19042)),
        ("[::1]", Address("::1", 9042)),
        ("::1", Address("::1", 9042)),
    ],
)
def test_addresses_are_read_as_people_write_them(text: str, expected: Address) -> None:
    assert address.parse(text) == expected
    assert address.parse(str(expected)) == expected


@pytest.mark.parametrize("text", ["", ":9042", "db:x", "db:0", "db:65536"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an address"):
        address.parse(text)


def test_hosts_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert address.from_environment() == ()
    monkeypatch.setenv("COODIE_HOSTS", "a, b:1,")
    assert address.from_environment() == (Address("a", 9042), Address("b", 1))


def test_a_port_in_use_is_an_error_with_its_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = Address("127.0.0.1", server.getsockname()[1])
        assert not ports.is_free(*taken)
        with pytest.raises(PortInUseError, match=f"{taken} is already in use.*\n.*COODIE_HOSTS={taken}"):
            ports.require_free(taken)
    assert ports.is_free(*taken)


def test_a_port_is_free_again_right_after_its_server_ended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port))
        connection, _ = server.accept()
        # The server closes first, so that its side lingers.
        connection.close()
        client.close()
    assert ports.is_free("127.0.0.1", port)


def test_the_standing_port_is_9042_else_from_19042(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: set[int] = set()
    monkeypatch.setattr(ports, "is_free", lambda _host, port: port not in taken)
    assert ports.standing_port(["127.0.0.1"]) == 9042
    taken |= {9042, 19042}
    assert ports.standing_port(["127.0.0.1"]) == 19043


def test_a_port_must_be_free_on_every_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "is_free", lambda host, port: (host, port) != ("127.0.0.2", 9042))
    assert ports.standing_port(["127.0.0.1", "127.0.0.2"]) == 19042


def test_no_free_port_at_all_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "is_free", lambda _host, _port: False)
    with pytest.raises(PortInUseError, match=r"No free port on 127.0.0.1: 200 were tried"):
        ports.disposable_port(["127.0.0.1"])


def test_folders_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COODIE_CACHE_DIR", str(tmp_path / "c"))
    monkeypatch.setenv("COODIE_STATE_DIR", str(tmp_path / "s"))
    assert folders.cache_folder() == tmp_path / "c"
    assert folders.state_folder() == tmp_path / "s"


@pytest.mark.parametrize(
    ("platform", "variables", "cache", "state"),
    [
        ("linux", {}, ".cache/coodie", ".local/state/coodie"),
        ("linux", {"XDG_CACHE_HOME": "{home}/xc", "XDG_STATE_HOME": "{home}/xs"}, "xc/coodie", "xs/coodie"),
        ("darwin", {}, "Library/Caches/coodie", "Library/Application Support/coodie"),
        ("win32", {"LOCALAPPDATA": "{home}/local"}, "local/coodie/Cache", "local/coodie/State"),
        ("win32", {}, "AppData/Local/coodie/Cache", "AppData/Local/coodie/State"),
    ],
)
def test_folders_are_where_the_platform_keeps_such_things(
    platform: str,
    variables: dict[str, str],
    cache: str,
    state: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for name in ("COODIE_CACHE_DIR", "COODIE_STATE_DIR", "XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(home=tmp_path))
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert folders.cache_folder() == tmp_path / cache
    assert folders.state_folder() == tmp_path / state


def test_a_full_disk_is_an_error_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=5 << 20))
    with pytest.raises(
        FolderUnusableError, match=r"has 5 MiB left; 256 MiB are needed\.\n.*COODIE_STATE_DIR"
    ):
        folders.make_folder(tmp_path, "the node's folder", "COODIE_STATE_DIR", folders.NODE_NEEDS)


def test_a_disposable_folder_avoids_a_small_memory_file_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=64 << 20))
    folder = folders.disposable_folder()
    folder.rmdir()
    assert not folder.is_relative_to("/dev/shm")  # noqa: S108 - only compared


HOLDER = """
import pathlib, subprocess, sys
from coodie.server.lock import acquire
lock = acquire(pathlib.Path(sys.argv[1]))
sleeper = [sys.executable, "-c", "import sys; sys.stdin.read()"]
child = subprocess.Popen(sleeper, stdin=sys.stdin, **lock.handover())
print(child.pid, flush=True)
"""


def test_a_lock_lasts_as_long_as_the_child_that_took_it_over(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not lock.is_locked(path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as launcher:
        assert launcher.stdout
        assert int(launcher.stdout.readline())
        # The launcher is gone; its child lives until the end of its input.
        launcher.wait()
        assert lock.is_locked(path)
        assert lock.acquire(path) is None
    taken = lock.acquire(path)
    assert taken is not None
    assert lock.is_locked(path)
    taken.release()
    taken.release()
    assert not lock.is_locked(path)


def test_whoever_waits_for_a_lock_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = lock.acquire(path)
    assert holder is not None
    told: list[str] = []

    def waiting() -> None:
        told.append("waiting")
        holder.release()

    with lock.held(path, waiting):
        assert lock.is_locked(path)
    assert told == ["waiting"]
    assert not lock.is_locked(path)
