"""The contract suite: every test runs on each driver that is installed here (or that is chosen), in both colours."""

from __future__ import annotations

import asyncio
import importlib.metadata
import inspect
from collections.abc import Iterator
from contextvars import copy_context
from types import ModuleType
from typing import Annotated, Any
from uuid import uuid4

import pytest
from contract_items import define

from coodie import aio, sync
from coodie.drivers import AbstractDriver, init_coodie
from coodie.fields import ClusteringKey, PrimaryKey, SmallInt, Static
from coodie.server import Server

KNOWN = {
    "cassandra": "cassandra-driver",
    "scylla": "scylla-driver",
    "acsylla": "acsylla",
    "python-rs": "scylladb-rs-driver",
}


def installed() -> list[str]:
    """Return the driver types whose package is here."""
    present = {each.name for each in importlib.metadata.distributions()}
    return [driver_type for driver_type, package in KNOWN.items() if package in present]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test on the drivers that the command line names, else on those that are installed."""
    if "driver_type" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--coodie-drivers")
        drivers = chosen.split(",") if chosen else installed()
        metafunc.parametrize("driver_type", drivers, indirect=True, scope="module")


class World:
    """One colour of the library on one driver; `call` awaits where it must, on one loop."""

    def __init__(self, colour: str, driver: AbstractDriver, loop: asyncio.Runner) -> None:
        self.colour, self.driver, self._loop = colour, driver, loop
        self.flavour: ModuleType = {"sync": sync, "async": aio}[colour]
        self.Document = self.flavour.Document

    def call(self, function: Any, *arguments: Any, **named: Any) -> Any:
        """Call a public method and give its result; the loop works in the caller's context, so observers hear it."""
        result = function(*arguments, **named)
        if inspect.isawaitable(result):

            async def wait() -> Any:
                return await result

            return self._loop.run(wait(), context=copy_context())
        return result

    def rows(self, query: Any) -> list[Any]:
        """Iterate over a query."""
        if self.colour == "sync":
            return list(query)

        async def read() -> list[Any]:
            return [row async for row in query]

        return self._loop.run(read(), context=copy_context())

    def raw(self, cql: str, params: Any = None) -> list[dict[str, Any]]:
        """Execute CQL by hand."""
        return self.call(self.flavour.execute_raw, cql, params)


@pytest.fixture(scope="module")
def driver_type(request: pytest.FixtureRequest) -> str:
    """A driver that is installed."""
    return request.param


@pytest.fixture(scope="module")
def address(coodie_server: Server) -> str:
    """The server's address as `hosts` takes it."""
    return f"{coodie_server.host}:{coodie_server.port}"


@pytest.fixture(scope="module")
def driver(driver_type: str, address: str, coodie_keyspace: str) -> Iterator[AbstractDriver]:
    """A connection of the driver to the keyspace of the module, as the default one."""
    made = init_coodie(
        [address], keyspace=coodie_keyspace, driver_type=driver_type, name=driver_type, default=True
    )
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    """The loop of the async colour."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module", params=["sync", "async"])
def world(request: pytest.FixtureRequest, driver: AbstractDriver, loop: asyncio.Runner) -> World:
    """The library in one colour on one driver."""
    return World(request.param, driver, loop)


@pytest.fixture(scope="module")
def item(world):
    return define(
        world,
        "Item",
        shelf=(Annotated[str, PrimaryKey()], ...),
        number=(Annotated[int, ClusteringKey()], 0),
        name=(str | None, None),
        rank=(Annotated[int, SmallInt()] | None, None),
        tags=(set[str], set()),
        site=(Annotated[str | None, Static()], None),
    )


@pytest.fixture
def shelf() -> str:
    """A partition of the test's own."""
    return uuid4().hex
