"""CREATE, ALTER, DROP and TRUNCATE TABLE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coodie.cql.ddl.options import ddl, properties
from coodie.cql.statement import Shape
from coodie.naming import qualified, quote
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table


def table_options(table: Table) -> dict[str, Any]:
    """Return the options that the model declares, its default TTL among them."""
    ttl = {} if table.default_ttl is None else {"default_time_to_live": table.default_ttl}
    return {**ttl, **table.options}


def create_table(table: Table, keyspace: str | None) -> Shape:
    """Build CREATE TABLE IF NOT EXISTS with keys, clustering order and options."""
    definitions = [_definition(column) for column in table.columns]
    partition = ", ".join(quote(column.name) for column in table.partition_key)
    clustering = "".join(f", {quote(column.name)}" for column in table.clustering_key)
    definitions.append(f"PRIMARY KEY (({partition}){clustering})")
    options = properties(table_options(table))
    if any(column.order == "DESC" for column in table.clustering_key):
        order = ", ".join(f"{quote(column.name)} {column.order}" for column in table.clustering_key)
        options.insert(0, f"CLUSTERING ORDER BY ({order})")
    tail = f" WITH {' AND '.join(options)}" if options else ""
    name = qualified(keyspace, table.name)
    return ddl(f"CREATE TABLE IF NOT EXISTS {name} ({', '.join(definitions)}){tail}", keyspace, table.name)


def _definition(column: ColumnDefinition) -> str:
    return f"{quote(column.name)} {column.type}{' STATIC' if column.role == 'static' else ''}"


def add_columns(table: Table, keyspace: str | None, columns: Sequence[ColumnDefinition]) -> Shape:
    """Build ALTER TABLE ... ADD for columns that the server does not have yet."""
    added = ", ".join(_definition(column) for column in columns)
    # Several columns stand in parentheses in both languages; one stands without.
    listed = added if len(columns) == 1 else f"({added})"
    return ddl(f"ALTER TABLE {qualified(keyspace, table.name)} ADD {listed}", keyspace, table.name)


def alter_options(table: Table, keyspace: str | None, options: Mapping[str, Any]) -> Shape:
    """Build ALTER TABLE ... WITH for options that differ."""
    text = " AND ".join(properties(options))
    return ddl(f"ALTER TABLE {qualified(keyspace, table.name)} WITH {text}", keyspace, table.name)


def drop_table(table: Table, keyspace: str | None) -> Shape:
    """Build DROP TABLE IF EXISTS."""
    return ddl(f"DROP TABLE IF EXISTS {qualified(keyspace, table.name)}", keyspace, table.name)


def truncate_table(table: Table, keyspace: str | None) -> Shape:
    """Build TRUNCATE."""
    return ddl(f"TRUNCATE {qualified(keyspace, table.name)}", keyspace, table.name)
