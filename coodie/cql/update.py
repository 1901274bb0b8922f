"""UPDATE."""

from __future__ import annotations

from coodie.cql.insert import using
from coodie.cql.statement import Kind, Marker, Shape
from coodie.cql.terms import Change
from coodie.cql.where import Terms, element_marker, marker, render_if, render_where
from coodie.cqltype import CqlType
from coodie.naming import qualified, quote
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table

# Sent twice, these change the row twice.
_NOT_IDEMPOTENT = frozenset({Change.APPEND, Change.PREPEND, Change.INCREMENT, Change.DECREMENT})


def update(
    table: Table,
    keyspace: str | None,
    changes: tuple[tuple[ColumnDefinition, Change], ...],
    terms: Terms,
    conditions: Terms | None = None,
    *,
    if_exists: bool = False,
    ttl: bool = False,
    timestamp: bool = False,
    timeout: bool = False,
) -> Shape:
    """Build an UPDATE; its parameters are TTL, timestamp, timeout, those of SET, of WHERE, and of IF.

    An element assignment (`PUT`, `SET_INDEX`) binds its key before its value.
    """
    options, markers = using(ttl=ttl, timestamp=timestamp, timeout=timeout)
    parts = []
    for column, change in changes:
        part, own = _assignment(column, change)
        parts.append(part)
        markers += own
    where = render_where(table, terms, first=len(markers))
    condition, condition_markers = render_if(conditions or (), if_exists=if_exists)
    lists = any(
        change in _NOT_IDEMPOTENT or (change is Change.ADD and column.type.name == "list")
        for column, change in changes
    )
    return Shape(
        text=f"UPDATE {qualified(keyspace, table.name)}{options} SET {', '.join(parts)}{where.text}{condition}",
        kind=Kind.UPDATE,
        keyspace=keyspace,
        table=table.name,
        model=table.model,
        markers=markers + where.markers + condition_markers,
        partition=where.partition,
        conditional=bool(condition),
        idempotent=not condition and not lists,
        counter=table.is_counter,
        secret_columns=frozenset(column.name for column in table.columns if column.secret),
    )


def _assignment(column: ColumnDefinition, change: Change) -> tuple[str, tuple[Marker, ...]]:
    name, whole = quote(column.name), (marker(column),)
    match change:
        case Change.SET:
            return f"{name} = ?", whole
        case Change.ADD | Change.APPEND | Change.INCREMENT:
            return f"{name} = {name} + ?", whole
        case Change.PREPEND:
            return f"{name} = ? + {name}", whole
        case Change.DECREMENT:
            return f"{name} = {name} - ?", whole
        case Change.REMOVE:
            return f"{name} = {name} - ?", (Marker(column.name, str(removed_type(column)), column.secret),)
        case Change.PUT | Change.SET_INDEX:
            markers = (
                element_marker(column),
                Marker(column.name, str(column.type.args[-1]), column.secret),
            )
            return f"{name}[?] = ?", markers


def removed_type(column: ColumnDefinition) -> CqlType:
    """Return the type of what is taken out of a collection: a set of keys for a map, else its own."""
    return CqlType("set", (column.type.args[0],)) if column.type.name == "map" else column.type
