"""Queries over many rows: pages of documents or values, counts, and writes to what a query names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from coodie.cql.cache import shapes
from coodie.cql.delete import delete as delete_shape
from coodie.cql.dialect import Dialect, Target, only_on
from coodie.cql.literal import REDACTED
from coodie.cql.parse import parse_assignments
from coodie.cql.restrictions import check_restrictions
from coodie.cql.select import SelectKey, select
from coodie.cql.statement import ExecutionOptions, Statement
from coodie.cql.terms import Op, Predicate
from coodie.cql.update import update as update_shape
from coodie.cql.where import terms_of
from coodie.exceptions import DocumentNotFound, InvalidQueryError, MultipleDocumentsFound
from coodie.naming import quote
from coodie.operations.documents import assignment_params, keyspace_of, selection_of
from coodie.operations.lwt import lwt_result
from coodie.operations.options import execution_options, positive, using_params
from coodie.operations.page_tokens import seal
from coodie.operations.query import READING, ROWS, WRITING, Query
from coodie.operations.request import Request
from coodie.operations.selection import chosen_selection, project
from coodie.results import LWTResult, PagedResult, TracedResult, TraceEvent
from coodie.rows.bind import bind_predicates
from coodie.rows.hydrate import hydrate
from coodie.rows.lazy import LazyDocument, lazily
from coodie.rows.rows import Rows
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import table_of
from coodie.schema.table import Table

D = TypeVar("D", bound=BaseModel)
_COUNT = ("COUNT(*)",)
_TWO = 2


def options_of(query: Query) -> ExecutionOptions:
    """Return the execution options that a query set has collected."""
    return execution_options(
        query.consistency,
        query.timeout,
        serial_consistency=query.serial_consistency,
        fetch_size=query.fetch_size,
        paging_state=query.paging_state,
        profile=query.profile,
    )


def rows_statement(
    table: Table,
    query: Query,
    target: Target,
    selection: tuple[str, ...] | None = None,
    *,
    json: bool = False,
) -> Statement:
    """Build the SELECT of a query; refused before the wire is what the server could not answer."""
    if query.bypass_cache:
        only_on(Dialect.SCYLLA, target, "BYPASS CACHE")
    if query.server_timeout is not None:
        only_on(Dialect.SCYLLA, target, "USING TIMEOUT")
    predicates = _with_kind(table, query)
    index = check_restrictions(table, predicates, query.order, filtering=query.filtering)
    if selection is None:
        chosen = chosen_selection(table, query)
        selection = selection_of(table) if chosen is None else tuple(item.cql for item in chosen.items)
    key = SelectKey(
        table=table,
        keyspace=keyspace_of(table, target),
        selection=selection,
        terms=terms_of(predicates),
        group=query.group,
        order=query.order,
        distinct=query.distinct,
        per_partition_limit=query.per_partition_limit is not None,
        limit=query.limit is not None,
        filtering=query.filtering,
        bypass_cache=query.bypass_cache,
        by_index=index,
        timeout=query.server_timeout is not None,
        json=json,
    )
    params = bind_predicates(predicates, table.model)
    if query.per_partition_limit is not None:
        params += (positive(query.per_partition_limit, "per_partition_limit"),)
    if query.limit is not None:
        params += (positive(query.limit, "limit"),)
    if query.server_timeout is not None:
        params += (query.server_timeout,)
    return Statement(shapes.get(key, select, key), params, options_of(query))


def _with_kind(table: Table, query: Query) -> tuple[Predicate, ...]:
    """Narrow a query of one class of a family to its rows, on the server wherever that is possible."""
    column, predicates = table.discriminator, query.predicates
    if column is None or not table.narrowed or any(predicate.column is column for predicate in predicates):
        return predicates
    given = {predicate.column for predicate in predicates if predicate.op is Op.EQ}
    if all(key in given for key in table.primary_key):
        return predicates  # one row at most, whose kind is looked at when it is here
    kinds = list(table.kinds)
    if not (column.in_key or column.indexes or query.filtering):
        raise InvalidQueryError(
            f"{table.model}.{column.field} is neither part of the key nor indexed, so its rows cannot be told from "
            "others of the table: add an Indexed() marker to it, or say allow_filtering() if a scan is meant"
        )
    if len(kinds) == 1:
        return (*predicates, Predicate(column, Op.EQ, kinds[0]))
    if not (column.in_key or query.filtering):
        raise InvalidQueryError(
            f"{table.model} is kept as several kinds ({', '.join(map(str, kinds))}), which an index cannot look for at "
            "once: say allow_filtering(), which costs little within a partition, or query each class"
        )
    return (*predicates, Predicate(column, Op.IN, kinds))


def page(model: type[D], query: Query, target: Target) -> Request[PagedResult[Any]]:
    """Read one page: documents, or values where the query selects them."""
    query.only_for("all", ROWS)
    table = table_of(model)
    statement = rows_statement(table, query, target)
    chosen = chosen_selection(table, query)

    def decode(rows: Rows) -> PagedResult[Any]:
        data = hydrate(model, rows) if chosen is None else project(model, chosen, rows)
        return PagedResult(data, rows.paging_state)

    return Request(statement, decode)


def lazy_page(model: type[D], query: Query, target: Target) -> Request[PagedResult[LazyDocument[D]]]:
    """Read one page whose rows are validated when they are looked at."""
    query.only_for("all(lazy=True)", ROWS - {"selection", "casts", "group"})
    statement = rows_statement(table_of(model), query, target)
    return Request(statement, lambda rows: PagedResult(lazily(model, rows), rows.paging_state))


def traced(model: type[D], query: Query, target: Target) -> Request[TracedResult[Any]]:
    """Read one page, and what the server says of how it did."""
    request = page(model, query, target)
    statement = request.statement
    assert isinstance(statement, Statement)  # noqa: S101 - a page is one statement

    def decode(rows: Rows) -> TracedResult[Any]:
        trace = rows.trace
        events = [] if trace is None else [TraceEvent(*event) for event in trace.events]
        return TracedResult(
            request.decode(rows).data, events, trace and trace.duration, trace and trace.coordinator
        )

    return Request(statement._replace(options=replace(statement.options, tracing=True)), decode)


def sealed_page(model: type[D], query: Query, target: Target) -> Request[PagedResult[Any]]:
    """Read one page whose token may leave the library."""
    request = page(model, query, target)

    def decode(rows: Rows) -> PagedResult[Any]:
        found = request.decode(rows)
        return PagedResult(found.data, seal(found.paging_state))

    return Request(request.statement, decode)


def first(model: type[D], query: Query, target: Target) -> Request[Any]:
    """Read the first row of a query; the result is `None` where there is none."""
    request = page(model, query.replace(limit=1), target)
    return Request(request.statement, lambda rows: next(iter(request.decode(rows).data), None))


def one(model: type[D], query: Query, target: Target, *, required: bool) -> Request[Any]:
    """Read the only row of a query; several are an error, and so is none where one is required."""
    query.only_for("one", ROWS - {"limit", "fetch_size", "paging_state"})
    request = page(model, query.replace(limit=_TWO), target)

    def decode(rows: Rows) -> Any:
        found = request.decode(rows).data
        if len(found) > 1:
            raise MultipleDocumentsFound(f"several {model.__name__} answer {_describe(query)}")
        if not found and required:
            raise DocumentNotFound(f"no {model.__name__} answers {_describe(query)}")
        return found[0] if found else None

    return Request(request.statement, decode)


def _describe(query: Query) -> str:
    terms = (
        f"{column.field} {op.value} {REDACTED if column.secret else repr(value)}"
        for column, op, value, _ in query.predicates
    )
    return " and ".join(terms) or "a query without a filter"


def count(model: type[BaseModel], query: Query, target: Target) -> Request[int]:
    """Count the rows of a query on the server, which reads them all."""
    query.only_for("count", READING)
    return Request(
        rows_statement(table_of(model), query, target, _COUNT), lambda rows: int(rows.tuples[0][0])
    )


def exists(model: type[BaseModel], query: Query, target: Target) -> Request[bool]:
    """Ask for one key of a query's rows."""
    query.only_for("exists", READING)
    table = table_of(model)
    selection = (quote(table.partition_key[0].name),)
    return Request(
        rows_statement(table, query.replace(limit=1), target, selection), lambda rows: bool(rows.tuples)
    )


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
    return Request(Statement(shape, params, options_of(query)), lambda rows: lwt_result(rows, model))


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
    return Request(Statement(shape, params, options_of(query)), lambda rows: lwt_result(rows, model))


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
