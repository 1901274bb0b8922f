"""What a server says of a table, as values."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

from coodie.cql.statement import Kind, Marker, Shape, Statement
from coodie.cqltype import CqlType, parse_cql_type
from coodie.rows.rows import Rows

_TEXT = (Marker("keyspace_name", "text"), Marker("table_name", "text"))


def _shape(columns: str, table: str) -> Shape:
    return Shape(
        text=f"SELECT {columns} FROM system_schema.{table} WHERE keyspace_name = ? AND table_name = ?",
        kind=Kind.SELECT,
        keyspace="system_schema",
        table=table,
        markers=_TEXT,
        partition=(("keyspace_name", 0),),
        idempotent=True,
    )


# The server chooses which options a table has, so this one SELECT cannot name its columns.
_TABLES = _shape("*", "tables")
_COLUMNS = _shape("column_name, kind, position, type, clustering_order", "columns")
_INDEXES = _shape("index_name, kind, options", "indexes")
_INDEX_NAMES = Shape(
    text="SELECT index_name, table_name FROM system_schema.indexes WHERE keyspace_name = ?",
    kind=Kind.SELECT,
    keyspace="system_schema",
    table="indexes",
    markers=_TEXT[:1],
    partition=(("keyspace_name", 0),),
    idempotent=True,
)


@dataclass(frozen=True, slots=True)
class LiveColumn:
    """A column as it is: `kind` is `partition_key`, `clustering`, `static` or `regular`."""

    name: str
    kind: str
    position: int
    type: CqlType
    order: str


@dataclass(frozen=True, slots=True)
class LiveIndex:
    """An index as it is: `target` may be `values(tags)`, `using` the index class of a custom one."""

    name: str
    target: str
    using: str | None
    options: dict[str, str]


@dataclass(frozen=True, slots=True)
class LiveTable:
    """A table as it is."""

    columns: dict[str, LiveColumn]
    indexes: dict[str, LiveIndex] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)


def introspect_table(
    keyspace: str, name: str, *, options: bool = True
) -> Generator[Statement, Rows, LiveTable | None]:
    """Plan reading a table's definition; the result is `None` where there is no such table.

    Sends one statement for a table that is not there, else two, and a third for its `options`.
    """
    params = (keyspace, name)
    columns = records((yield Statement(_COLUMNS, params)))
    if not columns:
        return None
    chosen = records((yield Statement(_TABLES, params))) if options else []
    indexes = records((yield Statement(_INDEXES, params)))
    return LiveTable(
        columns={record["column_name"]: column_of(record) for record in columns},
        indexes={record["index_name"]: index_of(record) for record in indexes},
        options=chosen[0] if chosen else {},
    )


def index_names(keyspace: str) -> Generator[Statement, Rows, dict[str, str]]:
    """Plan reading which indexes a keyspace has, each with its table; sends one statement."""
    rows = yield Statement(_INDEX_NAMES, (keyspace,))
    return dict(rows.decoded())


def records(rows: Rows) -> list[dict[str, Any]]:
    """Return rows as a dictionary each."""
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.decoded()]


def column_of(record: dict[str, Any]) -> LiveColumn:
    """Read a row of `system_schema.columns`."""
    return LiveColumn(
        name=record["column_name"],
        kind=record["kind"],
        position=record["position"],
        type=parse_cql_type(record["type"]),
        order=record["clustering_order"].upper(),
    )


def index_of(record: dict[str, Any]) -> LiveIndex:
    """Read a row of `system_schema.indexes`."""
    options = dict(record["options"] or {})
    target = options.pop("target", "")
    return LiveIndex(record["index_name"], target, options.pop("class_name", None), options)
