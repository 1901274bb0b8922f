"""Migrations that write themselves: what models declare and a keyspace lacks, as a file for a person to read."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from coodie.cql.dialect import Target
from coodie.drivers.base import AbstractDriver
from coodie.exceptions import ConfigurationError
from coodie.execution import arun_plan
from coodie.migrations.changes import (
    ColumnChange,
    DbColumnInfo,
    IndexChange,
    SchemaDiff,
    format_diff,
)
from coodie.migrations.compare import compare
from coodie.migrations.files import next_migration_filename
from coodie.migrations.render import render_migration
from coodie.operations import introspection
from coodie.operations.keyspace_schema import introspect_keyspace

__all__ = [
    "ColumnChange",
    "DbColumnInfo",
    "IndexChange",
    "SchemaDiff",
    "diff_schema",
    "format_diff",
    "introspect_table",
    "next_migration_filename",
    "render_migration",
]


async def diff_schema(
    models: Iterable[type[BaseModel]], driver: AbstractDriver, keyspace: str | None = None
) -> SchemaDiff:
    """Compare documents, views and user types with a keyspace, the connection's by default; sends five statements."""
    where = keyspace or driver.keyspace
    if where is None:
        raise ConfigurationError(
            "diff_schema needs a keyspace: give it one, or the connection (init_coodie(keyspace=...))"
        )
    live = await arun_plan(driver, introspect_keyspace(where))
    return compare(models, live, Target(where, driver.target.dialect, driver.target.version))


async def introspect_table(driver: AbstractDriver, keyspace: str, table: str) -> list[DbColumnInfo]:
    """Return the columns of a table as the server has them, `[]` where there is no such table."""
    live = await arun_plan(driver, introspection.introspect_table(keyspace, table, options=False))
    if live is None:
        return []
    return [
        DbColumnInfo(column.name, str(column.type), column.kind, column.position, column.order)
        for column in live.columns.values()
    ]
