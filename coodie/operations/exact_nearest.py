"""Exact neighbours, by reading every vector: what approximate ones are measured against."""

from __future__ import annotations

import heapq
from collections.abc import Generator
from typing import Any, NamedTuple

from pydantic import BaseModel

from coodie.cql.dialect import Target
from coodie.cql.nearest import check_neighbours
from coodie.cql.statement import Statement
from coodie.cql.terms import Nearest
from coodie.exceptions import InvalidQueryError
from coodie.naming import quote
from coodie.operations.documents import selection_of
from coodie.operations.nearest import nearest_to, similarity_of, with_scores
from coodie.operations.queries import rows_statement
from coodie.operations.query import READING, Query
from coodie.operations.selection import chosen_selection, project
from coodie.rows.bind import bind_whole
from coodie.rows.hydrate import hydrate
from coodie.rows.rows import EMPTY, Rows
from coodie.schema.inspect import table_of
from coodie.schema.table import Table
from coodie.vectors.similarity import scorer

_TAKES = READING | {"fetch_size", "selection", "scored", "min_score"}


class _Scanned(NamedTuple):
    """The nearest rows of all, best first, each with its score; `page` is the page that tells their columns."""

    page: Rows
    best: list[tuple[float, tuple[Any, ...]]]


def _scan(
    table: Table, query: Query, target: Target, nearest: Nearest, selection: tuple[str, ...], k: int
) -> Generator[Statement, Rows, _Scanned]:
    """Read the rows of a query page by page, and keep the `k` nearest; the vector is the last selected column."""
    score = scorer(similarity_of(nearest.column), nearest.vector)
    heap: list[tuple[float, int, tuple[Any, ...]]] = []
    page, state, number = EMPTY, query.paging_state, 0
    while True:
        step = query if state is None else query.replace(paging_state=state)
        page = yield rows_statement(table, step, target, (*selection, quote(nearest.column.name)))
        rows = [row for row in page.tuples if row[-1] is not None]
        for each, row in zip(score([row[-1] for row in rows]), rows, strict=True):
            number += 1
            # Of equally near rows the first wins, and rows themselves are never compared.
            item = (each, -number, row)
            if len(heap) < k:
                heapq.heappush(heap, item)
            elif item > heap[0]:
                heapq.heapreplace(heap, item)
        state = page.paging_state
        if state is None:
            return _Scanned(page, [(each, row) for each, _, row in sorted(heap, reverse=True)])


def _any_vector(table: Table, name: str, vector: Any) -> Nearest:
    """Return what is searched for; here a column needs no index."""
    column = table.column(name)
    if not column.type.packable:
        raise InvalidQueryError(
            f"{table.model}.{column.field} is {column.type}, and neighbours are found by vectors of floats"
        )
    return Nearest(column, bind_whole(column, vector, table.model))


def exact_nearest(
    model: type[BaseModel], query: Query, target: Target, name: str, vector: Any, k: int
) -> Generator[Statement, Rows, list[Any]]:
    """Plan finding the `k` exactly nearest rows of a query: every one of them is read."""
    query.only_for("exact_nearest", _TAKES)
    check_neighbours(k, "exact_nearest(k)")
    table = table_of(model)
    nearest = _any_vector(table, name, vector)
    chosen = chosen_selection(table, query)
    selection = selection_of(table) if chosen is None else tuple(item.cql for item in chosen.items)
    plain = query.replace(scored=False, min_score=None)
    page, best = yield from _scan(table, plain, target, nearest, selection, k)
    rows = page._replace(tuples=[(*row[:-1], score) for score, row in best])

    def decode(rows: Rows) -> list[Any]:
        return hydrate(model, rows) if chosen is None else project(model, chosen, rows)

    pairs = with_scores(query, rows, decode)
    return pairs if query.scored else [found for found, _ in pairs]


def recall_at(
    model: type[BaseModel], query: Query, target: Target, name: str, vector: Any, k: int
) -> Generator[Statement, Rows, float]:
    """Plan measuring which share of the `k` exactly nearest rows the index finds."""
    query.only_for("recall_at", READING | {"fetch_size"})
    check_neighbours(k, "recall_at(k)")
    table = table_of(model)
    nearest = nearest_to(table, name, vector)
    key = tuple(quote(column.name) for column in table.primary_key)
    _, best = yield from _scan(table, query, target, nearest, key, k)
    if not best:
        return 1.0
    column = quote(nearest.column.name)
    searched = query.replace(nearest=nearest, limit=k, fetch_size=None)
    found = yield rows_statement(table, searched, target, (*key, column))
    scores = scorer(similarity_of(nearest.column), nearest.vector)([row[-1] for row in found.tuples])
    # Equally near rows are equally right. Sums of another order differ in their last digits.
    least = best[-1][0] - 1e-12
    return sum(score >= least for score in scores[:k]) / len(best)
