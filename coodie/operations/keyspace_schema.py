"""A whole keyspace as its server describes it: tables, views and user types, in five statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from coodie.cql.statement import Kind, Marker, Shape, Statement
from coodie.cqltype import CqlType, parse_cql_type
from coodie.operations.introspection import LiveColumn, LiveIndex, LiveTable, column_of, index_of, records
from coodie.rows.rows import Rows

_TABLES = ("tables", "views", "columns", "indexes", "types")


@dataclass(frozen=True, slots=True)
class LiveView:
    """A materialized view as it is: its own table, the one that it follows, and which rows."""

    table: LiveTable
    base: str
    where: str


@dataclass(frozen=True, slots=True)
class LiveKeyspace:
    """A keyspace as it is, everything by name; `types` hold the types of their fields, in order."""

    name: str
    tables: dict[str, LiveTable]
    views: dict[str, LiveView]
    types: dict[str, dict[str, CqlType]]


def _shape(table: str) -> Shape:
    return Shape(
        text=f"SELECT * FROM system_schema.{table} WHERE keyspace_name = ?",
        kind=Kind.SELECT,
        keyspace="system_schema",
        table=table,
        markers=(Marker("keyspace_name", "text"),),
        partition=(("keyspace_name", 0),),
        idempotent=True,
    )


# The server chooses which options a table has, so these SELECTs cannot name their columns.
_SHAPES = {table: _shape(table) for table in _TABLES}


def introspect_keyspace(keyspace: str) -> Generator[Statement, Rows, LiveKeyspace]:
    """Plan reading all definitions of a keyspace; one that is not there has none."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table, shape in _SHAPES.items():
        found[table] = records((yield Statement(shape, (keyspace,))))
    columns: dict[str, dict[str, LiveColumn]] = defaultdict(dict)
    indexes: dict[str, dict[str, LiveIndex]] = defaultdict(dict)
    for record in found["columns"]:
        columns[record["table_name"]][record["column_name"]] = column_of(record)
    for record in found["indexes"]:
        indexes[record["table_name"]][record["index_name"]] = index_of(record)

    def table_of(record: dict[str, Any], name: str) -> LiveTable:
        return LiveTable(columns[name], indexes.get(name, {}), record)

    return LiveKeyspace(
        keyspace,
        {name: table_of(record, name) for record in found["tables"] if (name := record["table_name"])},
        {
            name: LiveView(table_of(record, name), record["base_table_name"], record["where_clause"])
            for record in found["views"]
            if (name := record["view_name"])
        },
        {
            record["type_name"]: dict(
                zip(record["field_names"], map(parse_cql_type, record["field_types"]), strict=True)
            )
            for record in found["types"]
        },
    )
