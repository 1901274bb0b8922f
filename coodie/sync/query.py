# Generated from coodie/aio/query.py by tools/unasync.py; change that file instead.
"""`QuerySet`: the terminals that send a query, and iteration over its rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Literal, TypeVar, overload

from coodie.core.query import QuerySetCore
from coodie.cql.explain import Explanation
from coodie.drivers.registry import sync_session, known_target
from coodie.execution import collect, run, run_plan, stream
from coodie.operations import aggregates, queries, query_writes
from coodie.operations import exact_nearest as exact
from coodie.results import LWTResult, PagedResult, TracedResult
from coodie.rows.lazy import LazyDocument
from coodie.schema.inspect import table_of

T = TypeVar("T")


class QuerySet(QuerySetCore[T]):
    """A query over one table; iterate over it, or call a terminal, to send it."""

    __slots__ = ()

    def values(self, *columns: str, **named: str) -> QuerySet[dict[str, Any]]:
        """Give dictionaries of columns, or of functions of them such as `"TTL(status)"`, in place of documents."""
        return QuerySet(self.model, self._select(columns, named, "dict"))

    @overload
    def values_list(self, *columns: str, flat: Literal[False] = False) -> QuerySet[tuple[Any, ...]]: ...
    @overload
    def values_list(self, *columns: str, flat: Literal[True]) -> QuerySet[Any]: ...
    def values_list(self, *columns: str, flat: bool = False) -> QuerySet[Any]:
        """Give tuples of columns or functions of them in place of documents; `flat` gives the first value alone."""
        return QuerySet(self.model, self._select(columns, {}, "flat" if flat else "tuple"))

    def select_token(self) -> QuerySet[int]:
        """Give the token of each row's partition key in place of documents."""
        key = ", ".join(column.field for column in table_of(self.model).partition_key)
        return QuerySet(self.model, self._select((f"token({key})",), {}, "flat"))

    def with_scores(self, min_score: float | None = None) -> QuerySet[tuple[T, float]]:
        """Give pairs of what was found and how near it is, as the server computes it: 1 is nearest for COSINE.

        Pairs of less than `min_score` are left out when they have arrived: fewer than `limit()` come back then.
        """
        return QuerySet(self.model, self._scored(min_score))

    def explain(self) -> Explanation:
        """Return the CQL, its parameters, the partitions that it touches, and warnings; nothing is sent.

        Without a connection the table's bare name stands in the CQL.
        """
        return self._explain(known_target(table_of(self.model).connection))

    @overload
    def all(self, lazy: Literal[False] = False) -> list[T]: ...
    @overload
    def all(self, lazy: Literal[True]) -> list[LazyDocument[Any]]: ...
    def all(self, lazy: bool = False) -> Any:
        """Return all rows; sends one statement a page.

        With `lazy` each row is validated when it is first looked at.
        """
        driver = sync_session(table_of(self.model).connection)
        query, target = self._query, driver.target
        if lazy:
            return collect(
                driver,
                lambda state: queries.lazy_page(self.model, query.replace(paging_state=state), target),
                query.paging_state,
            )
        return collect(driver, self.pages(target), query.paging_state)

    def first(self) -> T | None:
        """Return the first row, or `None`; sends one statement."""
        driver = sync_session(table_of(self.model).connection)
        found: T | None = run(driver, queries.first(self.model, self._query, driver.target))
        return found

    def one(self) -> T:
        """Return the only row; sends one statement.

        Raises `DocumentNotFound` where there is none, `MultipleDocumentsFound` where there are several.
        """
        driver = sync_session(table_of(self.model).connection)
        found: T = run(driver, queries.one(self.model, self._query, driver.target, required=True))
        return found

    def one_or_none(self) -> T | None:
        """Return the only row, or `None`; sends one statement.

        Raises `MultipleDocumentsFound` where there are several.
        """
        driver = sync_session(table_of(self.model).connection)
        found: T | None = run(
            driver, queries.one(self.model, self._query, driver.target, required=False)
        )
        return found

    def get(self, **filters: Any) -> T:
        """Return the only row that also answers `filters`; sends one statement.

        Raises `DocumentNotFound` where there is none, `MultipleDocumentsFound` where there are several.
        """
        return self.filter(**filters).one()

    def count(self) -> int:
        """Count the rows on the server, which reads them all; sends one statement."""
        driver = sync_session(table_of(self.model).connection)
        return run(driver, queries.count(self.model, self._query, driver.target))

    def exists(self) -> bool:
        """Tell whether any row answers; sends one statement."""
        driver = sync_session(table_of(self.model).connection)
        return run(driver, queries.exists(self.model, self._query, driver.target))

    def sum(self, column: str) -> Any:
        """Add up a column on the server; sends one statement."""
        return self._compute(f"sum({column})")

    def avg(self, column: str) -> Any:
        """Compute the mean of a column on the server, in the column's own type; sends one statement."""
        return self._compute(f"avg({column})")

    def min(self, column: str) -> Any:
        """Find the least value of a column on the server, `None` without rows; sends one statement."""
        return self._compute(f"min({column})")

    def max(self, column: str) -> Any:
        """Find the greatest value of a column on the server, `None` without rows; sends one statement."""
        return self._compute(f"max({column})")

    def _compute(self, function: str) -> Any:
        driver = sync_session(table_of(self.model).connection)
        return run(driver, aggregates.single(self.model, self._query, driver.target, function))

    def aggregate(self, **functions: str) -> Any:
        """Compute several functions in one statement: `aggregate(n="count(*)", hi="max(value)")`.

        Gives a dictionary, or after `group_by` a list of them with the groups' columns. Sends one statement.
        """
        driver = sync_session(table_of(self.model).connection)
        return run(driver, aggregates.aggregate(self.model, self._query, driver.target, functions))

    def json(self) -> list[str]:
        """Return the rows as the server writes them in JSON, a text each; sends one statement a page."""
        driver = sync_session(table_of(self.model).connection)
        query, target = self._query, driver.target
        return collect(
            driver,
            lambda state: aggregates.json_page(self.model, query.replace(paging_state=state), target),
            query.paging_state,
        )

    def all_traced(self) -> TracedResult[T]:
        """Return the first page with the server's trace of it: events, duration, coordinator.

        Sends one statement, and the driver reads the trace with two or more of its own.
        """
        driver = sync_session(table_of(self.model).connection)
        found: TracedResult[T] = run(driver, queries.traced(self.model, self._query, driver.target))
        return found

    def paged_all(self) -> PagedResult[T]:
        """Return one page, with the token that `page()` takes to read the next; sends one statement."""
        driver = sync_session(table_of(self.model).connection)
        found: PagedResult[T] = run(
            driver, queries.sealed_page(self.model, self._query, driver.target)
        )
        return found

    def column_ttl(self, column: str) -> list[int | None]:
        """Return the seconds that a column still lives in each row, `None` where it does not expire."""
        return self.values_list(f"TTL({column})", flat=True).all()

    def writetime(self, column: str) -> list[int | None]:
        """Return when a column was written in each row, in microseconds since the epoch."""
        return self.values_list(f"WRITETIME({column})", flat=True).all()

    def exact_nearest(self, column: str, vector: Any, k: int) -> list[T]:
        """Return the `k` rows whose vectors are exactly the nearest to `vector`, computed here in float64.

        Reads every row of the query, a statement a page: for small tables, narrow queries, and to measure an index.
        The column needs no index; without one it is compared by COSINE. After `with_scores()` pairs come back.
        """
        driver = sync_session(table_of(self.model).connection)
        found: list[T] = run_plan(
            driver, exact.exact_nearest(self.model, self._query, driver.target, column, vector, k)
        )
        return found

    def recall_at(self, column: str, vector: Any, k: int) -> float:
        """Measure which share of the `k` exactly nearest rows the column's index finds: 1.0 is all of them.

        Reads every row of the query, a statement a page, and searches once.
        """
        driver = sync_session(table_of(self.model).connection)
        return run_plan(
            driver, exact.recall_at(self.model, self._query, driver.target, column, vector, k)
        )

    def create(self, **values: Any) -> Any:
        """Save a new document with the options of the query (TTL, timestamp, consistency); sends one statement.

        Returns the document, or after `if_not_exists()` the `LWTResult`.
        """
        driver = sync_session(table_of(self.model).connection)
        return run(driver, query_writes.create(self.model, self._query, driver.target, values))

    def update(self, **columns: Any) -> LWTResult:
        """Change columns of the rows that the query names by key; sends one statement."""
        driver = sync_session(table_of(self.model).connection)
        return run(driver, query_writes.update(self.model, self._query, driver.target, columns))

    def delete(self) -> LWTResult:
        """Delete the rows, the range, or the partitions that the query names by key; sends one statement."""
        driver = sync_session(table_of(self.model).connection)
        return run(driver, query_writes.delete(self.model, self._query, driver.target))

    def __iter__(self) -> Iterator[T]:
        opened = partial(sync_session, table_of(self.model).connection)
        rows: Iterator[T] = stream(opened, self.stream_pages, self._query.paging_state)
        return rows
