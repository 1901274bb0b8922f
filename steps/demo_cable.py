"""What takes a database away from a demo, and gives it back: a way that can be cut, and a locked file."""

from __future__ import annotations

import socket
import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given, parsers, then, when

from steps.demo_app import introduced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.livingdoc.attach import LivingDoc
    from coodie.server import Server
    from steps.demo_app import DemoApp, DemoApps
    from steps.web import Program

CHUNK = 65536


class Cable:
    """Passes bytes on to a server; once cut, every connection ends and new ones are closed at once.

    `delay` is how long each answer waits on its way, in seconds.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._whole, self._ends = True, set[socket.socket]()
        self.delay = 0.0
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """End every connection, and let no other through."""
        self._whole = False
        for end in list(self._ends):
            self._close(end)

    def mend(self) -> None:
        """Let connections through again, without delay."""
        self._whole, self.delay = True, 0.0

    def close(self) -> None:
        """End for good."""
        self.cut()
        self._listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if not self._whole:
                    near.close()
                    continue
                far = socket.create_connection(self._target)
                self._ends |= {near, far}
                for ends in ((near, far, False), (far, near, True)):
                    threading.Thread(target=self._pump, args=ends, daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, answers: bool) -> None:  # noqa: FBT001 - a thread's
        with suppress(OSError):
            while data := source.recv(CHUNK):
                if answers:
                    time.sleep(self.delay)
                target.sendall(data)
        self._close(source)
        self._close(target)

    def _close(self, end: socket.socket) -> None:
        self._ends.discard(end)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@pytest.fixture(scope="session")
def cable(coodie_server: Server) -> Iterator[Cable]:
    """The way of demos to the server, where a scenario cuts it."""
    way = Cable(coodie_server.host, coodie_server.port)
    yield way
    way.close()


@given(
    parsers.parse('the demo "{name}" runs, and its way to the CQL server can be cut'),
    target_fixture="demo_app",
)
def demo_on_a_cable(demo_apps: DemoApps, livingdoc: LivingDoc, cable: Cable, name: str) -> DemoApp:
    """Start the demo with the cable's address for the server's."""
    cable.mend()
    return introduced(demo_apps.get(name, f"COODIE_HOSTS={cable.address}"), livingdoc)


@given("its way to the CQL server is cut")
@when("its way to the CQL server is cut")
def cut(cable: Cable) -> None:
    """Cut it."""
    cable.cut()


@when("its way to the CQL server is mended")
def mend(cable: Cable) -> None:
    """Mend it."""
    cable.mend()


@when(parsers.parse("the answers of the CQL server take {seconds:d} seconds"))
def slow_down(cable: Cable, seconds: int) -> None:
    """Delay what comes back; what is sent arrives at once."""
    cable.delay = seconds


@when("the answers of the CQL server come at once again")
def speed_up(cable: Cable) -> None:
    """End the delay."""
    cable.delay = 0.0


@when("its SQLite file is locked by somebody else", target_fixture="lock")
def lock_file(demo_app: DemoApp, request: pytest.FixtureRequest) -> sqlite3.Connection:
    """Begin a transaction that lets nobody else read or write."""
    file = Path(demo_app.environment["DEMO_STATE_DIR"]) / f"{demo_app.keyspace}.sqlite3"
    lock = sqlite3.connect(file, isolation_level=None)
    request.addfinalizer(lock.close)
    lock.execute("BEGIN EXCLUSIVE")
    return lock


@when("the lock is gone")
def unlock(lock: sqlite3.Connection) -> None:
    """End that transaction."""
    lock.execute("ROLLBACK")


@then(parsers.parse("within {seconds:d} seconds the `{part}` of {path} is {number:d}"))
def becomes_number(program: Program, seconds: int, part: str, path: str, number: int) -> None:
    """Ask again and again until a number of the answer is that."""
    deadline = time.monotonic() + seconds
    while program.send("GET", path).is_error or program.part(part) != number:
        assert time.monotonic() < deadline, f"{part} is still {program.part(part)} after {seconds} seconds"
        time.sleep(0.2)
