"""Servers that speak garbage, and answers that turned into garbage on their way."""

from __future__ import annotations

import contextlib
import itertools
import random
import socket
import struct
import threading
import time
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given, parsers, then, when

from coodie.exceptions import CoodieError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coodie.livingdoc.attach import LivingDoc
    from steps.relay import Relay
    from steps.world import World

PATIENCE = 60
_RESPONSE, _READY, _RESULT, _ERROR = 0x84, 0x02, 0x08, 0x00
_random = random.Random(20300501)  # noqa: S311 - garbage that can be made again


def frame(opcode: int, body: bytes, *, stream: int = 0, length: int | None = None) -> bytes:
    """Return a frame of protocol version 4, its length perhaps a lie."""
    return struct.pack(">BBhBI", _RESPONSE, 0, stream, opcode, len(body) if length is None else length) + body


GARBAGE: dict[str, Callable[[], bytes]] = {
    "random bytes": lambda: _random.randbytes(200),
    "zeros": lambda: bytes(64),
    "a web page": lambda: b"HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\n\r\nwhat",
    "the greeting of another protocol": lambda: b"SSH-2.0-OpenSSH_9.9\r\n",
    "a frame that promises two gigabytes": lambda: frame(_READY, b"", length=2**31 - 1),
    "a frame of no known kind": lambda: frame(0x7F, b"\0" * 8),
    "a result that ends in the middle": lambda: frame(_RESULT, struct.pack(">IIi", 2, 1, 100)),
    "a result with two billion columns": lambda: frame(_RESULT, struct.pack(">III", 2, 1, 2**31 - 1)),
    "an error whose message is not there": lambda: frame(_ERROR, struct.pack(">IH", 0x2200, 60_000)),
    "an answer to another question": lambda: frame(_READY, b"", stream=17),
    "nothing, and it hangs up": lambda: b"",
}  # fmt: skip


class GarbageServer:
    """Answers whatever it is sent with one kind of garbage, then hangs up."""

    def __init__(self, kind: str) -> None:
        self._make = GARBAGE[kind]
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ended = False
        self._thread = threading.Thread(target=self._serve, name="garbage", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where programs connect."""
        host, port = self._listener.getsockname()
        return f"{host}:{port}"

    def close(self) -> None:
        """Take no more connections."""
        self._ended = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                program, _ = self._listener.accept()
            except OSError:
                if self._ended:
                    return
                raise
            with program, contextlib.suppress(OSError):
                program.settimeout(PATIENCE)
                program.recv(65_536)
                program.sendall(self._make())


@pytest.fixture
def garbage_servers() -> Iterator[list[GarbageServer]]:
    """The servers of a scenario, which end with it."""
    made: list[GarbageServer] = []
    yield made
    for server in made:
        server.close()


@given(parsers.parse("a server that answers everything with {kind}"))
def garbage_server(world: World, garbage_servers: list[GarbageServer], kind: str) -> None:
    """Start it; `nowhere` is its address."""
    garbage_servers.append(GarbageServer(kind))
    world.names["nowhere"] = garbage_servers[-1].address


@then(parsers.parse("within {seconds:d} seconds it was refused with an error of coodie's"))
def refused_in_time(world: World, livingdoc: LivingDoc, seconds: int) -> None:
    """Look at the error and at how long it took."""
    error, took = world.refusal, world.names["took"]
    livingdoc.attach_text(type(error).__name__, f"{error}\nafter {took:.1f} s")
    assert isinstance(error, CoodieError), repr(error)
    assert took < seconds


@when("a program connects to it")
def connect_to_garbage(world: World) -> None:
    """Connect, and keep the error and how long it took."""
    began = time.monotonic()
    try:
        world.call(world.names["init_coodie"], hosts=[world.names["nowhere"]], name="nowhere")
    except CoodieError as error:
        world.refusal = error
    world.names["took"] = time.monotonic() - began


@when(
    parsers.parse("{count:d} answers of the server turn into garbage of all these kinds, one after another")
)
def spoiled_answers(world: World, relays: list[Relay], livingdoc: LivingDoc, count: int) -> None:
    """Read over a connection whose answers are spoiled; each read ends, with an error or with the row."""
    (relay,) = relays
    makers = itertools.islice(itertools.cycle(GARBAGE.values()), count)
    ends: dict[str, int] = {}
    longest = 0.0
    for make in makers:
        relay.answer_with(iter([make() or b"\0"]))
        began = time.monotonic()
        try:
            found = world.call(world.model("Article").find(number=1).timeout(5).all)
        except CoodieError as error:
            end = type(error).__name__
        else:
            assert [article.name for article in found] == ["lamp"]
            end = "the row"
        longest = max(longest, time.monotonic() - began)
        ends[end] = ends.get(end, 0) + 1
    world.names |= {"ends": ends, "longest": longest}
    livingdoc.attach_text(
        "answers", f"{count} answers spoiled, which ended so: {ends}; the longest took {longest:.1f} s"
    )


@then(parsers.parse("each of them ended within {seconds:d} seconds, some with an error"))
def all_ended(world: World, seconds: int) -> None:
    """Look at how they ended."""
    assert world.names["longest"] < seconds
    assert set(world.names["ends"]) != {"the row"}


@then("the connection recovers, and the row is read")
def recovers(world: World) -> None:
    """Read until the driver has connected again."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            (article,) = world.call(world.model("Article").find(number=1).all)
        except CoodieError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            assert article.name == "lamp"
            return
