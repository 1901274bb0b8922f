"""SELECT."""

from __future__ import annotations

from typing import NamedTuple

from coodie.cql.statement import Kind, Marker, Shape
from coodie.cql.where import Terms, render_where
from coodie.naming import qualified, quote
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table


class SelectKey(NamedTuple):
    """All that shapes a SELECT; equal keys give equal text.

    `selection` holds CQL expressions, ready made; `order` pairs of column and direction.
    """

    table: Table
    keyspace: str | None
    selection: tuple[str, ...]
    terms: Terms = ()
    group: tuple[ColumnDefinition, ...] = ()
    order: tuple[tuple[ColumnDefinition, bool], ...] = ()
    distinct: bool = False
    per_partition_limit: bool = False
    limit: bool = False
    filtering: bool = False
    bypass_cache: bool = False
    by_index: str | None = None
    timeout: bool = False
    json: bool = False


def select(key: SelectKey) -> Shape:
    """Build a SELECT; its parameters are those of WHERE, then the limits, then the server's timeout."""
    table = key.table
    where = render_where(table, key.terms)
    words = f"{'JSON ' if key.json else ''}{'DISTINCT ' if key.distinct else ''}"
    text = f"SELECT {words}{', '.join(key.selection)}"
    text += f" FROM {qualified(key.keyspace, table.name)}{where.text}"
    markers = list(where.markers)
    if key.group:
        text += f" GROUP BY {', '.join(quote(column.name) for column in key.group)}"
    if key.order:
        parts = (f"{quote(column.name)} {'DESC' if down else 'ASC'}" for column, down in key.order)
        text += f" ORDER BY {', '.join(parts)}"
    if key.per_partition_limit:
        text += " PER PARTITION LIMIT ?"
        markers.append(Marker("per partition limit", "int"))
    if key.limit:
        text += " LIMIT ?"
        markers.append(Marker("limit", "int"))
    if key.filtering:
        text += " ALLOW FILTERING"
    if key.bypass_cache:
        text += " BYPASS CACHE"
    if key.timeout:
        text += " USING TIMEOUT ?"
        markers.append(Marker("timeout", "duration"))
    return Shape(
        text=text,
        kind=Kind.SELECT,
        keyspace=key.keyspace,
        table=table.name,
        model=table.model,
        markers=tuple(markers),
        partition=where.partition,
        scan=not where.partition,
        filtering=key.filtering,
        index=key.by_index,
        idempotent=True,
        secret_columns=frozenset(column.name for column in table.columns if column.secret),
    )
