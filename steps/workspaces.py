"""A keyspace of its own for each feature file, colour and driver, with a connection and the tables made so far.

Tables are made and emptied over a session apart, so that the evidence beside a step shows what the step did and nothing
else.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from coodie.core.view import ViewCore
from coodie.drivers import register_driver
from coodie.operations.tables import sync_table
from coodie.operations.views import sync_view
from coodie.rows.rows import EMPTY
from coodie.sync import init_coodie
from coodie.testing.plugin import keyspace_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.drivers import AbstractDriver
    from coodie.server import Server

# Reading the schema after each change costs more than the change.
_CASSANDRA = {"schema_metadata_enabled": False, "token_metadata_enabled": False}
NO_METADATA: dict[str, dict[str, Any]] = {
    "cassandra": _CASSANDRA,
    "scylla": _CASSANDRA,
    "acsylla": {"use_schema": False, "token_aware_routing": False},
}


class Workspace:
    """A keyspace with its connection; tables are made once and emptied before each scenario that uses them."""

    def __init__(self, driver: AbstractDriver, keyspace: str, admin: Any) -> None:
        self.driver = driver
        self.keyspace = keyspace
        self._admin = admin
        self._tables: set[str] = set()

    def empty_table(self, model: Any) -> None:
        """Make the table of a model, or remove the rows that an earlier scenario left in it."""
        name = model.table_name()
        if name in self._tables:
            if not issubclass(model, ViewCore):  # a view is emptied with its table
                self._admin.execute(f'TRUNCATE "{self.keyspace}"."{name}"')
            return
        for statement in definition(model, self.driver):
            self._admin.execute(statement)
        self._tables.add(name)

    def drop_table(self, name: str) -> None:
        """Remove a table, whoever made it."""
        self._admin.execute(f'DROP TABLE IF EXISTS "{self.keyspace}"."{name}"')
        self._tables.discard(name)

    def become_default(self) -> None:
        """Let models that name no connection use this one."""
        register_driver(self.driver.name, self.driver, default=True)

    def close(self) -> None:
        """Close the connection and drop the keyspace."""
        self.driver.close()
        self._admin.execute(f'DROP KEYSPACE "{self.keyspace}"')


def definition(model: Any, driver: AbstractDriver) -> list[str]:
    """Return the CQL that makes a model's table or view, and its types, where there are none; nothing is sent."""
    sync = sync_view if issubclass(model, ViewCore) else sync_table
    plan = sync(model, driver.target, dry_run=True)
    try:
        next(plan)
        while True:
            plan.send(EMPTY)  # the answer of a server that has no such type or table
    except StopIteration as end:
        return list(end.value)


class Workspaces:
    """The workspaces of one feature file, made as they are asked for."""

    def __init__(self, feature: str, server: Server, admin: Any, replication: str) -> None:
        self._feature, self._server, self._admin, self._replication = feature, server, admin, replication
        self._made: dict[tuple[str, str], Workspace] = {}

    def get(self, colour: str, driver_type: str) -> Workspace:
        """Return the workspace of a colour and driver."""
        key = (colour, driver_type)
        if key not in self._made:
            self._made[key] = self._make(colour, driver_type)
        return self._made[key]

    def _make(self, colour: str, driver_type: str) -> Workspace:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")
        name = keyspace_name(f"{self._feature}_{colour}_{driver_type}", worker)
        self._admin.execute(
            f"CREATE KEYSPACE {name} WITH replication = {self._replication} AND durable_writes = false"
        )
        driver = init_coodie(
            hosts=[str(self._server.address)],
            keyspace=name,
            driver_type=driver_type,
            name=name,
            **NO_METADATA.get(driver_type, {}),
        )
        return Workspace(driver, name, self._admin)

    def close(self) -> None:
        """Close and drop them all."""
        for workspace in self._made.values():
            workspace.close()


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """The one event loop in which the coroutines of all steps are awaited; it runs in a thread of its own."""
    with start_blocking_portal() as open_portal:
        yield open_portal


@pytest.fixture(scope="module")
def workspaces(
    request: pytest.FixtureRequest, coodie_server: Server, coodie_cql: Any, coodie_replication: str
) -> Iterator[Workspaces]:
    """The workspaces of the running feature file; they are dropped after it."""
    pool = Workspaces(request.path.stem, coodie_server, coodie_cql, coodie_replication)
    try:
        yield pool
    finally:
        pool.close()
