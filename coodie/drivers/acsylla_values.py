"""Parameters of CQL by hand, whose types acsylla does not tell: each is encoded by its own class."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from coodie.cqltype import scalar
from coodie.drivers.acsylla_codecs import decimal_blob, encoder, refuse_decimal
from coodie.duration import CqlDuration

# A datetime is a date too, so it stands first.
_BY_CLASS = (
    (datetime, "timestamp"),
    (date, "date"),
    (time, "time"),
    (CqlDuration, "duration"),
)
_CODECS = tuple((kind, encoder(scalar(name))) for kind, name in _BY_CLASS)
_VARINT = encoder(scalar("varint"))


def encode_unknown(value: Any, *, varint: bool = False) -> Any:
    """Return what acsylla takes for a value; with `varint`, whole numbers become the bytes of one."""
    return decimal_blob(value) if isinstance(value, Decimal) else _encode(value, varint)


def _encode(value: Any, varint: bool) -> Any:
    match value:
        case bool():
            return value
        case Decimal():
            return refuse_decimal(value)
        case int():
            return _VARINT(value) if varint and _VARINT is not None else value
        case list() | set() | frozenset():
            return [_encode(item, varint) for item in value]
        case tuple():
            return tuple(_encode(item, varint) for item in value)
        case dict():
            return {_encode(key, varint): _encode(item, varint) for key, item in value.items()}
    for kind, encode in _CODECS:
        if isinstance(value, kind) and encode is not None:
            return encode(value)
    return value
