"""DELETE."""

from __future__ import annotations

from coodie.cql.insert import using
from coodie.cql.statement import Kind, Shape
from coodie.cql.update import Terms, render_if
from coodie.cql.where import render_where
from coodie.naming import qualified, quote
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table


def delete(
    table: Table,
    keyspace: str | None,
    terms: Terms,
    columns: tuple[ColumnDefinition, ...] = (),
    conditions: Terms | None = None,
    *,
    if_exists: bool = False,
    timestamp: bool = False,
) -> Shape:
    """Build a DELETE of rows, or of `columns` of them; its parameters are the timestamp, WHERE's and IF's."""
    options, markers = using(ttl=False, timestamp=timestamp)
    where = render_where(table, terms, first=len(markers))
    condition, condition_markers = render_if(conditions or (), if_exists=if_exists)
    what = " " + ", ".join(quote(column.name) for column in columns) if columns else ""
    return Shape(
        text=f"DELETE{what} FROM {qualified(keyspace, table.name)}{options}{where.text}{condition}",
        kind=Kind.DELETE,
        keyspace=keyspace,
        table=table.name,
        markers=markers + where.markers + condition_markers,
        partition=where.partition,
        conditional=bool(condition),
        idempotent=not condition,
        secret_columns=frozenset(column.name for column in table.columns if column.secret),
    )
