"""About how many bytes a statement carries, which is what servers limit in a batch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from coodie.cql.statement import Statement

# batch_size_warn_threshold of Cassandra; ScyllaDB warns at 128 KiB.
WARN_BYTES = 5 * 1024
_FLAT = 8
_PLAIN = frozenset((int, float, bool, type(None), UUID, datetime, date))


def size_of(statement: Statement) -> int:
    """Estimate the bytes of a statement's values."""
    return _sum(statement.params)


def _sum(values: Iterable[Any]) -> int:
    # Most values are of a plain class or texts, which a look at the class tells faster than a pattern.
    total = 0
    for value in values:
        kind = type(value)
        if kind in _PLAIN:
            total += _FLAT
        elif kind is str:
            total += len(value)
        else:
            total += _size(value)
    return total


def _size(value: Any) -> int:
    match value:
        case str() | bytes() | bytearray():
            return len(value)
        case dict():
            return _sum(value) + _sum(value.values())
        case list() | tuple() | set() | frozenset():
            return _sum(value)
        case _:
            return _FLAT
