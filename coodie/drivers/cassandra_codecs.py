"""What cassandra-driver and scylla-driver want bound and give back, where that is not Python's own value."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from cassandra.util import Duration

from coodie.cqltype import CqlType
from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError
from coodie.rows.rows import Decoder
from coodie.rows.usertype_row import UserTypeRow
from coodie.vectors.packed import PackedVector, packer, to_list

Encoder = Callable[[Any], Any]


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ZONELESS_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - as the driver gives them
_MILLISECOND = timedelta(milliseconds=1)


def _aware(value: datetime) -> datetime:
    since = value - _ZONELESS_EPOCH  # a difference and a sum cost a third of replace(tzinfo=UTC)
    # The driver goes through floating-point seconds, which miss by some microseconds far from 1970.
    off = since.microseconds % 1000
    if off:
        since += timedelta(microseconds=1000 - off if off >= 500 else -off)  # noqa: PLR2004 - half a millisecond
    return _EPOCH + since


def _milliseconds(value: datetime) -> int:
    """Cut to milliseconds ourselves: the driver cuts towards 1970, which is upwards before it."""
    aware = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    return (aware - _EPOCH) // _MILLISECOND


def _zoneless(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError("a time zone would be lost")
    return value


def _duration(value: Duration) -> CqlDuration:
    return CqlDuration(value.months, value.days, value.nanoseconds)


_DECODERS: dict[str, Decoder] = {
    "timestamp": _aware,  # naive UTC in this driver
    "date": lambda value: value.date(),
    "time": lambda value: value.time(),
    "inet": ipaddress.ip_address,
    "duration": _duration,
}


@lru_cache(maxsize=4096)
def decoder(cql: CqlType) -> Decoder | None:
    """Return what makes Python's value of one that the driver read, or `None` where it is one already."""
    if cql.user:
        return _user_decoder(cql.fields, tuple(decoder(arg) for arg in cql.args))
    match cql.name:
        case "list":
            inner = decoder(cql.args[0])
            return None if inner is None else lambda items: [inner(item) for item in items]
        case "set":
            return _set_decoder(_hashable(cql.args[0]))
        case "map":
            return _map_decoder(_hashable(cql.args[0]), decoder(cql.args[1]))
        case "tuple":
            return _tuple_decoder(tuple(decoder(arg) for arg in cql.args))
        case "vector":
            return to_list if cql.packable else decoder(CqlType("list", cql.args))
        case name:
            return _DECODERS.get(name)


def _hashable(cql: CqlType) -> Decoder | None:
    """Return the decoder of an element of a set or a key of a map, whose value must hash."""
    inner = decoder(cql)
    if cql.name not in ("set", "list"):
        return inner
    make = frozenset if cql.name == "set" else tuple
    return make if inner is None else lambda items: make(inner(items))


def _user_decoder(names: tuple[str, ...], inner: tuple[Decoder | None, ...]) -> Decoder:
    def decode(value: Any) -> UserTypeRow:
        if not isinstance(value, tuple):  # a class that the application registered for its own session
            value = tuple(getattr(value, name) for name in names)
        # A row from before the type was extended is shorter.
        padded = (*value, *(None,) * (len(names) - len(value)))
        return UserTypeRow(
            (name, item if one is None or item is None else one(item))
            for name, one, item in zip(names, inner, padded, strict=True)
        )

    return decode


def _set_decoder(inner: Decoder | None) -> Decoder:
    return set if inner is None else lambda items: {inner(item) for item in items}


def _map_decoder(key: Decoder | None, value: Decoder | None) -> Decoder:
    if key is None and value is None:
        return dict
    key, value = key or _same, value or _same
    return lambda items: {key(k): value(v) for k, v in items.items()}


def _tuple_decoder(inner: tuple[Decoder | None, ...]) -> Decoder | None:
    if not any(inner):
        return None
    return lambda items: tuple(
        item if decode is None or item is None else decode(item)
        for decode, item in zip(inner, items, strict=True)
    )


_ENCODERS: dict[str, Encoder] = {
    "timestamp": _milliseconds,
    "time": _zoneless,
    "inet": str,
    "duration": lambda value: Duration(value.months, value.days, value.nanoseconds),
}


def parameter_encoder(cql: CqlType) -> Encoder | None:
    """Return what makes the value that the driver binds of a Python one, or `None` where it takes that."""
    if not cql.packable:
        return encoder(cql)
    pack = packer(
        cql.dimensions or 0
    )  # what hand-written CQL binds; the library's own statements come packed
    return lambda value: value.packed if type(value) is PackedVector else pack(value).packed


@lru_cache(maxsize=4096)
def encoder(cql: CqlType) -> Encoder | None:
    """Return what makes the driver's value of a Python one, or `None` where it takes that.

    A vector inside another value is encoded by the driver, element by element.
    """
    inner = [encoder(arg) for arg in cql.args]
    if cql.user:
        return _user_encoder(cql.name, cql.fields, tuple(inner))
    if not any(inner):
        return _ENCODERS.get(cql.name)
    match cql.name:
        case "list" | "set" | "vector":
            one = inner[0] or _same
            return lambda items: [one(item) for item in items]
        case "map":
            key, value = (each or _same for each in inner)
            return lambda items: {key(k): value(v) for k, v in items.items()}
        case _:
            return _tuple_encoder(tuple(inner))


def _user_encoder(kind: str, names: tuple[str, ...], inner: tuple[Encoder | None, ...]) -> Encoder:
    """Make a tuple in the server's order of fields, whatever the model's order is."""
    known = frozenset(names)

    def encode(value: dict[str, Any]) -> tuple[Any, ...]:
        for name in value.keys() - known:
            if value[name] is not None:
                raise InvalidQueryError(
                    f"user type {kind} on the server has no field {name!r}: call sync_table() first"
                )
        return tuple(
            item if one is None or item is None else one(item)
            for one, item in zip(inner, map(value.get, names), strict=True)
        )

    return encode


def _tuple_encoder(inner: tuple[Encoder | None, ...]) -> Encoder:
    return lambda items: tuple(
        item if encode is None or item is None else encode(item)
        for encode, item in zip(inner, items, strict=True)
    )


def _same(value: Any) -> Any:
    return value
