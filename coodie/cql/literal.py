"""Values as CQL literals, for people to read: never part of a statement that is sent."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any
from uuid import UUID

from coodie.exceptions import printable

REDACTED = "•••"
LONGEST = 400


def shown(value: Any, *, secret: bool) -> str:
    """Write a value for an error message, unless it must not be shown."""
    return REDACTED if secret else repr(value)


def on_one_line(value: Any) -> str:
    """Write a bound value for an error message: what it holds does not begin another line of a log."""
    return printable(literal(value)).replace("\n", "\\n")


def literal(value: Any) -> str:
    """Write a bound value as a reader of CQL would; long values are cut with an ellipsis."""
    text = _write(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _write(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return "'" + value[: LONGEST + 1].replace("'", "''") + "'"
        case bytes() | bytearray() | memoryview():
            return "0x" + bytes(value[: LONGEST + 1]).hex()
        case UUID() | int() | float():
            return str(value)
        case dt.datetime():
            return f"'{value.isoformat(sep=' ', timespec='milliseconds')}'"
        case dt.date() | dt.time() | ipaddress.IPv4Address() | ipaddress.IPv6Address():
            return f"'{value}'"
        case Mapping():
            return "{" + ", ".join(f"{_write(k)}: {_write(v)}" for k, v in value.items()) + "}"
        case AbstractSet():
            return "{" + ", ".join(sorted(_write(item) for item in value)) + "}"
        case tuple():
            return "(" + ", ".join(_write(item) for item in value) + ")"
        case Sequence():
            return "[" + ", ".join(_write(item) for item in value) + "]"
        case _:
            return str(value)
