"""A batch as a context manager: collected inside the block, sent at its end."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from coodie.core.batch import BatchCore
from coodie.drivers.registry import async_session
from coodie.execution import arun
from coodie.results import BatchResult


class AsyncBatchQuery(BatchCore):
    """Send several writes as one batch of bound statements.

    A logged batch is applied as a whole in the end, even when a coordinator fails; an unlogged one only saves round
    trips, and only within a partition. `batch_type="COUNTER"` takes increments. With a `timestamp`, in microseconds
    since the epoch, all writes have it. Nothing is sent when the block raises, nor for an empty batch.
    """

    async def execute(self) -> BatchResult:
        """Send what was collected and return the answer; sends one statement, none for an empty batch."""
        if not len(self):
            return self.finish(BatchResult(applied=True))
        driver = await async_session(self.connection)
        return self.finish(await arun(driver, self.request()))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and (len(self) or self.result is None):
            await self.execute()
