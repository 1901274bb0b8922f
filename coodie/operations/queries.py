"""Queries over many rows: pages of documents or values, counts, and writes to what a query names."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

from pydantic import BaseModel

from coodie.cql.cache import shapes
from coodie.cql.dialect import Dialect, Target, only_on
from coodie.cql.literal import REDACTED
from coodie.cql.restrictions import check_restrictions
from coodie.cql.select import SelectKey, select
from coodie.cql.statement import ExecutionOptions, Statement
from coodie.cql.terms import Op, Predicate
from coodie.cql.where import terms_of
from coodie.exceptions import DocumentNotFound, InvalidQueryError, MultipleDocumentsFound
from coodie.naming import quote
from coodie.operations.documents import keyspace_of, selection_of
from coodie.operations.nearest import check_nearest, search_params, searching, with_scores
from coodie.operations.options import options_for, positive
from coodie.operations.page_tokens import seal
from coodie.operations.query import READING, ROWS, Query
from coodie.operations.request import Request, Streamed
from coodie.operations.selection import chosen_selection, project
from coodie.results import PagedResult, TracedResult, TraceEvent
from coodie.rows.bind import bind_predicates
from coodie.rows.hydrate import hydrate
from coodie.rows.lazy import LazyDocument, lazily
from coodie.rows.rows import Rows
from coodie.schema.inspect import table_of
from coodie.schema.table import Table

D = TypeVar("D", bound=BaseModel)
STRETCH = 64  # rows of a stream that are decoded together: few enough to be gone before the collector looks
_COUNT = ("COUNT(*)",)
_TWO = 2


def options_of(table: Table, query: Query) -> ExecutionOptions:
    """Return the execution options that a query set has collected, and behind them those of the model."""
    searched = query.nearest or query.words  # is answered in one page
    return options_for(
        table,
        query.consistency,
        query.timeout,
        serial_consistency=query.serial_consistency,
        fetch_size=query.limit if searched and not query.fetch_size else query.fetch_size,
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
    index = check_nearest(table, query, predicates, target) or check_restrictions(
        table, predicates, query.order, filtering=query.filtering
    )
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
    key = searching(key, query)
    params = search_params(query, params)
    if query.per_partition_limit is not None:
        params += (positive(query.per_partition_limit, "per_partition_limit"),)
    if query.limit is not None:
        params += (positive(query.limit, "limit"),)
    if query.server_timeout is not None:
        params += (query.server_timeout,)
    return Statement(shapes.get(key, select, key), params, options_of(table, query))


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

    def decoded(rows: Rows) -> list[Any]:
        return hydrate(model, rows) if chosen is None else project(model, chosen, rows)

    def decode(rows: Rows) -> PagedResult[Any]:
        data = with_scores(query, rows, decoded) if query.scored else decoded(rows)
        return PagedResult(data, rows.paging_state)

    return Request(statement, decode)


def stream_page(model: type[D], query: Query, target: Target) -> Request[Streamed[Any]]:
    """Read one page whose rows are decoded as a loop comes to them, some hundreds at a time.

    What the loop has let go is freed at once, so the garbage collector never sees most of it; a page that is decoded
    whole costs a third more.
    """
    request = page(model, query, target)

    def decode(rows: Rows) -> Streamed[Any]:
        stretches = (
            rows._replace(tuples=rows.tuples[first : first + STRETCH])
            for first in range(0, len(rows.tuples), STRETCH)
        )
        data = chain.from_iterable(request.decode(stretch).data for stretch in stretches)
        return Streamed(data, rows.paging_state)

    statement = request.statement
    return Request(statement._replace(options=replace(statement.options, streamed=True)), decode)


def lazy_page(model: type[D], query: Query, target: Target) -> Request[PagedResult[LazyDocument[D]]]:
    """Read one page whose rows are validated when they are looked at."""
    query.only_for("all(lazy=True)", ROWS - {"selection", "casts", "group", "scored", "min_score"})
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
