"""Many requests at once, a bounded number under way; each outcome is kept, none is lost."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from coodie.execution.pages import Submitted
from coodie.execution.protocols import AsyncSession, Session
from coodie.execution.single import arun
from coodie.operations.request import Request

T = TypeVar("T")
Outcome = Callable[[int, Any], None]


def run_many(session: Session, requests: Iterable[Request[Any]], concurrency: int, outcome: Outcome) -> None:
    """Execute requests with at most `concurrency` under way; `outcome(position, result or error)` is told of each.

    Building a request may fail too: such an error ends the run after what is under way.
    """
    under_way: deque[tuple[int, Submitted[Any]]] = deque()

    def settle() -> None:
        position, submitted = under_way.popleft()
        try:
            result = submitted.finish()
        except Exception as error:  # noqa: BLE001 - handed on
            result = error
        outcome(position, result)

    try:
        for position, request in enumerate(requests):
            if len(under_way) >= concurrency:
                settle()
            try:
                under_way.append((position, Submitted(session, request)))
            except Exception as error:  # noqa: BLE001 - handed on
                outcome(position, error)
    finally:
        while under_way:
            settle()


async def arun_many(
    session: AsyncSession, requests: Iterable[Request[Any]], concurrency: int, outcome: Outcome
) -> None:
    """Execute requests with at most `concurrency` under way; `outcome(position, result or error)` is told of each.

    Building a request may fail too: such an error ends the run after what is under way.
    """
    numbered: Iterator[tuple[int, Request[Any]]] = iter(enumerate(requests))
    failed: list[Exception] = []

    def draw() -> tuple[int, Request[Any]] | None:
        # What drawing raises ends the drawing, and not what the other workers have under way.
        try:
            return None if failed else next(numbered, None)
        except Exception as error:  # noqa: BLE001 - raised below
            failed.append(error)
            return None

    async def work() -> None:
        # All workers draw from one iterator, so a request is built only when it can be sent.
        while (drawn := draw()) is not None:
            position, request = drawn
            try:
                result = await arun(session, request)
            except Exception as error:  # noqa: BLE001 - handed on
                result = error
            outcome(position, result)

    workers = [asyncio.ensure_future(work()) for _ in range(concurrency)]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    if failed:
        raise failed[0]
