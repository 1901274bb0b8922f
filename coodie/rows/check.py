"""A value for a column, made fit or refused before the wire.

A value of exactly the right type passes at the price of one comparison; anything else goes through pydantic's
conversions (`"7"` for an `int`, a text for a `uuid`), and what does not convert is an `InvalidQueryError`.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
import struct
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Optional, Union
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from coodie.cqltype import CqlType
from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError
from coodie.vectors.packed import packer

_PYTHON: dict[str, Any] = {
    "ascii": str,
    "text": str,
    "blob": bytes,
    "boolean": bool,
    "bigint": int,
    "counter": int,
    "int": int,
    "smallint": int,
    "tinyint": int,
    "varint": int,
    "date": dt.date,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "duration": CqlDuration,
    "inet": Union[ipaddress.IPv4Address, ipaddress.IPv6Address],  # noqa: UP007 - a value, not an annotation
    "time": dt.time,
    "timestamp": dt.datetime,
    "timeuuid": UUID,
    "uuid": UUID,
}
_BITS = {"tinyint": 8, "smallint": 16, "int": 32, "bigint": 64, "counter": 64}
_SAFE = frozenset({"blob", "boolean", "varint", "date", "double", "uuid", "timestamp", "duration"})
_TIME_UUID = 1


def python_type(cql: CqlType, *, hashable: bool = False) -> Any:
    """Return the annotation of the Python values that a CQL type holds; elements of sets and keys of maps hash."""
    inside = cql.name == "set"
    args = tuple(
        python_type(arg, hashable=hashable or inside or (cql.name == "map" and place == 0))
        for place, arg in enumerate(cql.args)
    )
    if hashable and cql.name in ("list", "set"):
        return tuple.__class_getitem__((args[0], ...)) if cql.name == "list" else frozenset[args[0]]  # type: ignore[valid-type]
    match cql.name:
        case "list" | "vector":
            return list[args[0]]  # type: ignore[valid-type]
        case "set":
            return set[args[0]]  # type: ignore[valid-type]
        case "map":
            return dict[args[0], args[1]]  # type: ignore[valid-type]
        case "tuple":
            return tuple.__class_getitem__(tuple(Optional[arg] for arg in args))  # noqa: UP045 - built at run time
        case _:
            return _PYTHON.get(cql.name, Any)


@lru_cache(maxsize=4096)
def coercer(cql: CqlType) -> Callable[[Any], Any]:
    """Return the function that makes a value fit a CQL type, or raises `ValueError` with the reason."""
    if cql.packable:
        return packer(cql.dimensions or 0)
    validate = TypeAdapter(python_type(cql)).validate_python
    fits = exact(cql)

    def coerce(value: Any) -> Any:
        if fits(value):
            return value
        try:
            value = validate(value)
        except ValidationError as error:
            raise ValueError(error.errors(include_url=False)[0]["msg"]) from None
        reason = misfit(cql, value)
        if reason:
            raise ValueError(reason)
        return value

    return coerce


def exact(cql: CqlType) -> Callable[[Any], bool]:
    """Return the cheap test that a value is of just the right type, and so needs no conversion and no further look."""
    if cql.name in _BITS:
        limit = 2 ** (_BITS[cql.name] - 1)
        return lambda value: type(value) is int and -limit <= value < limit
    if cql.name == "text":
        return lambda value: (
            type(value) is str and value.isascii()
        )  # what else there is may be no valid Unicode
    if cql.name == "decimal":
        return lambda value: type(value) is Decimal and value.is_finite()
    if cql.name in _SAFE:
        annotation = _PYTHON[cql.name]
        return lambda value: type(value) is annotation
    return lambda value: False  # noqa: ARG005


def misfit(cql: CqlType, value: Any) -> str | None:
    """Tell why a value of the right Python type cannot be stored as a CQL type, or `None`."""
    name = cql.name
    if name in _BITS and isinstance(value, int):
        limit = 2 ** (_BITS[name] - 1)
        if not -limit <= value < limit:
            return f"{value} does not fit {name} ({_BITS[name]} bits)"
    elif name == "float" and isinstance(value, float) and math.isfinite(value):
        try:
            struct.pack(">f", value)
        except OverflowError:
            return f"{value} does not fit float (32 bits)"
    elif name == "ascii" and isinstance(value, str) and not value.isascii():
        return f"{value!r} is not ASCII"
    elif name == "text" and isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            return f"{value!r} is not valid Unicode: {error.reason}"
    elif name == "time" and isinstance(value, dt.time) and value.tzinfo is not None:
        return f"{value} has a time zone, which CQL's time cannot keep"
    elif name == "timeuuid" and isinstance(value, UUID) and value.version != _TIME_UUID:
        return f"{value} is not a version 1 UUID, which uuid.uuid1() makes"
    return _misfit_inside(cql, value)


def _misfit_inside(cql: CqlType, value: Any) -> str | None:
    pairs: list[tuple[CqlType, Any]] = []
    if cql.user and isinstance(value, Mapping):
        pairs = [(arg, value.get(name)) for name, arg in zip(cql.fields, cql.args, strict=True)]
    elif cql.name == "map" and isinstance(value, dict):
        pairs = [(cql.args[0], key) for key in value] + [(cql.args[1], item) for item in value.values()]
    elif cql.name == "tuple" and isinstance(value, tuple):
        pairs = list(zip(cql.args, value, strict=False))
    elif cql.args and isinstance(value, (list, set, frozenset)):
        pairs = [(cql.args[0], item) for item in value]
    for inner, item in pairs:
        if item is None and cql.name != "tuple" and not cql.user:
            return f"{cql} cannot hold null"
        reason = None if item is None else misfit(inner, item)
        if reason:
            return reason
    return None


def coerce(cql: CqlType, value: Any, where: str, *, secret: bool = False) -> Any:
    """Make a value fit a CQL type; `where` names its place in the error, which shows no secret value."""
    try:
        return coercer(cql)(value)
    except ValueError as error:
        if secret:
            raise InvalidQueryError(f"{where} is {cql}, and the value does not fit it") from None
        raise InvalidQueryError(f"{where} is {cql}, not {_short(value)}: {error}") from None


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."  # noqa: PLR2004 - one line of an error message
