"""Nearest neighbours: what a query set may say of them, and how rows come back with their scores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coodie.cql.dialect import Dialect, Target, only_on, since
from coodie.cql.nearest import check_neighbours, check_search, searched_column
from coodie.cql.select import SelectKey
from coodie.cql.terms import Nearest, Predicate, Words
from coodie.exceptions import InvalidQueryError
from coodie.operations.query import Query
from coodie.rows.bind import bind_whole
from coodie.rows.rows import Rows
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table

_CONTRADICTIONS = {
    "order": "order_by() is a second ordering beside {}",
    "distinct": "distinct() reads partitions, {} rows",
    "group": "group_by() makes groups, {} orders rows",
    "per_partition_limit": "per_partition_limit() counts within partitions, {} goes across them",
    "paging_state": "page() goes on from a token, and {} answers in one page",
}
_FULL_TEXT = "fulltext_index"


def nearest_to(table: Table, name: str, vector: Any) -> Nearest:
    """Return the ordering by nearness to a vector, which is checked as one of the column."""
    column = searched_column(table, name)
    return Nearest(column, bind_whole(column, vector, table.model))


def relevant_to(table: Table, name: str, text: Any) -> Words:
    """Return the ordering by relevance to words; a column without a full-text index is refused."""
    column = table.column(name)
    if not any(index.using == _FULL_TEXT for index in column.indexes):
        raise InvalidQueryError(
            f"{table.model}.{column.field} has no full-text index: mark it with Indexed(using={_FULL_TEXT!r})"
        )
    if not isinstance(text, str) or not text.strip():
        raise InvalidQueryError(f"{table.model}.{column.field}: words to search for are a text, not {text!r}")
    return Words(column, text)


def ordered_once(model: str, query: Query, name: str) -> None:
    """Refuse an ordering beside another one."""
    if query.nearest is not None or query.words is not None:
        raise InvalidQueryError(
            f"{model}: {_name(query)} is there already, so {name} has no place: rows have one order"
        )


def _name(query: Query) -> str:
    if query.nearest is None:
        return "order_by_bm25()"
    return "order_by_ann()" if query.words is None else "order_by_rrf()"


def check_nearest(
    table: Table, query: Query, predicates: tuple[Predicate, ...], target: Target
) -> str | None:
    """Refuse what makes no sense beside a search; return the name of its index, `None` where nothing is searched."""
    if query.scored and (query.nearest is None or query.words is not None):
        raise InvalidQueryError(
            f"{table.model}: with_scores() tells how near rows are: say order_by_ann() too"
        )
    if query.nearest is None and query.words is None:
        return None
    what = _name(query)
    for name, reason in _CONTRADICTIONS.items():
        if getattr(query, name):
            raise InvalidQueryError(f"{table.model}: {reason.format(what)}")
    if query.limit is None:
        raise InvalidQueryError(
            f"{table.model}: {what} needs limit(): every row is more or less near, so say how many are wanted"
        )
    limit = check_neighbours(query.limit, f"{table.model}: the limit of {what}")
    if query.fetch_size is not None and query.fetch_size < limit:
        raise InvalidQueryError(
            f"{table.model}: {what} answers in one page, so fetch_size({query.fetch_size}) cannot be less than "
            f"limit({limit})"
        )
    if query.words is not None:
        return _check_words(table, query.words, predicates, target, what)
    assert query.nearest is not None  # noqa: S101 - one of the two is there
    if query.scored:
        since("2026.2", target, "with_scores()")
    return check_search(table, query.nearest, predicates, target, filtering=query.filtering)


def _check_words(
    table: Table, words: Words, predicates: tuple[Predicate, ...], target: Target, what: str
) -> str:
    only_on(Dialect.SCYLLA, target, what)
    since("2026.3", target, what)
    if predicates:
        raise InvalidQueryError(f"{table.model}: {what} takes no filter beside it")
    return next(index.name for index in words.column.indexes if index.using == _FULL_TEXT)


def search_params(query: Query, filters: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the parameters of a query's filters and its search, in the order of its markers."""
    vector = () if query.nearest is None else (query.nearest.vector,)
    if query.words is None:
        return (vector if query.scored else ()) + filters + vector
    # A full-text search names its words twice, as a filter and as an order.
    return (*vector, query.words.text) if vector else (query.words.text, query.words.text)


def searching(key: SelectKey, query: Query) -> SelectKey:
    """Return the shape of a query with its search, if it has one."""
    if query.words is not None:
        nearest = None if query.nearest is None else query.nearest.column
        return key._replace(nearest=nearest, words=query.words.column)
    if query.nearest is None:
        return key
    column = query.nearest.column
    score = f"similarity_{similarity_of(column).lower()}" if query.scored else None
    return key._replace(nearest=column, score=score)


def similarity_of(column: ColumnDefinition) -> str:
    """Return how vectors of a column are compared: as its index does, else by COSINE."""
    index = column.vector_index
    return index.vector.similarity if index is not None and index.vector is not None else "COSINE"


def with_scores(query: Query, rows: Rows, decode: Callable[[Rows], list[Any]]) -> list[Any]:
    """Decode rows whose last column is how near they are to pairs of a row and its score, best first."""
    least = float("-inf") if query.min_score is None else query.min_score
    near = [row for row in rows.tuples if row[-1] >= least]
    rest = rows._replace(columns=rows.columns[:-1], types=rows.types[:-1], tuples=[row[:-1] for row in near])
    found = decode(rest)
    if len(found) != len(near):
        # Rows of classes that the query leaves out decode to nothing, so each is decoded by itself.
        each = [decode(rest._replace(tuples=[row])) for row in rest.tuples]
        return [(one, row[-1]) for ones, row in zip(each, near, strict=True) for one in ones]
    return [(one, row[-1]) for one, row in zip(found, near, strict=True)]
