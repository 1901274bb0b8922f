# Generated from coodie/aio/counter.py by tools/unasync.py; change that file instead.
"""`CounterDocument`: a row of counters."""

from __future__ import annotations

from coodie.sync.batch import BatchQuery
from coodie.sync.document import Document
from coodie.cql.terms import Change
from coodie.drivers.registry import sync_session
from coodie.execution import run
from coodie.operations import counters
from coodie.operations.options import options_for
from coodie.schema.inspect import table_of


class CounterDocument(Document):
    """A row whose columns beside the key are `Counter()`s: incremented and decremented, never set.

    An increment is not idempotent: after a `Timeout` it may or may not have been applied, and nothing sends it again.
    """

    def increment(
        self,
        *,
        consistency: str | None = None,
        timeout: float | None = None,
        batch: BatchQuery | None = None,
        **deltas: int,
    ) -> None:
        """Add to counters of this row, which is made if need be; sends one statement.

        The document follows by the same amounts: `refresh()` reads what others have added too.
        """
        self._count(Change.INCREMENT, deltas, consistency, timeout, batch)

    def decrement(
        self,
        *,
        consistency: str | None = None,
        timeout: float | None = None,
        batch: BatchQuery | None = None,
        **deltas: int,
    ) -> None:
        """Subtract from counters of this row, which is made if need be; sends one statement."""
        self._count(Change.DECREMENT, deltas, consistency, timeout, batch)

    def _count(
        self,
        change: Change,
        deltas: dict[str, int],
        consistency: str | None,
        timeout: float | None,
        batch: BatchQuery | None,
    ) -> None:
        driver = sync_session(table_of(type(self)).connection)
        options = options_for(table_of(type(self)), consistency, timeout)
        request = counters.count(self, change, deltas, driver.target, options)
        if batch is not None:
            batch.collect(
                request.statement,
                driver.name,
                lambda: counters.follow(self, change, deltas),
            )
            return
        run(driver, request)
        counters.follow(self, change, deltas)
