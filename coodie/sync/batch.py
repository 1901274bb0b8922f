# Generated from coodie/aio/batch.py by tools/unasync.py; change that file instead.
"""A batch as a context manager: collected inside the block, sent at its end."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from coodie.core.batch import BatchCore
from coodie.drivers.registry import sync_session
from coodie.execution import run
from coodie.results import BatchResult


class BatchQuery(BatchCore):
    """Send several writes as one batch of bound statements.

    A logged batch is applied as a whole in the end, even when a coordinator fails; an unlogged one only saves round
    trips, and only within a partition. `batch_type="COUNTER"` takes increments. With a `timestamp`, in microseconds
    since the epoch, all writes have it. Nothing is sent when the block raises, nor for an empty batch.
    """

    def execute(self) -> BatchResult:
        """Send what was collected and return the answer; sends one statement, none for an empty batch."""
        if not len(self):
            return self.finish(BatchResult(applied=True))
        driver = sync_session(self.connection)
        return self.finish(run(driver, self.request()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and (len(self) or self.result is None):
            self.execute()
