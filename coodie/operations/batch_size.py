"""About how many bytes a statement carries, which is what servers limit in a batch."""

from __future__ import annotations

from typing import Any

from coodie.cql.statement import Statement

# batch_size_warn_threshold of Cassandra; ScyllaDB warns at 128 KiB.
WARN_BYTES = 5 * 1024
_FLAT = 8


def size_of(statement: Statement) -> int:
    """Estimate the bytes of a statement's values."""
    return sum(map(_size, statement.params))


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
