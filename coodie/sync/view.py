# Generated from coodie/aio/view.py by tools/unasync.py; change that file instead.
"""`MaterializedView`: a table that the server keeps from another one."""

from __future__ import annotations

from coodie.sync.reading import Reading
from coodie.core.view import ViewCore
from coodie.drivers.registry import sync_session
from coodie.execution import run, run_plan
from coodie.operations import views
from coodie.results import SchemaPlan
from coodie.schema.inspect import table_of


class MaterializedView(ViewCore, Reading):
    """A read-only copy of a table under another key, which the server updates some time after each write.

    `class Settings` names the table in `__base_table__`, and may say `__view_columns__`, `__where_clause__` and
    `__clustering_order__`.
    """

    @classmethod
    def sync_view(cls, dry_run: bool = False) -> SchemaPlan:
        """Make the view where it is not there; return the CQL that was sent, `[]` when none was.

        Reads the schema with one statement for a new view, else three. A key or type that differs is an
        `InvalidQueryError`: a view cannot be changed, only made anew.
        """
        driver = sync_session(table_of(cls).connection)
        return run_plan(driver, views.sync_view(cls, driver.target, dry_run=dry_run))

    @classmethod
    def drop_view(cls) -> None:
        """Drop the view, if it is there; the table stays; sends one statement."""
        driver = sync_session(table_of(cls).connection)
        run(driver, views.drop_view(cls, driver.target))
