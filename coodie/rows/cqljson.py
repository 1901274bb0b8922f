"""A document as the JSON that `INSERT ... JSON` takes."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any

from pydantic import BaseModel

from coodie.duration import CqlDuration
from coodie.naming import quote
from coodie.rows.bind import row_binder
from coodie.rows.unset import UNSET
from coodie.schema.inspect import table_of
from coodie.schema.table import Table
from coodie.vectors.packed import PackedVector


def to_cql_json(document: BaseModel) -> str:
    """Write the document's columns as JSON; what nobody set is left out, so that it stays as it is."""
    table: Table = table_of(type(document))
    values = zip(table.columns, row_binder(table)(document), strict=True)
    # A name in quotes within the JSON text is taken as it is; a bare one would be put into lower case.
    plain = {quote(column.name): _plain(value) for column, value in values if value is not UNSET}
    return json.dumps(plain, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            # JSON has no word for these; the server reads Java's.
            return (
                value
                if math.isfinite(value)
                else {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
            )
        case bytes() | bytearray():
            return f"0x{bytes(value).hex()}"
        case dt.datetime():
            aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
            return (
                aware.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.") + f"{aware.microsecond // 1000:03}Z"
            )
        case CqlDuration():
            return str(value)
        case PackedVector():
            return value.tolist()
        case dict():
            return {_key(key): _plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(item) for item in value]
        case _:
            return str(value)


def _key(key: Any) -> str:
    """Write a map's key, which JSON allows to be text only."""
    plain = _plain(key)
    return plain if isinstance(plain, str) else json.dumps(plain)
