"""The demo's connection: find the server, make the keyspace, sync the models, in either colour."""

from __future__ import annotations

import inspect
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

from coodie import aio, sync
from coodie.server import discover

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from coodie.drivers import AbstractDriver
    from demokit.demo import Demo
    from demokit.settings import Settings

SETUP = "demokit-setup"


class NoServerError(RuntimeError):
    """No CQL server is known here."""

    def __init__(self) -> None:
        super().__init__(
            "No CQL server is known here. Start one with `make db-up`, or name yours: COODIE_HOSTS=host:port."
        )


def contact_points(settings: Settings) -> list[str]:
    """Return where to connect: the cluster that the user named, else the server that `coodie server up` recorded."""
    if settings.hosts:
        return list(settings.hosts)
    found = discover()
    if found is None:
        raise NoServerError
    return [str(found)]


def create_keyspace(settings: Settings) -> None:
    """Make the demo's keyspace if it is not there; the connection for it is closed again."""
    with _setup(settings):
        sync.create_keyspace(
            settings.keyspace,
            replication_factor=1,
            strategy="NetworkTopologyStrategy",
            tablets=settings.tablets,
            connection=SETUP,
        )


def drop_keyspace(settings: Settings) -> None:
    """Drop the demo's keyspace with all its tables."""
    with _setup(settings):
        sync.drop_keyspace(settings.keyspace, connection=SETUP)


@asynccontextmanager
async def connected(demo: Demo) -> AsyncIterator[None]:
    """Connect to the demo's keyspace for asynchronous code, its tables made, and close at the end."""
    create_keyspace(demo.settings)
    driver = await aio.init_coodie(
        hosts=contact_points(demo.settings), keyspace=demo.settings.keyspace, default=True
    )
    try:
        for model in demo.models:
            await done(model.sync_view() if _is_view(model) else model.sync_table())
        demo.server = _described(driver)
        yield
    finally:
        await driver.close_async()


@contextmanager
def connected_sync(demo: Demo) -> Iterator[None]:
    """Connect to the demo's keyspace for synchronous code, its tables made, and close at the end."""
    create_keyspace(demo.settings)
    driver = sync.init_coodie(
        hosts=contact_points(demo.settings), keyspace=demo.settings.keyspace, default=True
    )
    try:
        for model in demo.models:
            model.sync_view() if _is_view(model) else model.sync_table()
        demo.server = _described(driver)
        yield
    finally:
        driver.close()


async def done(outcome: Any) -> Any:
    """Await what a model of either colour returned."""
    return await outcome if inspect.isawaitable(outcome) else outcome


@contextmanager
def _setup(settings: Settings) -> Iterator[None]:
    driver = sync.init_coodie(hosts=contact_points(settings), name=SETUP)
    try:
        yield
    finally:
        driver.close()


def _is_view(model: type[Any]) -> bool:
    return issubclass(model, aio.MaterializedView | sync.MaterializedView)


def _described(driver: AbstractDriver) -> str:
    return str(driver.server)
