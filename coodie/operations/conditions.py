"""What a write may be made to depend on: `if_conditions`, parsed, and checked against the server and the call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coodie.cql.dialect import Dialect, Target, only_on
from coodie.cql.parse import parse_conditions
from coodie.cql.terms import Op, Predicate
from coodie.exceptions import InvalidQueryError
from coodie.schema.table import Table

_ONE_SERVERS = {
    Op.CONTAINS: Dialect.CASSANDRA,
    Op.CONTAINS_KEY: Dialect.CASSANDRA,
    Op.LIKE: Dialect.SCYLLA,
}


def checked_conditions(
    table: Table,
    if_conditions: Mapping[str, Any] | None,
    target: Target,
    *,
    if_exists: bool,
    timestamp: int | None,
) -> tuple[Predicate, ...]:
    """Parse the conditions of a write, and refuse those that its server or its other arguments exclude."""
    if if_conditions and if_exists:
        raise InvalidQueryError(
            "if_exists and if_conditions exclude each other: a condition implies that the row exists"
        )
    if timestamp is not None and (if_conditions or if_exists):
        raise InvalidQueryError("a conditional write cannot have a timestamp: the server chooses it")
    if not if_conditions:
        return ()
    conditions = parse_conditions(table, if_conditions)
    for condition in conditions:
        dialect = _ONE_SERVERS.get(condition.op)
        if dialect is not None:
            only_on(dialect, target, f"IF ... {condition.op.value}")
    return conditions
