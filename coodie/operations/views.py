"""Materialized views: made once, then kept by the server."""

from __future__ import annotations

from collections.abc import Generator

from pydantic import BaseModel

from coodie.cql.ddl import view as ddl
from coodie.cql.dialect import Target
from coodie.cql.statement import Statement
from coodie.exceptions import InvalidQueryError
from coodie.operations.introspection import introspect_table
from coodie.operations.request import Request, nothing
from coodie.operations.tables import check_columns
from coodie.results import SchemaPlan
from coodie.rows.rows import Rows
from coodie.schema.inspect import table_of
from coodie.schema.view import view_of


def sync_view(
    model: type[BaseModel], target: Target, *, dry_run: bool = False
) -> Generator[Statement, Rows, SchemaPlan]:
    """Plan making the view where it is not there; a key or type that differs is an `InvalidQueryError`."""
    view = view_of(model)
    table = view.table
    keyspace = table.keyspace or target.keyspace
    if keyspace is None:
        raise InvalidQueryError(f"{table.model} has no keyspace: give the connection one, or its Settings")
    live = yield from introspect_table(keyspace, table.name)
    if live is not None:
        check_columns(table, live)
        missing = [column.field for column in table.columns if column.name not in live.columns]
        if missing:
            raise InvalidQueryError(
                f"{table.model}.{missing[0]} is not in the view {table.name}: a view's columns cannot be changed, "
                "drop_view() and sync_view() make it anew"
            )
        return SchemaPlan()
    shape = ddl.create_view(view, keyspace)
    if not dry_run:
        yield Statement(shape)
    return SchemaPlan([shape.text])


def drop_view(model: type[BaseModel], target: Target) -> Request[None]:
    """Drop the view, if it is there."""
    table = table_of(model)
    return Request(Statement(ddl.drop_view(table, table.keyspace or target.keyspace)), nothing)
