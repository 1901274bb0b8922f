"""What cassandra-driver and scylla-driver want bound and give back, where that is not Python's own value."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from cassandra.util import Duration

from coodie.cqltype import CqlType
from coodie.duration import CqlDuration
from coodie.rows.rows import Decoder

Encoder = Callable[[Any], Any]


def _aware(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC)


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
    match cql.name:
        case "list":
            inner = decoder(cql.args[0])
            return None if inner is None else lambda items: [inner(item) for item in items]
        case "set":
            return _set_decoder(decoder(cql.args[0]))
        case "map":
            return _map_decoder(decoder(cql.args[0]), decoder(cql.args[1]))
        case "tuple":
            return _tuple_decoder(tuple(decoder(arg) for arg in cql.args))
        case name:
            return _DECODERS.get(name)


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
    "inet": str,
    "duration": lambda value: Duration(value.months, value.days, value.nanoseconds),
}


@lru_cache(maxsize=4096)
def encoder(cql: CqlType) -> Encoder | None:
    """Return what makes the driver's value of a Python one, or `None` where it takes that."""
    inner = [encoder(arg) for arg in cql.args]
    if not any(inner):
        return _ENCODERS.get(cql.name)
    match cql.name:
        case "list" | "set":
            one = inner[0] or _same
            return lambda items: [one(item) for item in items]
        case "map":
            key, value = (each or _same for each in inner)
            return lambda items: {key(k): value(v) for k, v in items.items()}
        case _:
            return _tuple_encoder(tuple(inner))


def _tuple_encoder(inner: tuple[Encoder | None, ...]) -> Encoder:
    return lambda items: tuple(
        item if encode is None or item is None else encode(item)
        for encode, item in zip(inner, items, strict=True)
    )


def _same(value: Any) -> Any:
    return value
