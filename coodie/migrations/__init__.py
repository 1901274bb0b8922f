"""Migrations: the steps by which a schema evolves, as files that are applied once, in order, and can be taken back."""

from coodie.migrations.autogen import diff_schema, introspect_table
from coodie.migrations.base import Migration, MigrationContext
from coodie.migrations.changes import ColumnChange, DbColumnInfo, IndexChange, SchemaDiff, format_diff
from coodie.migrations.files import MigrationFile, discover_migrations, next_migration_filename
from coodie.migrations.history import MigrationStatus
from coodie.migrations.lock import MigrationLocked
from coodie.migrations.progress import Progress
from coodie.migrations.render import render_migration
from coodie.migrations.runner import MigrationResult, MigrationRunner
from coodie.migrations.state import Record

__all__ = [
    "ColumnChange",
    "DbColumnInfo",
    "IndexChange",
    "Migration",
    "MigrationContext",
    "MigrationFile",
    "MigrationLocked",
    "MigrationResult",
    "MigrationRunner",
    "MigrationStatus",
    "Progress",
    "Record",
    "SchemaDiff",
    "diff_schema",
    "discover_migrations",
    "format_diff",
    "introspect_table",
    "next_migration_filename",
    "render_migration",
]
