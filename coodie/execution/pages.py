"""Pages: read into a list, or streamed with at most one page ahead."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import CancelledError
from typing import Any, Generic, TypeVar

from coodie.cql.dialect import Target
from coodie.execution.attempts import Attempts
from coodie.execution.observers import watch
from coodie.execution.protocols import AsyncSession, Session
from coodie.execution.single import arun, run
from coodie.operations.request import Request, Streamed
from coodie.results import PagedResult

T = TypeVar("T")
Page = Callable[[bytes | None], Request[PagedResult[T]]]
StreamPage = Callable[[bytes | None], Request[Streamed[T]]]


def collect(session: Session, page: Page[T], state: bytes | None) -> list[T]:
    """Read all pages from `state` on into one list."""
    return collect_rest(session, page, run(session, page(state)))


def collect_rest(session: Session, page: Page[T], first: PagedResult[T]) -> list[T]:
    """Read the pages after the first one into its list."""
    found, data = first, first.data
    while found.paging_state is not None:
        found = run(session, page(found.paging_state))
        data.extend(found.data)
    return data


async def acollect(session: AsyncSession, page: Page[T], state: bytes | None) -> list[T]:
    """Read all pages from `state` on into one list."""
    return await acollect_rest(session, page, await arun(session, page(state)))


async def acollect_rest(session: AsyncSession, page: Page[T], first: PagedResult[T]) -> list[T]:
    """Read the pages after the first one into its list."""
    found, data = first, first.data
    while found.paging_state is not None:
        found = await arun(session, page(found.paging_state))
        data.extend(found.data)
    return data


def stream(
    opened: Callable[[], Session], pages: Callable[[Target], StreamPage[T]], state: bytes | None
) -> Iterator[T]:
    """Give row after row; while the caller works on one page, the next is already on its way, never more."""
    session = opened()
    page = pages(session.target)
    ahead: Submitted[Streamed[T]] | None = Submitted(session, page(state))
    try:
        while ahead is not None:
            found = ahead.finish()
            more = found.paging_state
            ahead = None if more is None else Submitted(session, page(more))
            yield from found.data
    finally:
        if ahead is not None:
            ahead.abandon()


class Submitted(Generic[T]):
    """A request that is on its way: finished once, or abandoned."""

    __slots__ = ("_pending", "_request", "_session", "_watching")

    def __init__(self, session: Session, request: Request[T]) -> None:
        self._request, self._session = request, session
        self._watching = watch(session, request.statement)
        self._pending = session.submit(request.statement)

    def finish(self) -> T:
        """Wait for the result."""
        try:
            rows = self._pending.result()
        except BaseException as error:  # noqa: BLE001 - raised by what counts the attempts
            if self._watching is not None:
                self._watching.end(None, error, self._pending.elapsed)
            attempts = Attempts(self._session, self._request.statement)
            time.sleep(attempts.failed(error))
            return run(self._session, self._request, attempts)
        if self._watching is not None:
            self._watching.end(rows, None, self._pending.elapsed)
        return self._request.decode(rows)

    def abandon(self) -> None:
        """Tell the observers that nobody waits for this answer any more."""
        if self._watching is not None:
            self._watching.end(None, CancelledError("the reader stopped before this page was needed"))


async def astream(
    opened: Callable[[], Awaitable[AsyncSession]],
    pages: Callable[[Target], StreamPage[T]],
    state: bytes | None,
) -> AsyncIterator[T]:
    """Give row after row; while the caller works on one page, the next is already on its way, never more."""
    session = await opened()
    page = pages(session.target)
    pending: asyncio.Task[Streamed[T]] | None = asyncio.ensure_future(arun(session, page(state)))
    try:
        while pending is not None:
            found = await pending
            more = found.paging_state
            pending = None if more is None else asyncio.ensure_future(arun(session, page(more)))
            for row in found.data:
                yield row
    finally:
        if pending is not None:
            # The page that nobody wants any more may fail: that is nobody's error.
            pending.add_done_callback(_forget)
            pending.cancel()


def _forget(task: asyncio.Task[Any]) -> None:
    if not task.cancelled():
        task.exception()
