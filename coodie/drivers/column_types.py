"""The CQL types of a result's columns, for drivers that tell only their names: read from the server's own schema."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from coodie.cql.statement import Statement
from coodie.cqltype import CqlType, parse_cql_type, scalar

Fetch = Callable[[str, Sequence[str]], Awaitable[Sequence[tuple[Any, ...]]]]

_NAME = r'"(?:[^"]|"")+"|\w+'
_TABLE = re.compile(rf"\b(?:FROM|INTO|UPDATE)\s+(?:({_NAME})\s*\.\s*)?({_NAME})", re.IGNORECASE)
_ALIAS = re.compile(rf"([^\s,]+)\s+AS\s+({_NAME})", re.IGNORECASE)
_OF_ITS_COLUMN = re.compile(r"(?:system\.)?(?:min|max|sum|avg)\((.+)\)", re.IGNORECASE)
_CAST = re.compile(r"cast\(.+ as (\w+)\)", re.IGNORECASE)
_FUNCTIONS = (
    ("count", "bigint"),
    ("writetime(", "bigint"),
    ("ttl(", "int"),
    ("token(", "bigint"),
    ("tojson(", "text"),
    ("to_json(", "text"),
    ("similarity_", "float"),
    ("[applied]", "boolean"),
    ("[json]", "text"),
)
_BY_VALUE = {bool: "boolean", int: "bigint", float: "double", bytes: "blob", str: "text"}
_KINDS = ("partition_key", "clustering", "static", "regular")
_VIRTUAL = ("system_views", "system_virtual_schema")
_COLUMNS = (
    "SELECT column_name, type, kind, position FROM {}.columns WHERE keyspace_name = ? AND table_name = ?"
)
_TYPES = "SELECT type_name, field_names, field_types FROM system_schema.types WHERE keyspace_name = ?"


def table_of(statement: Statement, keyspace: str | None) -> tuple[str, str] | None:
    """Return keyspace and table that a statement reads or writes, where it says so."""
    shape = statement.shape
    within = shape.keyspace or keyspace
    if shape.table is not None:
        return None if within is None else (within, shape.table)
    match = _TABLE.search(shape.text)
    if match is None:
        return None
    named = _bare(match[1]) if match[1] else within
    return None if named is None else (named, _bare(match[2]))


async def columns_of(fetch: Fetch, keyspace: str, table: str) -> dict[str, CqlType]:
    """Read the types of a table's columns, in the order of `SELECT *`; user types come with their fields."""
    schema = "system_virtual_schema" if keyspace in _VIRTUAL else "system_schema"
    rows = await fetch(_COLUMNS.format(schema), (keyspace, table))
    rows = sorted(rows, key=lambda row: (_KINDS.index(row[2]), row[3], row[0]))
    found = {name: parse_cql_type(text) for name, text, *_ in rows}
    return dict(zip(found, await with_fields(fetch, keyspace, found.values()), strict=True))


async def with_fields(fetch: Fetch, keyspace: str | None, types: Sequence[CqlType] | Any) -> list[CqlType]:
    """Complete user types with their fields, which the text of a type does not tell."""
    if keyspace is None or not any(part.user for cql in types for part in cql.walk()):
        return list(types)
    known = {
        name: (tuple(fields), tuple(map(parse_cql_type, texts)))
        for name, fields, texts in await fetch(_TYPES, (keyspace,))
    }

    def complete(cql: CqlType) -> CqlType:
        if cql.user and cql.name in known:
            names, fields = known[cql.name]
            return replace(cql, args=tuple(map(complete, fields)), fields=names)
        return replace(cql, args=tuple(map(complete, cql.args))) if cql.args else cql

    return list(map(complete, types))


def all_columns(names: Sequence[str], columns: Mapping[str, CqlType]) -> bool:
    """Tell a result of nothing but columns."""
    return all(_bare(name) in columns for name in names)


def result_types(
    statement: Statement,
    names: Sequence[str],
    columns: Mapping[str, CqlType],
    sample: Sequence[tuple[Any, ...]],
) -> tuple[CqlType, ...]:
    """Return the type of each column of a result: by its name, else by the values that came."""
    aliases = {_bare(name): source for source, name in _ALIAS.findall(statement.shape.text)}
    return tuple(
        _named(aliases.get(name, name), columns) or _by_value(row[place] for row in sample)
        for place, name in enumerate(names)
    )


def _named(name: str, columns: Mapping[str, CqlType]) -> CqlType | None:
    bare = _bare(name)
    if bare in columns:
        return columns[bare]
    of_column, cast = _OF_ITS_COLUMN.fullmatch(name), _CAST.fullmatch(name)
    if of_column is not None:
        return columns.get(_bare(of_column[1]))
    if cast is not None:
        return scalar(cast[1].lower())
    lower = name.lower().removeprefix("system.")
    return next((scalar(cql) for start, cql in _FUNCTIONS if lower.startswith(start)), None)


def _by_value(values: Any) -> CqlType:
    present = next((value for value in values if value is not None), None)
    return scalar(_BY_VALUE.get(type(present), "text"))


def _bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()
