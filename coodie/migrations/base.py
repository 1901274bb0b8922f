"""`Migration`, which a migration's file subclasses, beside the context by which it acts."""

from __future__ import annotations

from coodie.migrations.context import MigrationContext

__all__ = ["Migration", "MigrationContext"]


class Migration:
    """One step in the life of a schema: a file `YYYYMMDD_NNN_name.py` holds it as `class ForwardMigration(Migration)`.

    `description` is shown in the status. A migration that overrides `downgrade` can be rolled back, unless it says
    `reversible = False`. What destroys data (dropping a table, a type or a column, TRUNCATE, DELETE) is refused in
    `upgrade` unless the class says `allow_destructive = True`.
    """

    description: str = ""
    reversible: bool = True
    allow_destructive: bool = False

    async def upgrade(self, ctx: MigrationContext) -> None:
        """Take the keyspace one step on."""
        raise NotImplementedError

    async def downgrade(self, ctx: MigrationContext) -> None:
        """Take the keyspace back to where it was before `upgrade`."""
        raise NotImplementedError
