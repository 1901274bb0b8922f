"""`CounterDocument`: a row of counters."""

from __future__ import annotations

from coodie.aio.batch import AsyncBatchQuery
from coodie.aio.document import Document
from coodie.cql.terms import Change
from coodie.drivers.registry import async_session
from coodie.execution import arun
from coodie.operations import counters
from coodie.operations.options import options_for
from coodie.schema.inspect import table_of


class CounterDocument(Document):
    """A row whose columns beside the key are `Counter()`s: incremented and decremented, never set.

    An increment is not idempotent: after a `Timeout` it may or may not have been applied, and nothing sends it again.
    """

    async def increment(
        self,
        *,
        consistency: str | None = None,
        timeout: float | None = None,
        batch: AsyncBatchQuery | None = None,
        **deltas: int,
    ) -> None:
        """Add to counters of this row, which is made if need be; sends one statement.

        The document follows by the same amounts: `refresh()` reads what others have added too.
        """
        await self._count(Change.INCREMENT, deltas, consistency, timeout, batch)

    async def decrement(
        self,
        *,
        consistency: str | None = None,
        timeout: float | None = None,
        batch: AsyncBatchQuery | None = None,
        **deltas: int,
    ) -> None:
        """Subtract from counters of this row, which is made if need be; sends one statement."""
        await self._count(Change.DECREMENT, deltas, consistency, timeout, batch)

    async def _count(
        self,
        change: Change,
        deltas: dict[str, int],
        consistency: str | None,
        timeout: float | None,
        batch: AsyncBatchQuery | None,
    ) -> None:
        driver = await async_session(table_of(type(self)).connection)
        options = options_for(table_of(type(self)), consistency, timeout)
        request = counters.count(self, change, deltas, driver.target, options)
        if batch is not None:
            batch.collect(
                request.statement,
                driver.name,
                lambda: counters.follow(self, change, deltas),
            )
            return
        await arun(driver, request)
        counters.follow(self, change, deltas)
