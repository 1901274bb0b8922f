"""Whether a value of hand-written CQL is one of its column's type.

Drivers convert what they are given, each in its own way: of a number as many zero bytes, of a float a part of an
address, of a text the set of its letters. Nothing has validated these values before, so their classes are compared
here: what is bound reads back as what was given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, SupportsIndex
from uuid import UUID

from coodie.cql.literal import on_one_line
from coodie.cql.statement import Statement
from coodie.cqltype import CqlType
from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError
from coodie.rows.unset import UNSET

Check = Callable[[Any], None]

_WHOLE: tuple[Any, ...] = (int, SupportsIndex)
_CLASSES: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("ascii", "text"), (str,)),
    **dict.fromkeys(("bigint", "counter", "int", "smallint", "tinyint", "varint"), _WHOLE),
    **dict.fromkeys(("double", "float"), (float, *_WHOLE)),
    **dict.fromkeys(("timeuuid", "uuid"), (UUID,)),
    **dict.fromkeys(("list", "set", "tuple"), (list, tuple, set, frozenset)),
    "blob": (bytes, bytearray, memoryview),
    "boolean": (bool,),
    "date": (dt.date,),
    "decimal": (Decimal,),
    "duration": (CqlDuration,),
    "inet": (str, IPv4Address, IPv6Address),
    "map": (Mapping,),
    "time": (dt.time,),
    "timestamp": (dt.datetime,),
}


def check_each(statement: Statement, check: Callable[[int, Any], None]) -> None:
    """Check all parameters; the `InvalidQueryError` says which one does not fit, and why."""
    for place, value in enumerate(statement.params):
        if value is None or value is UNSET:
            continue
        try:
            check(place, value)
        except (TypeError, ValueError) as reason:
            raise InvalidQueryError(f"parameter {place + 1} of {statement.shape.text!r}: {reason}") from None


@lru_cache(maxsize=4096)
def checker(cql: CqlType) -> Check:
    """Return what raises `TypeError` for a value of another type; of a vector, its own encoder does."""
    classes = (Mapping,) if cql.user else _CLASSES.get(cql.name)
    if classes is None:
        return _anything
    inside = _address if cql.name == "inet" else _inside(cql)

    def check(value: Any) -> None:
        if value is None:
            return
        if not isinstance(value, classes) or (cql.name == "date" and isinstance(value, dt.datetime)):
            raise TypeError(f"{on_one_line(value)[:80]} is no {cql}")
        if inside is not None:
            inside(value)

    return check


def _inside(cql: CqlType) -> Check | None:
    parts = [checker(arg) for arg in cql.args]
    if all(part is _anything for part in parts):
        return None
    if cql.user:
        fields = dict(zip(cql.fields, parts, strict=True))
        return lambda value: _each((fields.get(name, _anything), item) for name, item in value.items())
    if cql.name == "map":
        return lambda value: _each(pair for item in value.items() for pair in zip(parts, item, strict=True))
    if cql.name == "tuple":
        return lambda value: _each(zip(parts, value, strict=False))
    return lambda value: _each((parts[0], item) for item in value)


def _address(value: Any) -> None:
    if isinstance(value, str):
        ip_address(value)  # a driver would make an address of half of one


def _each(pairs: Any) -> None:
    for check, item in pairs:
        check(item)


def _anything(value: Any) -> None:
    del value  # whatever it is
