"""CREATE and DROP INDEX, those of vectors among them."""

from __future__ import annotations

from coodie.cql.ddl.options import constant, ddl
from coodie.cql.dialect import NOWHERE, Dialect, Target, only_on
from coodie.cql.statement import Shape
from coodie.exceptions import InvalidQueryError
from coodie.naming import qualified, quote
from coodie.schema.column import IndexDefinition, VectorSearch
from coodie.schema.table import Table
from coodie.vectors.index_options import check_for

LOCAL = "local"


def create_index(
    table: Table, keyspace: str | None, index: IndexDefinition, server: Target = NOWHERE
) -> Shape:
    """Build CREATE INDEX, CREATE CUSTOM INDEX where an index class is named, or ScyllaDB's local index."""
    if index.vector is not None:
        return _create_vector_index(table, keyspace, index, index.vector, server)
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


def _create_vector_index(
    table: Table, keyspace: str | None, index: IndexDefinition, search: VectorSearch, server: Target
) -> Shape:
    check_vector_index(table, index, search, server)
    kind = "sai"
    target = quote(index.column)
    if server.dialect is Dialect.SCYLLA:
        kind = "vector_index"
        partition = ", ".join(quote(key.name) for key in table.partition_key)
        filters = (quote(table.column(name).name) for name in search.filter_columns)
        target = ", ".join([*([f"({partition})"] if search.local else []), target, *filters])
    where = f"{quote(index.name)} ON {qualified(keyspace, table.name)} ({target})"
    options = constant(dict(index.options))
    text = f"CREATE CUSTOM INDEX IF NOT EXISTS {where} USING {constant(kind)} WITH OPTIONS = {options}"
    return ddl(text, keyspace, table.name)


def check_vector_index(table: Table, index: IndexDefinition, search: VectorSearch, server: Target) -> None:
    """Refuse options and forms that this server's vector index does not have."""
    field = f"{table.model}.{table.by_field[index.column].field}"
    check_for(server.dialect.value, dict(index.options), field)
    if server.dialect is not Dialect.SCYLLA and (search.local or search.filter_columns):
        what = "local" if search.local else "filter_columns"
        raise InvalidQueryError(
            f"{field}: VectorIndex({what}) exists on ScyllaDB only; this server is {server.dialect.value}, which "
            "filters by the partition key and by columns with Indexed(using='sai')"
        )


def drop_index(name: str, keyspace: str | None, table: Table) -> Shape:
    """Build DROP INDEX IF EXISTS."""
    return ddl(f"DROP INDEX IF EXISTS {qualified(keyspace, name)}", keyspace, table.name)
