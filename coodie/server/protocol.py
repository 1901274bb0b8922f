"""As much of the CQL native protocol as it takes to ask a server whether it is there, without a driver."""

from __future__ import annotations

import socket
import ssl
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.server.address import Address
    from coodie.server.config import Tls

VERSION = 4
STARTUP, AUTHENTICATE, OPTIONS, SUPPORTED, AUTH_RESPONSE, AUTH_SUCCESS = 0x01, 0x03, 0x05, 0x06, 0x0F, 0x10
HEADER = struct.Struct(">BBhBi")
LIMIT = 1 << 20


def options(
    address: Address, *, tls: Tls | bool = False, timeout: float = 2.0
) -> dict[str, list[str]] | None:
    """Return what the server supports, or None when no CQL server answers."""
    try:
        with _connection(address, tls=tls, timeout=timeout) as connection:
            opcode, body = _exchange(connection, OPTIONS, b"")
            return _multimap(body) if opcode == SUPPORTED else None
    except (OSError, ValueError, struct.error):
        return None


def login(
    address: Address, user: str, password: str, *, tls: Tls | bool = False, timeout: float = 5.0
) -> bool:
    """Tell whether the server accepts the user's password."""
    try:
        with _connection(address, tls=tls, timeout=timeout) as connection:
            hello = b"\0\1" + _string("CQL_VERSION") + _string("3.0.0")
            opcode, _ = _exchange(connection, STARTUP, hello)
            if opcode != AUTHENTICATE:
                return False
            token = f"\0{user}\0{password}".encode()
            opcode, _ = _exchange(connection, AUTH_RESPONSE, struct.pack(">i", len(token)) + token)
            return opcode == AUTH_SUCCESS
    except (OSError, ValueError, struct.error):
        return False


def product(supported: dict[str, list[str]]) -> str:
    """Name the server's product from its answer to OPTIONS: ScyllaDB announces its shards."""
    return "ScyllaDB" if any(key.startswith("SCYLLA_") for key in supported) else "Cassandra"


@contextmanager
def _connection(address: Address, *, tls: Tls | bool, timeout: float) -> Iterator[socket.socket]:
    with socket.create_connection(address, timeout) as plain:
        if not tls:
            yield plain
            return
        # Only asks whether a server is there; a local certificate has no authority to check it by.
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        if not isinstance(tls, bool) and tls.clients:
            context.load_cert_chain(tls.certificate, tls.key)
        with context.wrap_socket(plain) as secure:
            yield secure


def _exchange(connection: socket.socket, opcode: int, body: bytes) -> tuple[int, bytes]:
    connection.sendall(HEADER.pack(VERSION, 0, 0, opcode, len(body)) + body)
    _, _, _, answer, length = HEADER.unpack(_receive(connection, HEADER.size))
    if not 0 <= length <= LIMIT:
        raise ValueError("not a CQL server")
    return answer, _receive(connection, length)


def _receive(connection: socket.socket, length: int) -> bytes:
    received = b""
    while len(received) < length:
        part = connection.recv(length - len(received))
        if not part:
            raise ConnectionError("the connection was closed")
        received += part
    return received


def _string(text: str) -> bytes:
    return struct.pack(">H", len(text)) + text.encode()


def _multimap(body: bytes) -> dict[str, list[str]]:
    position = 0

    def short() -> int:
        nonlocal position
        (number,) = struct.unpack_from(">H", body, position)
        position += 2
        return int(number)

    def string() -> str:
        nonlocal position
        length = short()
        text = body[position : position + length].decode()
        position += length
        return text

    return {string(): [string() for _ in range(short())] for _ in range(short())}
