"""CREATE and DROP INDEX."""

from __future__ import annotations

from coodie.cql.ddl.options import constant, ddl
from coodie.cql.dialect import NOWHERE, Dialect, Target, only_on
from coodie.cql.statement import Shape
from coodie.naming import qualified, quote
from coodie.schema.column import IndexDefinition
from coodie.schema.table import Table

LOCAL = "local"


def create_index(
    table: Table, keyspace: str | None, index: IndexDefinition, server: Target = NOWHERE
) -> Shape:
    """Build CREATE INDEX, CREATE CUSTOM INDEX where an index class is named, or ScyllaDB's local index."""
    column = quote(index.column)
    target = f"{index.target}({column})" if index.target else column
    if index.using == LOCAL:
        only_on(Dialect.SCYLLA, server, "a local index")
        partition = ", ".join(quote(key.name) for key in table.partition_key)
        where = f"{quote(index.name)} ON {qualified(keyspace, table.name)} (({partition}), {target})"
        return ddl(f"CREATE INDEX IF NOT EXISTS {where}", keyspace, table.name)
    kind = "CUSTOM INDEX" if index.using else "INDEX"
    using = f" USING {constant(index.using)}" if index.using else ""
    options = f" WITH OPTIONS = {constant(dict(index.options))}" if index.options else ""
    where = f"{quote(index.name)} ON {qualified(keyspace, table.name)} ({target})"
    return ddl(f"CREATE {kind} IF NOT EXISTS {where}{using}{options}", keyspace, table.name)


def drop_index(name: str, keyspace: str | None, table: Table) -> Shape:
    """Build DROP INDEX IF EXISTS."""
    return ddl(f"DROP INDEX IF EXISTS {qualified(keyspace, name)}", keyspace, table.name)
