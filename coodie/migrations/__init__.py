"""Migrations: the steps by which a schema evolves, as files that are applied once, in order, and can be taken back."""

from coodie.migrations.base import Migration, MigrationContext
from coodie.migrations.files import MigrationFile, discover_migrations, next_migration_filename
from coodie.migrations.history import MigrationStatus
from coodie.migrations.lock import MigrationLocked
from coodie.migrations.progress import Progress
from coodie.migrations.runner import MigrationResult, MigrationRunner
from coodie.migrations.state import Record

__all__ = [
    "Migration",
    "MigrationContext",
    "MigrationFile",
    "MigrationLocked",
    "MigrationResult",
    "MigrationRunner",
    "MigrationStatus",
    "Progress",
    "Record",
    "discover_migrations",
    "next_migration_filename",
]
