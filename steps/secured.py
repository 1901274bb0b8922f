"""A second server, which wants a password and a certificate, and roads to servers that go wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given, when

from coodie.server import Server, ServerError, start
from coodie.server.progress import quiet
from steps.certificates import Certificates
from steps.relay import Relay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.world import World

HOST = "127.0.0.1"


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """The certificates of the second server and of the programs that it lets in."""
    return Certificates.make(tmp_path_factory.mktemp("certificates"), HOST)


@pytest.fixture(scope="session")
def secured_server(certificates: Certificates) -> Iterator[Server]:
    """An embedded server of its own, started for the first scenario that wants it."""
    try:
        server = start("embedded", passwords=True, tls=certificates.of_server(), report=quiet)
    except ServerError as error:
        pytest.skip(f"a server with passwords and TLS cannot be embedded here: {error.problem}")
    with server:
        yield server


@pytest.fixture
def relays() -> Iterator[list[Relay]]:
    """The relays of a scenario, which end with it."""
    made: list[Relay] = []
    yield made
    for relay in made:
        relay.__exit__(None, None, None)


@given("a server wants a password and a certificate of each program")
def secured(world: World, secured_server: Server, certificates: Certificates) -> None:
    """Name its address and the files: `secured`, `ca`, `certificate`, `key`, and those of a stranger."""
    world.names |= {
        "secured": str(secured_server.address),
        "ca": certificates.path("ca.pem"),
        "certificate": certificates.path("program.pem"),
        "key": certificates.path("program.key"),
        "other_ca": certificates.path("other-ca.pem"),
        "strange_certificate": certificates.path("stranger.pem"),
        "strange_key": certificates.path("stranger.key"),
    }


@given("it answers at an address that its certificate does not name")
def elsewhere(world: World, secured_server: Server, relays: list[Relay]) -> None:
    """Put a relay on another loopback address, at the same port."""
    if sys.platform != "linux":
        pytest.skip("127.0.0.2 exists by itself on Linux only")
    relays.append(Relay(secured_server.address, "127.0.0.2", secured_server.port))
    world.names["elsewhere"] = relays[-1].address


@given("a network that can hold up answers lies between the program and the server")
@given("a network that can be cut lies between the program and the server")
def network(world: World, relays: list[Relay]) -> None:
    """Put a relay before the suite's server."""
    relays.append(Relay(world.server.address))
    world.names["address"] = relays[-1].address


@given("the network holds up every answer")
def hold_up(relays: list[Relay]) -> None:
    """Let statements through, and no answer."""
    relays[-1].hold_answers()


@given("the network breaks at the next answer")
def break_at_answer(relays: list[Relay]) -> None:
    """Let the server carry out one more statement; at its answer every connection ends."""
    relays[-1].cut_at_answer()


@when("the network is mended")
def mend(relays: list[Relay]) -> None:
    """Let connections through again."""
    relays[-1].mend()


@when("the network lets answers pass again")
def let_pass(relays: list[Relay]) -> None:
    """Let those that were held up arrive, too."""
    relays[-1].let_answers_pass()
