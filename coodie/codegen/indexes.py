"""Live indexes as the markers that declare them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from coodie.codegen.annotations import Imports
from coodie.cqltype import CqlType
from coodie.operations.introspection import LiveIndex, LiveTable
from coodie.vectors.index_options import FUNCTIONS, SIMILARITY

_TARGET = re.compile(r"(keys|values|entries|full)\((.*)\)", re.DOTALL)


class Target(NamedTuple):
    """What an index is on: a column, of a collection its keys, values, entries or whole; ScyllaDB's own forms."""

    column: str
    part: str | None = None
    local: bool = False
    filters: tuple[str, ...] = ()


def target_of(index: LiveIndex) -> Target:
    """Read what a server writes of an index's target."""
    if index.target.startswith("{"):  # ScyllaDB, where there is more than one column
        parts = json.loads(index.target)
        column = parts["tc"] if "tc" in parts else parts["ck"][0]
        return Target(column, local="pk" in parts, filters=tuple(parts.get("fc", ())))
    match = _TARGET.fullmatch(index.target)
    column = match[2] if match else index.target
    if column.startswith('"'):
        column = column[1:-1].replace('""', '"')
    return Target(column, match[1] if match else None)


def index_markers(
    table: str, live: LiveTable, column: str, fields: Mapping[str, str], imports: Imports
) -> list[str]:
    """Return the source of a marker for each index on a column, in the order of their names."""
    cql, found = live.columns[column].type, []
    for name, index in sorted(live.indexes.items()):
        target = target_of(index)
        if target.column != column:
            continue
        mark = _vector if cql.name == "vector" else _indexed
        source = mark(table, name, index, target, cql, fields)
        imports.use("coodie", source.partition("(")[0])
        found.append(source)
    return found


def _indexed(
    table: str, name: str, index: LiveIndex, target: Target, cql: CqlType, _fields: Mapping[str, str]
) -> str:
    using = "local" if target.local else _class(index.using)
    # What a plain index on a collection is on where nobody says: its values. The name tells whether somebody did.
    part = target.part
    if part == "values" and cql.multicell and name != _derived(table, target.column, part):
        part = None
    arguments = [] if name == _derived(table, target.column, part) else [f"index_name={name!r}"]
    arguments += [f"target={part!r}"] if part else []
    arguments += [f"using={using!r}"] if using else []
    arguments += [f"options={dict(sorted(index.options.items()))!r}"] if index.options else []
    return f"Indexed({', '.join(arguments)})"


def _vector(
    table: str, name: str, index: LiveIndex, target: Target, _cql: CqlType, fields: Mapping[str, str]
) -> str:
    options = {key: value for key, value in sorted(index.options.items()) if key != "source_model"}
    similarity = options.pop(SIMILARITY, FUNCTIONS[0]).upper()
    arguments = [f"similarity_function={similarity!r}"]
    arguments += [] if name == _derived(table, target.column, None) else [f"index_name={name!r}"]
    arguments += ["local=True"] if target.local else []
    if target.filters:
        arguments.append(f"filter_columns={[fields[column] for column in target.filters]!r}")
    arguments += [f"{key}={_value(value)}" for key, value in options.items()]
    return f"VectorIndex({', '.join(arguments)})"


def _value(text: str) -> str:
    if text in ("true", "false"):
        return text.capitalize()
    return text if re.fullmatch(r"\d+(\.\d+)?", text) else repr(text)


def _class(using: str | None) -> str | None:
    return "sai" if using is not None and using.rsplit(".", 1)[-1] == "StorageAttachedIndex" else using


def _derived(table: str, column: str, part: str | None) -> str:
    return re.sub(r"\W", "_", f"{table}_{column}{f'_{part}' if part else ''}_idx")
