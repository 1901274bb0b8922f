"""DELETE."""

from __future__ import annotations

from coodie.cql.insert import using
from coodie.cql.statement import Kind, Shape
from coodie.cql.where import Terms, element_marker, render_if, render_where
from coodie.naming import qualified, quote
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table


def delete(
    table: Table,
    keyspace: str | None,
    terms: Terms,
    removals: tuple[tuple[ColumnDefinition, bool], ...] = (),
    conditions: Terms | None = None,
    *,
    if_exists: bool = False,
    timestamp: bool = False,
    timeout: bool = False,
) -> Shape:
    """Build a DELETE of rows, or of columns and elements of them.

    A removal is a column and whether one element of it is meant. The parameters are the elements' keys, the timestamp,
    the timeout, WHERE's and IF's.
    """
    options, option_markers = using(ttl=False, timestamp=timestamp, timeout=timeout)
    markers = tuple(element_marker(column) for column, element in removals if element) + option_markers
    where = render_where(table, terms, first=len(markers))
    condition, condition_markers = render_if(conditions or (), if_exists=if_exists)
    names = (f"{quote(column.name)}{'[?]' if element else ''}" for column, element in removals)
    what = " " + ", ".join(names) if removals else ""
    return Shape(
        text=f"DELETE{what} FROM {qualified(keyspace, table.name)}{options}{where.text}{condition}",
        kind=Kind.DELETE,
        keyspace=keyspace,
        table=table.name,
        model=table.model,
        markers=markers + where.markers + condition_markers,
        partition=where.partition,
        conditional=bool(condition),
        # A position in a list may be another element the second time.
        idempotent=not condition
        and not any(element and column.type.name == "list" for column, element in removals),
        counter=table.is_counter,
        secret_columns=frozenset(column.name for column in table.columns if column.secret),
    )
