"""CREATE, ALTER and DROP TYPE."""

from __future__ import annotations

from coodie.cql.ddl.options import ddl
from coodie.cql.statement import Shape
from coodie.cqltype import CqlType
from coodie.naming import qualified, quote


def create_type(cql: CqlType, keyspace: str | None) -> Shape:
    """Build CREATE TYPE IF NOT EXISTS."""
    fields = ", ".join(f"{quote(name)} {arg}" for name, arg in zip(cql.fields, cql.args, strict=True))
    return ddl(f"CREATE TYPE IF NOT EXISTS {qualified(keyspace, cql.name)} ({fields})", keyspace, cql.name)


def add_field(cql: CqlType, keyspace: str | None, name: str, field: CqlType) -> Shape:
    """Build ALTER TYPE ... ADD."""
    return ddl(f"ALTER TYPE {qualified(keyspace, cql.name)} ADD {quote(name)} {field}", keyspace, cql.name)


def drop_type(name: str, keyspace: str | None) -> Shape:
    """Build DROP TYPE IF EXISTS."""
    return ddl(f"DROP TYPE IF EXISTS {qualified(keyspace, name)}", keyspace, name)
