"""Optimistic locking: a save that is applied only over the version that was read."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from coodie.cql.cache import shapes
from coodie.cql.dialect import Target
from coodie.cql.insert import insert as insert_shape
from coodie.cql.statement import ExecutionOptions, Statement
from coodie.cql.terms import Change, Op
from coodie.cql.update import update as update_shape
from coodie.cql.where import Term
from coodie.exceptions import InvalidQueryError, VersionConflict
from coodie.operations.lwt import lwt_result
from coodie.operations.options import using_params
from coodie.operations.request import Request
from coodie.results import LWTResult
from coodie.rows.bind import row_binder
from coodie.rows.rows import Rows
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import table_of
from coodie.schema.table import Table

D = TypeVar("D", bound=BaseModel)


def save_version(
    document: D, target: Target, options: ExecutionOptions, *, ttl: int | None, timestamp: int | None
) -> Request[D]:
    """Insert version 1 where there is no row, or update the row if it still has the document's version.

    The document has the new version when the write was applied; else `VersionConflict` is raised.
    """
    if timestamp is not None:
        raise InvalidQueryError("a versioned save cannot have a timestamp: the server chooses it")
    table = table_of(type(document))
    column = _column(table)
    current: int = getattr(document, column.field) or 0
    statement = _statement(document, table, target, options, current, ttl)

    def decode(rows: Rows) -> D:
        result = lwt_result(rows, type(document))
        if not result.applied:
            raise VersionConflict(_message(table, current, result.existing), result.existing)
        _advance(document, column, current)
        return document

    return Request(statement, decode)


def insert_version(
    document: BaseModel, target: Target, options: ExecutionOptions, *, ttl: int | None
) -> Request[LWTResult]:
    """Insert version 1 where there is no row; the result tells whether, and what stood there."""
    table = table_of(type(document))
    statement = _statement(document, table, target, options, 0, ttl)

    def decode(rows: Rows) -> LWTResult:
        result = lwt_result(rows, type(document))
        if result.applied:
            _advance(document, _column(table), 0)
        return result

    return Request(statement, decode)


def _column(table: Table) -> ColumnDefinition:
    assert table.version is not None  # noqa: S101 - the caller has asked
    return table.version


def _advance(document: BaseModel, column: ColumnDefinition, current: int) -> None:
    vars(document)[column.field] = current + 1
    document.__pydantic_fields_set__.add(column.field)


def _statement(
    document: BaseModel,
    table: Table,
    target: Target,
    options: ExecutionOptions,
    current: int,
    ttl: int | None,
) -> Statement:
    column, keyspace = _column(table), table.keyspace or target.keyspace
    values = dict(zip(table.columns, row_binder(table)(document), strict=True)) | {column: current + 1}
    build = _next if current else _first
    shape, params = build(table, keyspace, column, values, ttl)
    return Statement(shape, (*params, current) if current else params, options)


def _first(
    table: Table,
    keyspace: str | None,
    column: ColumnDefinition,
    values: dict[ColumnDefinition, Any],
    ttl: int | None,
) -> tuple[Any, tuple[Any, ...]]:
    del column
    shape = shapes.get(
        ("insert", table, keyspace, (True, ttl is not None, False)),
        lambda: insert_shape(table, keyspace, table.columns, if_not_exists=True, ttl=ttl is not None),
    )
    return shape, (*values.values(), *using_params(ttl, None))


def _next(
    table: Table,
    keyspace: str | None,
    column: ColumnDefinition,
    values: dict[ColumnDefinition, Any],
    ttl: int | None,
) -> tuple[Any, tuple[Any, ...]]:
    changed = tuple(each for each in table.columns if not each.in_key)
    shape = shapes.get(
        ("save version", table, keyspace, ttl is not None),
        lambda: update_shape(
            table,
            keyspace,
            tuple((each, Change.SET) for each in changed),
            tuple(Term(each, Op.EQ) for each in table.primary_key),
            (Term(column, Op.EQ),),
            ttl=ttl is not None,
        ),
    )
    keys = (values[each] for each in table.primary_key)
    return shape, (*using_params(ttl, None), *(values[each] for each in changed), *keys)


def _message(table: Table, current: int, existing: dict[str, Any] | None) -> str:
    if existing is None:
        return f"this {table.model} was deleted since version {current} was read: nothing was written"
    if current:
        return f"{table.model} was saved by somebody else since version {current} was read: refresh() and try again"
    field = _column(table).field
    if field in existing and existing[field] is None:
        return f"this {table.model} was written without a version: give it one with update({field}=1), then save it"
    return f"there is a {table.model} with this key already: get() it, change it, and save that"
