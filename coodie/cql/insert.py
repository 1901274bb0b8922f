"""INSERT."""

from __future__ import annotations

from coodie.cql.statement import Kind, Marker, Shape
from coodie.cql.where import marker
from coodie.naming import qualified, quote
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table


def using(*, ttl: bool, timestamp: bool, timeout: bool = False) -> tuple[str, tuple[Marker, ...]]:
    """Render USING with its markers; empty where none is given. TIMEOUT is ScyllaDB's."""
    parts, markers = [], []
    if ttl:
        parts.append("TTL ?")
        markers.append(Marker("ttl", "int"))
    if timestamp:
        parts.append("TIMESTAMP ?")
        markers.append(Marker("timestamp", "bigint"))
    if timeout:
        parts.append("TIMEOUT ?")
        markers.append(Marker("timeout", "duration"))
    return (f" USING {' AND '.join(parts)}" if parts else ""), tuple(markers)


def insert(
    table: Table,
    keyspace: str | None,
    columns: tuple[ColumnDefinition, ...],
    *,
    if_not_exists: bool = False,
    ttl: bool = False,
    timestamp: bool = False,
) -> Shape:
    """Build an INSERT of `columns`; its parameters are their values, then TTL, then timestamp."""
    names = ", ".join(quote(column.name) for column in columns)
    slots = ", ".join("?" * len(columns))
    options, option_markers = using(ttl=ttl, timestamp=timestamp)
    condition = " IF NOT EXISTS" if if_not_exists else ""
    places = {column: place for place, column in enumerate(columns)}
    return Shape(
        text=f"INSERT INTO {qualified(keyspace, table.name)} ({names}) VALUES ({slots}){condition}{options}",
        kind=Kind.INSERT,
        keyspace=keyspace,
        table=table.name,
        model=table.model,
        markers=tuple(marker(column) for column in columns) + option_markers,
        partition=tuple((column.name, places[column]) for column in table.partition_key),
        conditional=if_not_exists,
        idempotent=not if_not_exists,
        secret_columns=frozenset(column.name for column in columns if column.secret),
    )


def insert_json(table: Table, keyspace: str | None, *, ttl: bool, timestamp: bool) -> Shape:
    """Build INSERT JSON; columns that the text leaves out stay as they are."""
    options, markers = using(ttl=ttl, timestamp=timestamp)
    secret = any(column.secret for column in table.columns)
    return Shape(
        text=f"INSERT INTO {qualified(keyspace, table.name)} JSON ? DEFAULT UNSET{options}",
        kind=Kind.INSERT,
        keyspace=keyspace,
        table=table.name,
        model=table.model,
        markers=(Marker("[json]", "text", secret), *markers),
        idempotent=True,
    )
