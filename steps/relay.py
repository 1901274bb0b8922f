"""Networks that can be cut: a relay with an address of its own, and the connections that this process has open."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

CHUNK = 65_536


class Relay:
    """Passes bytes on between whoever connects to `address` and a server, in threads of its own."""

    def __init__(self, server: tuple[str, int], host: str = "127.0.0.1", port: int = 0) -> None:
        self._server = server
        self._answers = threading.Event()
        self._answers.set()
        self._ended = False
        self._left: int | None = None
        self._cuts_at_answer = False
        self._garbage: Iterator[bytes] | None = None
        self.passed = 0
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server((host, port))
        self._start(self._accept)

    @property
    def address(self) -> str:
        """Where programs connect."""
        host, port = self._listener.getsockname()
        return f"{host}:{port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections and wait for the threads."""
        self._ended = True
        self._answers.set()
        for each in (self._listener, *self._sockets):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join()

    def hold_answers(self) -> None:
        """Let statements reach the server, and keep what it answers."""
        self._answers.clear()

    def let_answers_pass(self) -> None:
        """Pass on what was kept, and whatever comes."""
        self._answers.set()

    def cut_after(self, count: int) -> None:
        """Let so many more bytes reach the server, then break all connections, and those that come after."""
        self._left = count

    def cut_at_answer(self) -> None:
        """Let the server carry out what it is sent; at its answer break all connections, and those that come after."""
        self._cuts_at_answer = True

    def mend(self) -> None:
        """Let new connections through."""
        self._left, self._cuts_at_answer = None, False

    def answer_with(self, garbage: Iterator[bytes]) -> None:
        """Give garbage for each answer of the server."""
        self._garbage = garbage

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name="relay", daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                program, _ = self._listener.accept()
                server = socket.create_connection(self._server)
            except OSError:
                if self._ended:
                    return
                raise
            self._sockets += [program, server]
            if self._left == 0:
                self._break_all()
            self._start(self._pass_statements, program, server)
            self._start(self._pass_answers, server, program)

    def _pass_statements(self, program: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):  # either side may hang up at any time
            while data := program.recv(CHUNK):
                if self._left is not None:
                    data, self._left = data[: self._left], max(0, self._left - len(data))
                server.sendall(data)
                self.passed += len(data)
                if self._left == 0:
                    self._break_all()
        _hang_up(server)

    def _pass_answers(self, server: socket.socket, program: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(CHUNK):
                self._answers.wait()
                if self._cuts_at_answer:
                    self._left = 0
                    self._break_all()
                    break
                program.sendall(data if self._garbage is None else next(self._garbage, data))
        _hang_up(program)

    def _break_all(self) -> None:
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _hang_up(peer: socket.socket) -> None:
    with contextlib.suppress(OSError):
        peer.shutdown(socket.SHUT_WR)


def cut_connections(addresses: list[str]) -> int:
    """Break all connections of this process to these addresses, whichever driver opened them; return how many."""
    cut = 0
    for number in [int(each.name) for each in Path("/proc/self/fd").iterdir()]:
        with contextlib.suppress(OSError):  # closed by now, or not connected
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with socket.socket(fileno=os.dup(number)) as connection:
                if connection.family is not socket.AF_INET:
                    continue
                host, port = connection.getpeername()
                if f"{host}:{port}" in addresses:
                    connection.shutdown(socket.SHUT_RDWR)
                    cut += 1
    return cut
