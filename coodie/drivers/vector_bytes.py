"""Vectors as bytes, for drivers that know no vectors: elements side by side, each with its length where that varies."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from coodie.cqltype import CqlType
from coodie.exceptions import UnsupportedByDriver
from coodie.vectors.packed import PackedVector, packer, to_list

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def varint(value: int) -> bytes:
    """Write a whole number in as few bytes as hold it: in a partition key, one more would be another partition."""
    bits = (value if value >= 0 else ~value).bit_length()
    return value.to_bytes(bits // 8 + 1, "big", signed=True)


class _Element(NamedTuple):
    """How one element is written and read; `size` is its bytes where all have as many, else 0."""

    size: int
    write: Callable[[Any], bytes]
    read: Callable[[bytes], Any]


def _number(form: str, size: int) -> _Element:
    layout = struct.Struct(form)
    return _Element(size, layout.pack, lambda packed: layout.unpack(packed)[0])


def _moment(value: datetime) -> bytes:
    aware = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    return struct.pack(">q", (aware - _EPOCH) // _MILLISECOND)


_TEXT = _Element(0, str.encode, bytes.decode)
_UUID = _Element(16, lambda value: value.bytes, lambda packed: UUID(bytes=packed))
_ELEMENTS = {
    "ascii": _TEXT,
    "bigint": _number(">q", 8),
    "blob": _Element(0, bytes, bytes),
    "boolean": _number(">?", 1),
    "double": _number(">d", 8),
    "int": _number(">i", 4),
    "smallint": _number(">h", 0),
    "text": _TEXT,
    "timestamp": _Element(8, _moment, lambda packed: _EPOCH + struct.unpack(">q", packed)[0] * _MILLISECOND),
    "timeuuid": _UUID,
    "tinyint": _number(">b", 0),
    "uuid": _UUID,
    "varint": _Element(
        0,
        varint,
        lambda packed: int.from_bytes(packed, "big", signed=True),
    ),
}


def vector_encoder(cql: CqlType) -> Callable[[Any], bytes]:
    """Return what makes bytes of a vector; one of floats comes packed, or in numbers from hand-written CQL."""
    if cql.packable:
        pack = packer(cql.dimensions or 0)
        return lambda value: value.packed if type(value) is PackedVector else pack(value).packed
    element = _ELEMENTS.get(cql.args[0].name)
    if element is None:
        return lambda _: _unsupported(cql)
    if element.size:
        return lambda items: b"".join(map(element.write, items))
    return lambda items: b"".join(_length(len(each)) + each for each in map(element.write, items))


def vector_decoder(cql: CqlType) -> Callable[[bytes], list[Any]]:
    """Return what makes the list of a vector's elements of its bytes."""
    if cql.packable:
        return to_list
    element = _ELEMENTS.get(cql.args[0].name)
    if element is None:
        return lambda _: _unsupported(cql)
    if element.size:
        size = element.size
        return lambda packed: [
            element.read(packed[place : place + size]) for place in range(0, len(packed), size)
        ]
    return lambda packed: list(map(element.read, _parts(packed)))


def _unsupported(cql: CqlType) -> Any:
    raise UnsupportedByDriver(
        f'this driver cannot store a {cql}: connect with driver_type="cassandra" or "scylla" for it'
    )


def _length(size: int) -> bytes:
    """Write a length as the servers' unsigned vint: the first byte's leading ones count the bytes that follow."""
    if size < 1 << 7:
        return bytes((size,))
    more = 1
    while size >= 1 << (7 * (more + 1)):
        more += 1
    head = (0xFF << (8 - more)) & 0xFF
    return (size | head << (8 * more)).to_bytes(more + 1, "big")


def _parts(packed: bytes) -> list[bytes]:
    parts, place = [], 0
    while place < len(packed):
        more = 8 - (~packed[place] & 0xFF).bit_length()
        head = packed[place] & (0xFF >> (more + 1))
        start = place + 1 + more
        size = (head << (8 * more)) | int.from_bytes(packed[place + 1 : start], "big")
        parts.append(packed[start : start + size])
        place = start + size
    return parts
