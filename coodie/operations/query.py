"""`Query`: what a query set has been told so far, as one immutable value."""

from __future__ import annotations

from typing import Any, Final, Self

from coodie.cql.terms import Nearest, Ordering, Predicate, Words
from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError
from coodie.schema.column import ColumnDefinition

EXECUTION: Final = frozenset({"consistency", "serial_consistency", "timeout", "profile"})
READING: Final = EXECUTION | {"predicates", "filtering", "bypass_cache", "server_timeout"}
ROWS: Final = READING | {
    "order",
    "limit",
    "per_partition_limit",
    "fetch_size",
    "paging_state",
    "selection",
    "distinct",
    "casts",
    "group",
    "server_timeout",
    "nearest",
    "words",
    "scored",
    "min_score",
}
WRITING: Final = EXECUTION | {"predicates", "timestamp", "if_exists", "server_timeout"}
_WORDS = {
    "order": "order_by",
    "group": "group_by",
    "casts": "cast",
    "filtering": "allow_filtering",
    "selection": "values",
    "nearest": "order_by_ann",
    "words": "order_by_bm25",
    "scored": "with_scores",
    "min_score": "with_scores(min_score)",
}


class Query:
    """Only what was chosen is kept in the instance; the defaults stand in the class, so a step copies little."""

    predicates: tuple[Predicate, ...] = ()
    order: tuple[Ordering, ...] = ()
    nearest: Nearest | None = None
    words: Words | None = None
    scored: bool = False
    min_score: float | None = None
    limit: int | None = None
    per_partition_limit: int | None = None
    filtering: bool = False
    bypass_cache: bool = False
    distinct: bool = False
    fetch_size: int | None = None
    paging_state: bytes | None = None
    selection: Any = None
    casts: tuple[tuple[ColumnDefinition, str], ...] = ()
    group: tuple[ColumnDefinition, ...] = ()
    consistency: str | None = None
    serial_consistency: str | None = None
    timeout: float | None = None
    server_timeout: CqlDuration | None = None
    if_not_exists: bool = False
    if_exists: bool = False
    profile: str | None = None
    ttl: int | None = None
    timestamp: int | None = None

    def replace(self, **changes: Any) -> Self:
        """Return the query with changes; this one stays as it is."""
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new.__dict__.update(changes)
        return new

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a query is immutable: use {name}() and keep what it returns")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Query) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]  # values of predicates need not hash

    def only_for(self, terminal: str, takes: frozenset[str]) -> None:
        """Refuse what was chosen and makes no sense for `terminal`, rather than drop it."""
        refused = sorted(self.__dict__.keys() - takes)
        if refused:
            names = ", ".join(_WORDS.get(name, name) for name in refused)
            raise InvalidQueryError(f"{terminal}() makes no sense with {names}")
