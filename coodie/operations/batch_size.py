"""About how many bytes a statement carries, which is what servers limit in a batch."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from coodie.cql.statement import Statement

# batch_size_warn_threshold of Cassandra; ScyllaDB warns at 128 KiB.
WARN_BYTES = 5 * 1024
_FLAT = 8
_PLAIN = dict.fromkeys((int, float, bool, type(None), UUID, datetime, date), _FLAT)


def size_of(statement: Statement) -> int:
    """Estimate the bytes of a statement's values."""
    # Most values are of a plain class, which a look at the class tells faster than a pattern.
    return sum([_PLAIN[type(each)] if type(each) in _PLAIN else _size(each) for each in statement.params])


def _size(value: Any) -> int:
    match value:
        case str() | bytes() | bytearray():
            return len(value)
        case dict():
            return sum(_size(key) + _size(item) for key, item in value.items())
        case list() | tuple() | set() | frozenset():
            return sum(map(_size, value))
        case _:
            return _FLAT
