"""The connection of the property tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coodie.drivers import AbstractDriver, init_coodie
from coodie.server import Server


@pytest.fixture(scope="module")
def connection(coodie_server: Server, coodie_keyspace: str) -> Iterator[AbstractDriver]:
    """The default connection, to a keyspace of the module."""
    made = init_coodie(
        [f"{coodie_server.host}:{coodie_server.port}"],
        keyspace=coodie_keyspace,
        driver_type="cassandra",
        name="property",
        default=True,
    )
    try:
        yield made
    finally:
        made.close()
