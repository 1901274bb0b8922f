"""CREATE, ALTER and DROP KEYSPACE."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coodie.cql.ddl.options import constant, ddl
from coodie.cql.dialect import Dialect, Target, only_on
from coodie.cql.statement import Shape
from coodie.exceptions import InvalidQueryError
from coodie.naming import check_object_name, quote


def replication(strategy: str, factor: int, per_datacenter: Mapping[str, int] | None) -> dict[str, Any]:
    """Return the replication map; datacenters by name imply NetworkTopologyStrategy."""
    if per_datacenter is not None:
        for datacenter, replicas in per_datacenter.items():
            _check_factor(replicas, f"the number of replicas in {datacenter!r}", 0)
        return {"class": "NetworkTopologyStrategy", **{dc: str(n) for dc, n in per_datacenter.items()}}
    _check_factor(factor, "replication_factor", 1)
    return {"class": strategy, "replication_factor": str(factor)}


def _check_factor(factor: Any, what: str, least: int) -> None:
    if not isinstance(factor, int) or isinstance(factor, bool) or factor < least:
        raise InvalidQueryError(f"{what} must be an integer of at least {least}, not {factor!r}")


def _options(replicas: Mapping[str, Any], durable_writes: bool, tablets: bool | None, target: Target) -> str:  # noqa: FBT001
    text = f"replication = {constant(replicas)} AND durable_writes = {constant(durable_writes)}"
    if tablets is not None:
        only_on(Dialect.SCYLLA, target, "tablets")
        text += f" AND tablets = {constant({'enabled': tablets})}"
    return text


def create_keyspace(
    name: str,
    replicas: Mapping[str, Any],
    target: Target,
    *,
    if_not_exists: bool = True,
    durable_writes: bool = True,
    tablets: bool | None = None,
) -> Shape:
    """Build CREATE KEYSPACE."""
    check_object_name(name, "keyspace")
    guard = "IF NOT EXISTS " if if_not_exists else ""
    options = _options(replicas, durable_writes, tablets, target)
    return ddl(f"CREATE KEYSPACE {guard}{quote(name)} WITH {options}", name)


def alter_keyspace(
    name: str,
    replicas: Mapping[str, Any],
    target: Target,
    *,
    durable_writes: bool = True,
    tablets: bool | None = None,
) -> Shape:
    """Build ALTER KEYSPACE."""
    check_object_name(name, "keyspace")
    return ddl(
        f"ALTER KEYSPACE {quote(name)} WITH {_options(replicas, durable_writes, tablets, target)}", name
    )


def drop_keyspace(name: str) -> Shape:
    """Build DROP KEYSPACE IF EXISTS."""
    check_object_name(name, "keyspace")
    return ddl(f"DROP KEYSPACE IF EXISTS {quote(name)}", name)
