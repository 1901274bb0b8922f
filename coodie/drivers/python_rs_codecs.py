"""What scylladb-rs-driver wants bound and gives back, where that is not Python's own value, and what it cannot do."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any, NoReturn

from coodie.cqltype import CqlType, scalar
from coodie.exceptions import InvalidQueryError, UnsupportedByDriver
from coodie.rows.rows import Decoder
from coodie.rows.usertype_row import UserTypeRow

Encoder = Callable[[Any], Any]

NAME = "python-rs"
ELSEWHERE = 'connect with driver_type="cassandra" or "scylla" for it'
_FLOAT = struct.Struct(">f")


def refuse(what: str) -> NoReturn:
    """Raise the error that names this driver, and others."""
    raise UnsupportedByDriver(f"{NAME} {what}: {ELSEWHERE}")


def unreadable(cql: CqlType) -> UnsupportedByDriver:
    """Return the error for a type that the driver cannot read."""
    return UnsupportedByDriver(f"{NAME} cannot read a {cql}: {ELSEWHERE}")


def cql_type(driver_type: Any) -> CqlType:
    """Return the CQL type of a column as the driver describes it."""
    name = type(driver_type).__name__.removeprefix("Cql")
    match name:
        case "List" | "Set":
            return CqlType(name.lower(), (cql_type(driver_type.column_type),), frozen=driver_type.frozen)
        case "Map":
            inner = (cql_type(driver_type.key_type), cql_type(driver_type.value_type))
            return CqlType("map", inner, frozen=driver_type.frozen)
        case "Tuple":
            return CqlType("tuple", tuple(map(cql_type, driver_type.element_types)), frozen=True)
        case "Vector":
            return CqlType(
                "vector", (cql_type(driver_type.typ),), frozen=True, dimensions=driver_type.dimensions
            )
        case "UserDefinedType":
            fields = driver_type.field_types
            return CqlType(
                driver_type.name,
                tuple(cql_type(kind) for _, kind in fields),
                frozen=driver_type.frozen,
                user=True,
                fields=tuple(field for field, _ in fields),
            )
        case _:
            return scalar(name.lower())


def _duration(value: Any) -> NoReturn:
    del value  # none can be kept
    refuse("drops hours, minutes and seconds of a duration")


def _read_duration(value: Any) -> NoReturn:
    del value  # where dateutil is installed the driver gives one of its own, whose nanoseconds are lost
    raise unreadable(scalar("duration"))


def _aware(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _zoneless(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError("a time zone would be lost")
    return value


def _single(value: float) -> float:
    _FLOAT.pack(value)  # refuses what is beyond 32 bits, of which the driver makes an infinity
    return float(value)


def _ascii(value: str) -> str:
    if not value.isascii():
        raise ValueError(f"{value!r} is not ASCII")
    return value


_ENCODERS: dict[str, Encoder] = {
    "ascii": _ascii,
    "blob": bytes,
    "double": float,
    "duration": _duration,
    "float": _single,
    "time": _zoneless,
    "timestamp": _aware,
}


@lru_cache(maxsize=4096)
def encoder(cql: CqlType) -> Encoder | None:
    """Return what makes the driver's value of a Python one, or `None` where it takes that."""
    inner = [encoder(arg) or _same for arg in cql.args]
    if cql.user:
        return _user_encoder(cql, inner)
    match cql.name:
        case "set" | "map" if not _hashes(cql.args[0]):
            return lambda items: refuse(f"binds no {cql}") if items else items
        case "set":
            return lambda items: {inner[0](item) for item in items}
        case "list" | "vector":
            return lambda items: [inner[0](item) for item in items]
        case "map":
            return lambda items: {inner[0](key): inner[1](item) for key, item in items.items()}
        case "tuple":
            return lambda items: tuple(
                _null(cql) if item is None else one(item) for one, item in zip(inner, items, strict=True)
            )
        case name:
            return _ENCODERS.get(name)


@lru_cache(maxsize=4096)
def decoder(cql: CqlType) -> Decoder | None:
    """Return what makes Python's value of one that the driver read, or `None` where it is one already."""
    if cql.name == "duration":
        return _read_duration
    inner = [decoder(arg) for arg in cql.args]
    if not (cql.user or any(inner)):
        return None
    each = [one or _same for one in inner]
    if cql.user:
        return _user_decoder(cql.fields, each)
    match cql.name:
        case "list" | "vector":
            return lambda items: [each[0](item) for item in items]
        case "set":
            return lambda items: {each[0](item) for item in items}
        case "map":
            return lambda items: {each[0](key): each[1](item) for key, item in items.items()}
        case _:
            return lambda items: tuple(
                item if item is None else one(item) for one, item in zip(each, items, strict=True)
            )


def holds_duration(cql: CqlType) -> bool:
    """Tell whether a type has a duration in it, which the driver cannot read."""
    return any(part.name == "duration" for part in cql.walk())


def _hashes(cql: CqlType) -> bool:
    return not (cql.user or cql.is_collection) and all(map(_hashes, cql.args))


def _null(cql: CqlType) -> NoReturn:
    refuse(f"binds no null inside a {cql}")


def _user_encoder(cql: CqlType, inner: list[Encoder]) -> Encoder:
    encoders = dict(zip(cql.fields, inner, strict=True))

    def encode(value: dict[str, Any]) -> dict[str, Any]:
        for name in value.keys() - encoders.keys():
            if value[name] is not None:
                raise InvalidQueryError(
                    f"user type {cql.name} on the server has no field {name!r}: call sync_table() first"
                )
        return {
            name: _null(cql) if value.get(name) is None else one(value[name])
            for name, one in encoders.items()
        }

    return encode


def _user_decoder(names: tuple[str, ...], inner: list[Decoder]) -> Decoder:
    decoders = tuple(zip(names, inner, strict=True))

    def decode(value: dict[str, Any]) -> UserTypeRow:
        # A row from before the type was extended lacks fields.
        return UserTypeRow(
            (name, item if item is None else one(item))
            for name, one in decoders
            for item in (value.get(name),)
        )

    return decode


def _same(value: Any) -> Any:
    return value
