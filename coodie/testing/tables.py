"""The tables of a test module: made once, emptied before each test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coodie.core.view import ViewCore
from coodie.execution import run_plan
from coodie.naming import qualified
from coodie.operations.tables import sync_table
from coodie.operations.views import sync_view
from coodie.schema.inspect import table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coodie.drivers import AbstractDriver


class Tables:
    """The tables and views of some models, in the keyspace of one connection."""

    def __init__(self, driver: AbstractDriver, models: Sequence[type[Any]], admin: Any) -> None:
        self._admin, self._keyspace = admin, driver.keyspace
        self._fresh = True
        # Views come after the tables that they are of.
        for model in sorted(models, key=lambda each: issubclass(each, ViewCore)):
            sync = sync_view if issubclass(model, ViewCore) else sync_table
            run_plan(driver, sync(model, driver.target))
        tables = [table_of(model) for model in models if not issubclass(model, ViewCore)]
        self._names = sorted({qualified(table.keyspace or self._keyspace, table.name) for table in tables})

    def empty(self) -> None:
        """Remove all rows; a view is emptied with its table."""
        if not self._fresh:
            for name in self._names:
                self._admin.execute(f"TRUNCATE {name}")
        self._fresh = False
