"""The parts of a statement as values: predicates, orderings, assignments, conditions."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from coodie.schema.column import ColumnDefinition
from coodie.vectors.packed import PackedVector


class Op(Enum):
    """An operator of WHERE or IF, by its lookup suffix; the value is its CQL."""

    EQ = "="
    NE = "!="
    GT = ">"
    GTE = ">="
    LT = "<"
    LTE = "<="
    IN = "IN"
    CONTAINS = "CONTAINS"
    CONTAINS_KEY = "CONTAINS KEY"
    LIKE = "LIKE"
    ENTRY = "[]="
    TOKEN_EQ = "TOKEN ="  # noqa: S105 - a token of the ring
    TOKEN_GT = "TOKEN >"  # noqa: S105 - a token of the ring
    TOKEN_GTE = "TOKEN >="  # noqa: S105 - a token of the ring
    TOKEN_LT = "TOKEN <"  # noqa: S105 - a token of the ring
    TOKEN_LTE = "TOKEN <="  # noqa: S105 - a token of the ring

    __hash__ = object.__hash__  # Enum's own is written in Python, and keys of every cache hold operators


LOOKUPS = {
    "gt": Op.GT,
    "gte": Op.GTE,
    "lt": Op.LT,
    "lte": Op.LTE,
    "in": Op.IN,
    "contains": Op.CONTAINS,
    "contains_key": Op.CONTAINS_KEY,
    "like": Op.LIKE,
    "ne": Op.NE,
    "key": Op.ENTRY,
    "token": Op.TOKEN_EQ,
    "token__gt": Op.TOKEN_GT,
    "token__gte": Op.TOKEN_GTE,
    "token__lt": Op.TOKEN_LT,
    "token__lte": Op.TOKEN_LTE,
}
RANGES = frozenset({Op.GT, Op.GTE, Op.LT, Op.LTE})
# A restriction of the token is one of the whole partition key.
TOKENS = {
    Op.TOKEN_EQ: Op.EQ,
    Op.TOKEN_GT: Op.GT,
    Op.TOKEN_GTE: Op.GTE,
    Op.TOKEN_LT: Op.LT,
    Op.TOKEN_LTE: Op.LTE,
}
TUPLES = {"eq": Op.EQ, "gt": Op.GT, "gte": Op.GTE, "lt": Op.LT, "lte": Op.LTE}


class Predicate(NamedTuple):
    """`column op value`; a comparison of tuples has further columns in `rest` and a tuple of values."""

    column: ColumnDefinition
    op: Op
    value: Any
    rest: tuple[ColumnDefinition, ...] = ()


class Ordering(NamedTuple):
    """One column of ORDER BY."""

    column: ColumnDefinition
    descending: bool


class Nearest(NamedTuple):
    """Order by nearness to a packed vector; the column has an index for it."""

    column: ColumnDefinition
    vector: PackedVector


class Words(NamedTuple):
    """Order by relevance of a text to words (BM25); the column has a full-text index."""

    column: ColumnDefinition
    text: str


class Change(Enum):
    """How an UPDATE changes a column."""

    SET = "set"
    ADD = "add"
    REMOVE = "remove"
    APPEND = "append"
    PREPEND = "prepend"
    PUT = "put"
    SET_INDEX = "setindex"
    INCREMENT = "increment"
    DECREMENT = "decrement"

    __hash__ = object.__hash__  # as Op


class Removal(NamedTuple):
    """One column of DELETE, or one element of it: a map's key or a list's position."""

    column: ColumnDefinition
    key: Any = None


class Assignment(NamedTuple):
    """One column of SET; `key` is a marker's value too, for `PUT` (map key) and `SET_INDEX` (position)."""

    column: ColumnDefinition
    change: Change
    value: Any
    key: Any = None
