# Generated from coodie/aio/connection.py by tools/unasync.py; change that file instead.
"""Connecting, keyspaces, and CQL by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coodie.drivers import connect
from coodie.drivers.registry import sync_session
from coodie.execution import run
from coodie.operations import keyspaces, raw

if TYPE_CHECKING:
    import ssl

    from coodie.drivers.base import AbstractDriver


def init_coodie(
    hosts: Sequence[str] | str | None = None,
    session: Any = None,
    keyspace: str | None = None,
    driver_type: str = "scylla",
    name: str = "default",
    default: bool = False,
    ssl_context: ssl.SSLContext | None = None,
    lazy: bool = False,
    compression: Any = None,
    speculative_execution_policy: Any = None,
    **kwargs: Any,
) -> AbstractDriver:
    """Connect to a cluster and register the connection under `name`; the first registered is the default.

    `hosts` are addresses, each with an optional `:port`; without them `COODIE_HOSTS` is read, then
    the address of a server that `coodie server up` started. A `session` of the
    application's own is used and never changed. `lazy` connects at first use. `kwargs` go to the driver: `port`,
    `username`, `password`, `local_datacenter`, and whatever its cluster takes.

    Raises `Unavailable` where no host answers, `AuthenticationError` where one refuses the user,
    `ConfigurationError` for settings that contradict each other, `ImportError` for a driver that is not installed.
    """
    return connect.init_coodie(
        hosts=hosts,
        session=session,
        keyspace=keyspace,
        driver_type=driver_type,
        name=name,
        default=default,
        ssl_context=ssl_context,
        lazy=lazy,
        compression=compression,
        speculative_execution_policy=speculative_execution_policy,
        **kwargs,
    )


def execute_raw(
    stmt: str, params: Sequence[Any] | None = None, connection: str | None = None
) -> list[dict[str, Any]]:
    """Execute CQL as it stands, its `?` markers bound to `params`; a dictionary per row of the first page."""
    driver = sync_session(connection)
    return run(driver, raw.raw(stmt, params, driver.target))


def create_keyspace(
    keyspace: str,
    replication_factor: int = 1,
    strategy: str = "SimpleStrategy",
    dc_replication_map: Mapping[str, int] | None = None,
    connection: str | None = None,
    if_not_exists: bool = True,
    durable_writes: bool = True,
    tablets: bool | None = None,
) -> None:
    """Create a keyspace; sends one statement.

    `dc_replication_map` names the replicas of each datacenter and implies NetworkTopologyStrategy; `tablets` is
    ScyllaDB's and refused elsewhere.
    """
    driver = sync_session(connection)
    request = keyspaces.create_keyspace(
        keyspace,
        replication_factor,
        strategy,
        dc_replication_map,
        driver.target,
        if_not_exists=if_not_exists,
        durable_writes=durable_writes,
        tablets=tablets,
    )
    run(driver, request)


def alter_keyspace(
    keyspace: str,
    replication_factor: int = 1,
    strategy: str = "SimpleStrategy",
    dc_replication_map: Mapping[str, int] | None = None,
    connection: str | None = None,
    durable_writes: bool = True,
    tablets: bool | None = None,
) -> None:
    """Change the replication of a keyspace; sends one statement."""
    driver = sync_session(connection)
    request = keyspaces.alter_keyspace(
        keyspace,
        replication_factor,
        strategy,
        dc_replication_map,
        driver.target,
        durable_writes=durable_writes,
        tablets=tablets,
    )
    run(driver, request)


def drop_keyspace(keyspace: str, connection: str | None = None) -> None:
    """Drop a keyspace with all its tables, if it is there; sends one statement."""
    driver = sync_session(connection)
    run(driver, keyspaces.drop_keyspace(keyspace))
