"""Keyspaces."""

from __future__ import annotations

from collections.abc import Mapping

from coodie.cql.ddl import keyspace as ddl
from coodie.cql.dialect import Target
from coodie.cql.statement import Statement
from coodie.operations.request import Request, nothing


def create_keyspace(
    keyspace: str,
    replication_factor: int,
    strategy: str,
    dc_replication_map: Mapping[str, int] | None,
    target: Target,
    *,
    if_not_exists: bool,
    durable_writes: bool,
    tablets: bool | None,
) -> Request[None]:
    """Create a keyspace."""
    replicas = ddl.replication(strategy, replication_factor, dc_replication_map)
    shape = ddl.create_keyspace(
        keyspace,
        replicas,
        target,
        if_not_exists=if_not_exists,
        durable_writes=durable_writes,
        tablets=tablets,
    )
    return Request(Statement(shape), nothing)


def alter_keyspace(
    keyspace: str,
    replication_factor: int,
    strategy: str,
    dc_replication_map: Mapping[str, int] | None,
    target: Target,
    *,
    durable_writes: bool,
    tablets: bool | None,
) -> Request[None]:
    """Change the replication of a keyspace."""
    replicas = ddl.replication(strategy, replication_factor, dc_replication_map)
    shape = ddl.alter_keyspace(keyspace, replicas, target, durable_writes=durable_writes, tablets=tablets)
    return Request(Statement(shape), nothing)


def drop_keyspace(keyspace: str) -> Request[None]:
    """Drop a keyspace, if it is there."""
    return Request(Statement(ddl.drop_keyspace(keyspace)), nothing)
