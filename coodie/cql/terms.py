"""The parts of a statement as values: predicates, orderings, assignments, conditions."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from coodie.schema.column import ColumnDefinition


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
}
RANGES = frozenset({Op.GT, Op.GTE, Op.LT, Op.LTE})


class Predicate(NamedTuple):
    """`column op value`."""

    column: ColumnDefinition
    op: Op
    value: Any


class Ordering(NamedTuple):
    """One column of ORDER BY."""

    column: ColumnDefinition
    descending: bool


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
