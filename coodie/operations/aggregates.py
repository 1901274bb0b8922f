"""Aggregates: computed by the server over the rows that a query names."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from coodie.cql.dialect import Target
from coodie.exceptions import InvalidQueryError
from coodie.operations.queries import rows_statement
from coodie.operations.query import READING, ROWS, Query
from coodie.operations.request import Request
from coodie.operations.selection import Selection, project, select_items
from coodie.results import PagedResult
from coodie.rows.rows import Rows
from coodie.schema.inspect import table_of

_TAKES = READING | {"group", "fetch_size"}


def aggregate(
    model: type[BaseModel], query: Query, target: Target, functions: dict[str, str]
) -> Request[Any]:
    """Compute several functions in one statement: a dictionary, or one per group after `group_by`.

    The groups' columns stand beside the functions. Raises `InvalidQueryError` where a function is no aggregate.
    """
    query.only_for("aggregate", _TAKES)
    if not functions:
        raise InvalidQueryError('aggregate() was given nothing to compute: say for example n="count(*)"')
    table = table_of(model)
    items = select_items(table, (), functions)
    for item in items:
        if not item.aggregates:
            raise InvalidQueryError(
                f"aggregate(): {item.name} is {item.cql}, which is no count, min, max, sum or avg"
            )
    grouped = select_items(table, tuple(column.field for column in query.group), {}) if query.group else ()
    selection = Selection((*grouped, *items), "dict")
    statement = rows_statement(table, query.replace(selection=selection), target)

    def decode(rows: Rows) -> Any:
        found = project(model, selection, rows)
        return found if query.group else found[0]

    return Request(statement, decode)


def single(model: type[BaseModel], query: Query, target: Target, function: str) -> Request[Any]:
    """Compute one function over all rows of a query."""
    query.only_for(function.partition("(")[0], _TAKES - {"group"})
    request = aggregate(model, query, target, {"value": function})
    return Request(request.statement, lambda rows: request.decode(rows)["value"])


def json_page(model: type[BaseModel], query: Query, target: Target) -> Request[PagedResult[str]]:
    """Read a page of rows as the server writes them in JSON, one text per row."""
    query.only_for("json", ROWS - {"casts", "group", "scored", "min_score"})
    statement = rows_statement(table_of(model), query, target, json=True)
    return Request(statement, lambda rows: PagedResult([row[0] for row in rows.tuples], rows.paging_state))
