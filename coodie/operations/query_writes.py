"""Writes to the rows, ranges and partitions that a query names by key."""

from __future__ import annotations

from typing import Any, NoReturn

from pydantic import BaseModel

from coodie.cql.cache import shapes
from coodie.cql.delete import delete as delete_shape
from coodie.cql.dialect import Dialect, Target, only_on
from coodie.cql.parse import parse_assignments
from coodie.cql.restrictions import check_restrictions
from coodie.cql.statement import Statement
from coodie.cql.terms import Op
from coodie.cql.update import update as update_shape
from coodie.cql.where import terms_of
from coodie.exceptions import InvalidQueryError
from coodie.operations.documents import assignment_params, insert, keyspace_of, save
from coodie.operations.lwt import lwt_result
from coodie.operations.options import using_params
from coodie.operations.queries import options_of
from coodie.operations.query import EXECUTION, WRITING, Query
from coodie.operations.request import Request
from coodie.results import LWTResult
from coodie.rows.bind import bind_predicates
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import table_of
from coodie.schema.table import Table


def refuse_view(table: Table, method: str) -> NoReturn:
    """Raise for a write to a materialized view, with where it goes instead."""
    raise InvalidQueryError(
        f"{table.model} is a materialized view: {method}() goes to {table.follows}, the view follows"
    )


def create(model: type[BaseModel], query: Query, target: Target, values: dict[str, Any]) -> Request[Any]:
    """Save a new document with what the query says of TTL, timestamp and execution."""
    query.only_for("create", EXECUTION | {"ttl", "timestamp", "if_not_exists"})
    if table_of(model).follows is not None:
        refuse_view(table_of(model), "create")
    document, options = model(**values), options_of(table_of(model), query)
    if query.if_not_exists:
        if query.timestamp is not None:
            raise InvalidQueryError("a conditional write cannot have a timestamp: the server chooses it")
        return insert(document, target, options, ttl=query.ttl)
    return save(document, target, options, ttl=query.ttl, timestamp=query.timestamp)


def update(
    model: type[BaseModel], query: Query, target: Target, changes: dict[str, Any]
) -> Request[LWTResult]:
    """Change columns of the rows that a query names by key; a row that is not there is made."""
    query.only_for("update", WRITING | {"ttl"})
    table = table_of(model)
    assignments = parse_assignments(table, changes)
    if not assignments:
        raise InvalidQueryError(f"update() of {table.model} was given no column to change")
    static = all(item.column.role == "static" for item in assignments)
    _check_names_rows(table, query, whole=not static, verb="update()")
    row = next((item.column for item in query.predicates if item.column.role == "clustering"), None)
    if static and row is not None:
        raise InvalidQueryError(
            f"{table.model}: static columns belong to the partition: leave {row.field} out"
        )
    keyspace = keyspace_of(table, target)
    changed = tuple((item.column, item.change) for item in assignments)
    terms, exists = terms_of(query.predicates), query.if_exists
    using = (query.ttl is not None, query.timestamp is not None, query.server_timeout is not None)
    shape = shapes.get(
        ("query update", table, keyspace, changed, terms, using, exists),
        lambda: update_shape(
            table,
            keyspace,
            changed,
            terms,
            if_exists=exists,
            ttl=using[0],
            timestamp=using[1],
            timeout=using[2],
        ),
    )
    params = _using_params(query, target) + assignment_params(assignments, table.model)
    params += bind_predicates(query.predicates, table.model)
    return Request(Statement(shape, params, options_of(table, query)), lambda rows: lwt_result(rows, model))


def delete(model: type[BaseModel], query: Query, target: Target) -> Request[LWTResult]:
    """Delete the rows, the range of rows, or the partitions that a query names by key."""
    query.only_for("delete", WRITING)
    table = table_of(model)
    _check_names_rows(table, query, whole=query.if_exists, verb="delete()")
    keyspace, terms = keyspace_of(table, target), terms_of(query.predicates)
    exists = query.if_exists
    using = (query.timestamp is not None, query.server_timeout is not None)
    shape = shapes.get(
        ("query delete", table, keyspace, terms, using, exists),
        lambda: delete_shape(table, keyspace, terms, if_exists=exists, timestamp=using[0], timeout=using[1]),
    )
    params = _using_params(query, target) + bind_predicates(query.predicates, table.model)
    return Request(Statement(shape, params, options_of(table, query)), lambda rows: lwt_result(rows, model))


def _using_params(query: Query, target: Target) -> tuple[Any, ...]:
    params = using_params(query.ttl, query.timestamp)
    if query.server_timeout is None:
        return params
    only_on(Dialect.SCYLLA, target, "USING TIMEOUT")
    return (*params, query.server_timeout)


def _check_names_rows(table: Table, query: Query, *, whole: bool, verb: str) -> None:
    """Refuse a write that does not say which partitions, or which rows, it means."""
    if table.follows is not None:
        refuse_view(table, verb[:-2])
    if query.if_exists and query.timestamp is not None:
        raise InvalidQueryError("a conditional write cannot have a timestamp: the server chooses it")
    ops: dict[ColumnDefinition, Op] = {predicate.column: predicate.op for predicate in query.predicates}
    for column in ops:
        if not column.in_key:
            raise InvalidQueryError(
                f"{table.model}: {verb} finds rows by their key; {column.field} is not part of it"
            )
    needed = table.primary_key if whole else table.partition_key
    for column in needed:
        if ops.get(column) not in (Op.EQ, Op.IN):
            raise InvalidQueryError(
                f"{table.model}: {verb} needs {column.field}= (or __in), so that it knows its rows"
            )
    check_restrictions(table, query.predicates, (), filtering=False)
