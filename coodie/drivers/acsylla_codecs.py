"""What acsylla wants bound and gives back (its native types), where that is not Python's own value."""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from functools import lru_cache
from typing import Any, NoReturn
from uuid import UUID

from coodie.cqltype import CqlType
from coodie.drivers.vector_bytes import varint, vector_decoder, vector_encoder
from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError, UnsupportedByDriver
from coodie.rows.rows import Decoder
from coodie.rows.usertype_row import UserTypeRow

Encoder = Callable[[Any], Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1)
_MILLISECOND = timedelta(milliseconds=1)
_DAY = 86_400
# acsylla reads a timestamp through floating-point seconds and cuts: beyond 2**33 of them, a millisecond may be lost.
_FURTHEST = 2**33
_LOST = "loses milliseconds of a timestamp inside another value outside the years 1698 to 2241, such as"
_SCALE = struct.Struct(">i")
_EXACT = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)
_FLOAT = struct.Struct(">f")
ELSEWHERE = 'connect with driver_type="cassandra" or "scylla" for it'


def _refuse(what: str) -> NoReturn:
    raise UnsupportedByDriver(f"acsylla {what}: {ELSEWHERE}")


def refuse_decimal(value: Any) -> NoReturn:
    """Refuse a decimal inside another value."""
    del value  # none inside another value can be bound
    _refuse("writes a decimal inside another value as one that no other driver can read")


def _decimal(value: Any) -> Decimal:
    """Read a decimal from its blob; inside another value, acsylla made a text of it, and lost its scale."""
    if not isinstance(value, bytes):
        _refuse("cannot read a decimal inside another value, or that a condition gives back")
    digits = int.from_bytes(value[4:], "big", signed=True)
    return Decimal(digits).scaleb(-_SCALE.unpack_from(value)[0], _EXACT)


def decimal_blob(value: Decimal) -> bytes:
    """Write a decimal as the server keeps it: the scale, then the digits."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(f"{value} is not finite")  # noqa: TRY004 - what is bound cannot be kept
    number = int("".join(map(str, digits)))
    return _SCALE.pack(-exponent) + varint(-number if sign else number)


def _seconds(value: datetime) -> float:
    """Give seconds that acsylla, which multiplies and cuts, turns into the right milliseconds."""
    aware = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    milliseconds = (aware - _EPOCH) // _MILLISECOND
    return (milliseconds + (0.5 if milliseconds >= 0 else -0.5)) / 1000


def _near(value: datetime) -> float:
    seconds = _seconds(value)
    if not -_FURTHEST <= seconds <= _FURTHEST:
        _refuse(f"{_LOST} {value.isoformat()}")
    return seconds


def _instant(value: Any) -> datetime:
    """Read a timestamp from its blob, or inside another value from the text that acsylla made of it."""
    if isinstance(value, bytes):
        return _EPOCH + int.from_bytes(value, "big", signed=True) * _MILLISECOND
    found = datetime.fromisoformat(value)
    if not -_FURTHEST <= (found - _EPOCH).total_seconds() <= _FURTHEST:
        _refuse(f"{_LOST} {value}")
    return found


def _zoneless(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError("a time zone would be lost")
    return value


def _single(value: float) -> float:
    _FLOAT.pack(value)  # refuses what is beyond 32 bits, of which acsylla makes an infinity
    return value


def _blob(value: Any) -> bytes:
    return value if type(value) is bytes else bytes(memoryview(value))


def _text(value: str) -> str:
    if not isinstance(value, str):  # acsylla would write str(value)
        raise TypeError(f"{value!r} is not text")
    return value


_ENCODERS: dict[str, Encoder] = {
    "ascii": _text,
    "blob": _blob,
    "date": lambda value: (value - _EPOCH_DAY).days * _DAY,
    "decimal": refuse_decimal,
    "duration": lambda value: (value.months, value.days, value.nanoseconds),
    "float": _single,
    "text": _text,
    "time": _zoneless,
    "timestamp": _near,
    "varint": varint,
}
_OUTERMOST: dict[str, Encoder] = {"decimal": decimal_blob, "timestamp": _seconds}
_DECODERS: dict[str, Decoder] = {
    "date": date.fromisoformat,
    "decimal": _decimal,
    "duration": lambda value: CqlDuration(*value),
    "inet": ipaddress.ip_address,
    "time": time.fromisoformat,
    "timestamp": _instant,
    "timeuuid": UUID,
    "uuid": UUID,
    "varint": lambda value: int.from_bytes(value, "big", signed=True),
}


def encoder(cql: CqlType) -> Encoder | None:
    """Return what makes acsylla's value of a parameter, or `None` where it takes that; a decimal is bound as a blob."""
    return _OUTERMOST.get(cql.name) or _encoder(cql)


@lru_cache(maxsize=4096)
def _encoder(cql: CqlType) -> Encoder | None:
    if cql.name == "vector":
        return vector_encoder(cql)
    inner = [_encoder(arg) for arg in cql.args]
    if cql.user:
        return _user_encoder(cql.name, cql.fields, tuple(inner))
    match cql.name:
        case "set" | "map" if not _hashes(cql.args[0]):
            return lambda items: _no_such_set(cql) if items else items
        case "list" | "set" if any(inner):
            (one,) = (each or _same for each in inner)
            return lambda items: [one(item) for item in items]
        case "map" if any(inner):
            key, value = (each or _same for each in inner)
            return lambda items: {key(k): value(v) for k, v in items.items()}
        case "tuple" if any(inner):
            return _tuple_codec(tuple(inner))
        case name:
            return _ENCODERS.get(name)


@lru_cache(maxsize=4096)
def decoder(cql: CqlType) -> Decoder | None:
    """Return what makes Python's value of one that acsylla read, or `None` where it is one already."""
    if cql.name == "vector":
        return vector_decoder(cql)
    inner = [decoder(arg) for arg in cql.args]
    if cql.user:
        return _user_decoder(cql.fields, tuple(inner))
    match cql.name:
        case "list" if any(inner):
            (one,) = (each or _same for each in inner)
            return lambda items: [one(item) for item in items]
        case "set" if any(inner):
            (one,) = (each or _same for each in inner)
            return lambda items: {one(item) for item in items}
        case "map" if any(inner):
            key, value = (each or _same for each in inner)
            return lambda items: {key(k): value(v) for k, v in items.items()}
        case "tuple" if any(inner):
            return _tuple_codec(tuple(inner))
        case name:
            return _DECODERS.get(name)


def unreadable(cause: Exception, types: tuple[CqlType, ...]) -> UnsupportedByDriver | None:
    """Return why acsylla could not make a row's Python values, where that is a limit of its own."""
    held = [each for cql in types for each in cql.walk()]
    if isinstance(cause, ValueError) and any(each.name == "decimal" for each in held):
        return UnsupportedByDriver(f"acsylla cannot read a decimal: {ELSEWHERE}")
    if isinstance(cause, TypeError):
        for each in held:
            if each.name in ("set", "map") and not _hashes(each.args[0]):
                return UnsupportedByDriver(f"acsylla cannot read a {each}: {ELSEWHERE}")
    return None


def _hashes(cql: CqlType) -> bool:
    """Tell whether what acsylla reads as an element of a set or a key of a map can be one in Python."""
    return not (cql.user or cql.is_collection) and all(map(_hashes, cql.args))


def _no_such_set(cql: CqlType) -> NoReturn:
    _refuse(f"could not read a {cql} back")


def _user_encoder(kind: str, names: tuple[str, ...], inner: tuple[Encoder | None, ...]) -> Encoder:
    encoders = dict(zip(names, inner, strict=True))

    def encode(value: dict[str, Any]) -> dict[str, Any]:
        for name in value.keys() - encoders.keys():
            if value[name] is not None:
                raise InvalidQueryError(
                    f"user type {kind} on the server has no field {name!r}: call sync_table() first"
                )
        return {
            name: item if one is None or item is None else one(item)
            for name, one in encoders.items()
            for item in (value.get(name),)
        }

    return encode


def _user_decoder(names: tuple[str, ...], inner: tuple[Decoder | None, ...]) -> Decoder:
    decoders = tuple(zip(names, inner, strict=True))

    def decode(value: dict[str, Any]) -> UserTypeRow:
        # A row from before the type was extended lacks fields.
        return UserTypeRow(
            (name, item if one is None or item is None else one(item))
            for name, one in decoders
            for item in (value.get(name),)
        )

    return decode


def _tuple_codec(inner: tuple[Encoder | None, ...]) -> Encoder:
    def convert(items: tuple[Any, ...]) -> tuple[Any, ...]:
        padded = (*items, *(None,) * (len(inner) - len(items)))
        return tuple(
            item if one is None or item is None else one(item)
            for one, item in zip(inner, padded, strict=True)
        )

    return convert


def _same(value: Any) -> Any:
    return value
