"""CREATE and DROP MATERIALIZED VIEW."""

from __future__ import annotations

from coodie.cql.ddl.options import ddl, properties
from coodie.cql.statement import Shape
from coodie.naming import qualified, quote
from coodie.schema.table import Table
from coodie.schema.view import View


def create_view(view: View, keyspace: str | None) -> Shape:
    """Build CREATE MATERIALIZED VIEW IF NOT EXISTS."""
    table = view.table
    where = view.where or " AND ".join(f"{quote(column.name)} IS NOT NULL" for column in table.primary_key)
    partition = ", ".join(quote(column.name) for column in table.partition_key)
    clustering = "".join(f", {quote(column.name)}" for column in table.clustering_key)
    options = properties(table.options)
    if view.ordered:
        order = ", ".join(f"{quote(column.name)} {column.order}" for column in table.clustering_key)
        options.insert(0, f"CLUSTERING ORDER BY ({order})")
    tail = f" WITH {' AND '.join(options)}" if options else ""
    columns = ", ".join(quote(name) for name in view.columns)
    text = (
        f"CREATE MATERIALIZED VIEW IF NOT EXISTS {qualified(keyspace, table.name)} AS SELECT {columns} "
        f"FROM {qualified(keyspace, view.base)} WHERE {where} PRIMARY KEY (({partition}){clustering}){tail}"
    )
    return ddl(text, keyspace, table.name)


def drop_view(table: Table, keyspace: str | None) -> Shape:
    """Build DROP MATERIALIZED VIEW IF EXISTS."""
    return ddl(f"DROP MATERIALIZED VIEW IF EXISTS {qualified(keyspace, table.name)}", keyspace, table.name)
