"""The builders of a query set: each returns a new one, none sends anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Self, TypeVar

from coodie.checks import SERIAL_LEVELS, check_level, check_timeout, check_ttl
from coodie.cql.dialect import Target
from coodie.cql.explain import Explanation, explain
from coodie.cql.parse import parse_filters, parse_order, parse_tuple
from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError
from coodie.operations import queries
from coodie.operations.nearest import nearest_to, ordered_once, relevant_to
from coodie.operations.options import check_timestamp, positive
from coodie.operations.page_tokens import unseal
from coodie.operations.query import ROWS, Query
from coodie.operations.request import Request
from coodie.operations.selection import Selection, check_cast, document_items, select_items
from coodie.schema.inspect import table_of

T = TypeVar("T")


class QuerySetCore(Generic[T]):
    """A query that is still being written: immutable, cheap, and silent until a terminal sends it."""

    __slots__ = ("_query", "model")

    def __init__(self, model: Any, query: Query | None = None) -> None:
        self.model = model
        self._query = query or Query()

    @property
    def query(self) -> Query:
        """What has been asked so far."""
        return self._query

    def pages(self, target: Target) -> Callable[[bytes | None], Request[Any]]:
        """Return what makes the request of a page from its token."""
        return lambda state: queries.page(self.model, self._query.replace(paging_state=state), target)

    def stream_pages(self, target: Target) -> Callable[[bytes | None], Request[Any]]:
        """Return what makes the request of a page of a stream from its token."""
        return lambda state: queries.stream_page(self.model, self._query.replace(paging_state=state), target)

    def _with(self, **changes: Any) -> Self:
        return type(self)(self.model, self._query.replace(**changes))

    def filter(self, **filters: Any) -> Self:
        """Narrow the query: `column=value`, or a lookup such as `column__gte=value`.

        Lookups: `__gt __gte __lt __lte __in __contains __contains_key __like`. An unknown column or lookup is an
        `InvalidQueryError`.
        """
        predicates = parse_filters(table_of(self.model), filters)
        return self._with(predicates=self._query.predicates + predicates)

    def tuple_filter(self, columns: Sequence[str], op: str, values: Sequence[Any]) -> Self:
        """Compare neighbouring clustering columns as a tuple: `tuple_filter(("day", "at"), "gt", (day, at))`."""
        predicate = parse_tuple(table_of(self.model), columns, op, values)
        return self._with(predicates=(*self._query.predicates, predicate))

    def only(self, *columns: str) -> Self:
        """Load these columns and the key alone; reading another is an `AttributeError`, `save()` refuses."""
        table = table_of(self.model)
        return self._with(selection=Selection(document_items(table, columns), "document"))

    def defer(self, *columns: str) -> Self:
        """Load all but these columns; the key is always loaded."""
        table = table_of(self.model)
        left = {table.column(name) for name in columns}
        fields = [column.field for column in table.columns if column not in left]
        return self._with(selection=Selection(document_items(table, fields), "document"))

    def distinct(self) -> Self:
        """Read each partition once: its key and its static columns."""
        return self._with(distinct=True)

    def group_by(self, *columns: str) -> Self:
        """Group by leading columns of the primary key, for `aggregate()`, `values()` and `values_list()`."""
        table = table_of(self.model)
        group = tuple(table.column(name) for name in columns)
        if group != table.primary_key[: len(group)] or len(group) < len(table.partition_key):
            key = ", ".join(column.field for column in table.primary_key)
            raise InvalidQueryError(
                f"{table.model}: group_by takes the whole partition key, and clustering columns after it ({key})"
            )
        return self._with(group=group)

    def cast(self, column: str, to: str) -> Self:
        """Read a column of `values()` or `values_list()` as another native type, for example `"text"`."""
        table = table_of(self.model)
        found = table.column(column)
        return self._with(casts=(*self._query.casts, (found, check_cast(table, found, to))))

    def profile(self, name: str) -> Self:
        """Execute with a profile that the driver's session knows by this name."""
        return self._with(profile=name)

    def using(
        self, *, ttl: int | None = None, timestamp: int | None = None, timeout: float | None = None
    ) -> Self:
        """Say with USING: a TTL in seconds, a timestamp in microseconds, the server's timeout in seconds (ScyllaDB)."""
        changes: dict[str, Any] = {}
        if ttl is not None:
            changes["ttl"] = check_ttl(ttl)
        if timestamp is not None:
            changes["timestamp"] = check_timestamp(timestamp)
        if timeout is not None:
            seconds = check_timeout(timeout)
            changes["server_timeout"] = CqlDuration(nanoseconds=round(seconds * 1_000_000_000))
        return self._with(**changes)

    def if_exists(self) -> Self:
        """Let `update()` and `delete()` change a row only where there is one."""
        return self._with(if_exists=True)

    def if_not_exists(self) -> Self:
        """Let `create()` write only where there is no row with the key."""
        return self._with(if_not_exists=True)

    def limit(self, count: int) -> Self:
        """Return at most `count` rows."""
        return self._with(limit=positive(count, "limit"))

    def per_partition_limit(self, count: int) -> Self:
        """Return at most `count` rows of each partition."""
        return self._with(per_partition_limit=positive(count, "per_partition_limit"))

    def order_by(self, *columns: str) -> Self:
        """Sort by clustering columns, `"-column"` descending, within a partition."""
        return self._with(order=parse_order(table_of(self.model), columns))

    def order_by_ann(self, column: str, vector: Any) -> Self:
        """Sort by nearness to `vector`, nearest first, with the column's `VectorIndex()`; goes with `limit()`.

        The neighbours are approximate (ANN): nearly always the nearest ones. `vector` is a list, tuple, `array.array`
        or numpy array as the column holds them; another is an `InvalidQueryError` that says why.
        """
        ordered_once(self.model.__name__, self._query, "order_by_ann()")
        return self._with(nearest=nearest_to(table_of(self.model), column, vector))

    def order_by_bm25(self, column: str, words: str) -> Self:
        """Find rows whose text holds words, most relevant first (ScyllaDB 2026.3); goes with `limit()` alone.

        The column has `Indexed(using="fulltext_index")`.
        """
        ordered_once(self.model.__name__, self._query, "order_by_bm25()")
        return self._with(words=relevant_to(table_of(self.model), column, words))

    def order_by_rrf(self, ann: tuple[str, Any], bm25: tuple[str, str]) -> Self:
        """Sort by nearness and relevance together, by rank in each (ScyllaDB's reciprocal rank fusion).

        `ann` is a column and a vector, `bm25` a column and words; goes with `limit()` alone.
        """
        ordered_once(self.model.__name__, self._query, "order_by_rrf()")
        table = table_of(self.model)
        return self._with(nearest=nearest_to(table, *ann), words=relevant_to(table, *bm25))

    def allow_filtering(self) -> Self:
        """Let the server read rows only to throw them away; never implied."""
        return self._with(filtering=True)

    def fetch_size(self, rows: int) -> Self:
        """Read pages of `rows` rows."""
        return self._with(fetch_size=positive(rows, "fetch_size"))

    def page(self, paging_state: bytes | None) -> Self:
        """Go on from the token of an earlier page; `None` is the first page.

        A token that is damaged is an `InvalidQueryError`: the server would close the connection over it.
        """
        return self._with(paging_state=None if paging_state is None else unseal(paging_state))

    def validate(self, enabled: bool = True) -> Self:  # noqa: FBT001, FBT002 - the public signature
        """Say that rows are validated, which every read does: `validate(False)` is refused.

        Validating a page costs less than building documents past pydantic would; `values_list()` reads less,
        `all(lazy=True)` later.
        """
        if not enabled:
            raise InvalidQueryError(
                "every read is validated: values_list() reads fewer columns, all(lazy=True) validates a row when it is "
                "looked at"
            )
        return self

    def consistency(self, level: str) -> Self:
        """Read or write with this consistency level, for example `"LOCAL_QUORUM"`."""
        return self._with(consistency=check_level(level))

    def serial_consistency(self, level: str) -> Self:
        """Agree on a conditional write within all datacenters (`"SERIAL"`) or this one (`"LOCAL_SERIAL"`)."""
        return self._with(serial_consistency=check_level(level, "serial_consistency", SERIAL_LEVELS))

    def timeout(self, seconds: float) -> Self:
        """Wait at most `seconds` for the answer."""
        return self._with(timeout=check_timeout(seconds))

    def ttl(self, seconds: int) -> Self:
        """Let what `update()` writes expire after `seconds`."""
        return self._with(ttl=check_ttl(seconds))

    def timestamp(self, microseconds: int) -> Self:
        """Write with this timestamp, in microseconds since the epoch."""
        return self._with(timestamp=check_timestamp(microseconds))

    def bypass_cache(self) -> Self:
        """Read past the server's row cache (ScyllaDB)."""
        return self._with(bypass_cache=True)

    def _select(self, words: tuple[str, ...], named: dict[str, str], form: Any) -> Query:
        if self._query.scored:
            raise InvalidQueryError(
                "with_scores() pairs what was selected with its score: say values() before it"
            )
        items = select_items(table_of(self.model), words, named)
        return self._query.replace(selection=Selection(items, form))

    def _scored(self, min_score: float | None) -> Query:
        if min_score is not None and not isinstance(min_score, (int, float)):
            raise InvalidQueryError(f"min_score must be a number, not {min_score!r}")
        changes = {} if min_score is None else {"min_score": min_score}
        return self._query.replace(scored=True, **changes)

    def _explain(self, target: Target) -> Explanation:
        self._query.only_for("explain", ROWS)
        return explain(queries.rows_statement(table_of(self.model), self._query, target))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.model.__name__}>"
