"""Which live index does the work of which declared one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from coodie.cql.ddl.index import LOCAL
from coodie.cql.dialect import Target
from coodie.operations.introspection import LiveIndex, LiveTable
from coodie.schema.column import ColumnDefinition, IndexDefinition, VectorSearch
from coodie.schema.table import Table
from coodie.vectors.index_options import same


class Matched(NamedTuple):
    """Declared indexes with the live one that does their work, if any; live ones that no model declares.

    `changed` are vector indexes that are there, but made in another way than the model says: a column has one at most.
    """

    pairs: list[tuple[IndexDefinition, str | None]]
    unclaimed: dict[str, LiveIndex]
    changed: dict[IndexDefinition, str]


def match_indexes(table: Table, live: LiveTable, server: Target) -> Matched:
    """Pair the indexes of a model with those of the live table, whatever these are called."""
    unclaimed = dict(live.indexes)
    pairs: list[tuple[IndexDefinition, str | None]] = []
    changed: dict[IndexDefinition, str] = {}
    for index in table.indexes:
        match = next((name for name, there in unclaimed.items() if _same(table, index, there, server)), None)
        pairs.append((index, match))
        other = None
        if match is None and index.vector is not None:
            other = next((name for name, there in unclaimed.items() if _is_on(index, there)), None)
        if other is not None:
            changed[index] = other
        if match or other:
            del unclaimed[match or other or ""]
    return Matched(pairs, unclaimed, changed)


def _same(table: Table, index: IndexDefinition, there: LiveIndex, server: Target) -> bool:
    column = table.by_field[index.column]
    if index.vector is not None:
        return _same_search(table, index, index.vector, there, server)
    if index.using == LOCAL:
        # ScyllaDB writes a local index's target as JSON: the partition key's columns and the indexed one.
        local = {"pk": [key.name for key in table.partition_key], "ck": [index.column]}
        return _json(there) == local
    if there.target not in _targets(index, column):
        return False
    return _class(index.using) == _class(there.using) and dict(index.options) == there.options


def _targets(index: IndexDefinition, column: ColumnDefinition) -> set[str]:
    # The server names the target of a plain index on a collection: values() where nothing else was said.
    target = index.target or ("values" if column.type.multicell else None)
    names = _spellings(index.column)
    return {f"{target}({name})" for name in names} if target else names


def _spellings(name: str) -> set[str]:
    return {name, f'"{name}"'}


def _class(name: str | None) -> str:
    short = (name or "").rsplit(".", 1)[-1].lower()
    return {"storageattachedindex": "sai"}.get(short, short)


def _json(there: LiveIndex) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(there.target) if there.target.startswith("{") else {}
    return found


def _is_on(index: IndexDefinition, there: LiveIndex) -> bool:
    """Tell whether a live index is one of vectors, on the column of a declared one."""
    on = there.target in _spellings(index.column) or _json(there).get("tc") == index.column
    return on and _class(there.using) in ("sai", "vector_index")


def _same_search(
    table: Table, index: IndexDefinition, search: VectorSearch, there: LiveIndex, server: Target
) -> bool:
    # ScyllaDB writes a target of several columns as JSON: the vector's, the partition key of a local index, filters.
    wanted: dict[str, Any] = {"tc": index.column}
    if search.local:
        wanted["pk"] = [key.name for key in table.partition_key]
    if search.filter_columns:
        wanted["fc"] = [table.column(name).name for name in search.filter_columns]
    target = _json(there) or {"tc": index.column}
    options = {name: value for name, value in there.options.items() if name != "source_model"}
    return (
        _is_on(index, there) and target == wanted and same(server.dialect.value, dict(index.options), options)
    )
