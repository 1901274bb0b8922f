"""The few frames of the native protocol, against a server of the test that says what it is told to say."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from coodie.server import Address, lock, protocol, state
from coodie.server.folders import state_folder
from coodie.server.handle import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def frame(opcode: int, body: bytes) -> bytes:
    return struct.pack(">BBhBi", 0x84, 0, 0, opcode, len(body)) + body


def supported(*keys: str) -> bytes:
    entries = b"".join(struct.pack(">H", len(key)) + key.encode() + b"\0\1\0\1x" for key in keys)
    return frame(protocol.SUPPORTED, struct.pack(">H", len(keys)) + entries)


@contextmanager
def server(*answers: bytes) -> Iterator[tuple[Address, list[bytes]]]:
    """Serve one connection, giving one answer to each frame, in pieces."""
    heard: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        # A client that has heard enough hangs up.
        with connection, suppress(ConnectionError):
            for answer in answers:
                heard.append(connection.recv(4096))
                for start in range(0, len(answer), 7):
                    connection.sendall(answer[start : start + 7])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield Address(*listener.getsockname()), heard
        thread.join(5)


def test_options_are_asked_and_read() -> None:
    with server(supported("CQL_VERSION", "COMPRESSION")) as (address, heard):
        assert protocol.options(address) == {"CQL_VERSION": ["x"], "COMPRESSION": ["x"]}
    assert heard == [struct.pack(">BBhBi", 4, 0, 0, 5, 0)]


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", frame(0, b"\0\0\0\0"), frame(protocol.SUPPORTED, b"\0\3")],
    ids=["another protocol", "hangs up", "an error", "a broken frame"],
)
def test_what_is_not_a_cql_server_does_not_answer(answer: bytes) -> None:
    with server(answer) as (address, _):
        assert protocol.options(address) is None


def test_the_product_is_told_by_the_shards() -> None:
    assert protocol.product({"CQL_VERSION": [], "SCYLLA_SHARD": ["0"]}) == "ScyllaDB"
    assert protocol.product({"CQL_VERSION": []}) == "Cassandra"


def test_a_login_is_accepted_or_not() -> None:
    asked = frame(protocol.AUTHENTICATE, b"\0\1x")
    with server(asked, frame(protocol.AUTH_SUCCESS, b"\xff\xff\xff\xff")) as (address, heard):
        assert protocol.login(address, "ada", "secret")
    assert heard[1].endswith(b"\0ada\0secret")
    with server(asked, frame(0, b"\0\0\1\0\0\3bad")) as (address, _):
        assert not protocol.login(address, "ada", "secret")


def test_discover_prefers_the_environment_and_probes_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    probed: list[Address] = []
    monkeypatch.setattr(protocol, "options", probed.append)
    assert state.discover() is None
    monkeypatch.setenv("COODIE_HOSTS", "db:1,other:2")
    assert state.discover() == Address("db", 1)
    assert probed == []


def test_discover_finds_the_recorded_server_only_while_it_answers() -> None:
    with server(supported("CQL_VERSION")) as (address, _):
        state.save(Server(*address, "Cassandra", "5.0.9", "embedded", "asked for"))
        assert state.discover() == address
    assert state.discover() is None
    assert state.load() is not None
    state.forget()
    assert state.load() is None


def test_a_stranger_on_the_port_of_a_node_that_is_gone_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "node1").mkdir()
    held = lock.acquire(tmp_path / "node1" / "lock")
    assert held
    with server(supported("CQL_VERSION")) as (address, _):
        state.save(Server(*address, "Cassandra", "5.0.9", "embedded", "asked for", folder=tmp_path))
        assert state.discover() == address
    held.release()
    with socket.create_server(address) as stranger:
        stranger.settimeout(0)
        assert state.discover() is None
        with pytest.raises(BlockingIOError):
            stranger.accept()


def test_a_damaged_record_counts_as_none() -> None:
    state.save(Server("h", 1, "Cassandra", "5.0.9", "embedded", "asked for"))
    for text in ("{", "[]", '{"host": "h"}', '{"surprise": 1, "folder": null, "others": []}'):
        (state_folder() / "server.json").write_text(text)
        assert state.load() is None
