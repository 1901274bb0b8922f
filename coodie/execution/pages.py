"""Pages: read into a list, or streamed with at most one page ahead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

from coodie.cql.statement import Statement
from coodie.execution.observers import watch
from coodie.execution.protocols import AsyncSession, Session
from coodie.execution.single import arun, run
from coodie.operations.request import Request
from coodie.results import PagedResult

T = TypeVar("T")
Page = Callable[[bytes | None], Request[PagedResult[T]]]


def collect(session: Session, page: Page[T], state: bytes | None) -> list[T]:
    """Read all pages from `state` on into one list."""
    found = run(session, page(state))
    data = found.data
    while found.paging_state is not None:
        found = run(session, page(found.paging_state))
        data.extend(found.data)
    return data


async def acollect(session: AsyncSession, page: Page[T], state: bytes | None) -> list[T]:
    """Read all pages from `state` on into one list."""
    found = await arun(session, page(state))
    data = found.data
    while found.paging_state is not None:
        found = await arun(session, page(found.paging_state))
        data.extend(found.data)
    return data


def stream(session: Session, page: Page[T], state: bytes | None) -> Iterator[T]:
    """Give row after row; while the caller works on one page, the next is already on its way, never more."""
    finish: Callable[[], PagedResult[T]] | None = submit(session, page(state))
    while finish is not None:
        found = finish()
        finish = None if found.paging_state is None else submit(session, page(found.paging_state))
        yield from found.data


def submit(session: Session, request: Request[T]) -> Callable[[], T]:
    """Send a request; the returned function waits for its result."""
    statement = request.statement
    assert isinstance(statement, Statement)  # noqa: S101 - a page is never a batch
    watching = watch(session, statement)
    pending = session.submit(statement)

    def finish() -> T:
        try:
            rows = pending.result()
        except BaseException as error:
            if watching is not None:
                watching.end(None, error, pending.elapsed)
            raise
        if watching is not None:
            watching.end(rows, None, pending.elapsed)
        return request.decode(rows)

    return finish


async def astream(session: AsyncSession, page: Page[T], state: bytes | None) -> AsyncIterator[T]:
    """Give row after row; while the caller works on one page, the next is already on its way, never more."""
    pending: asyncio.Task[PagedResult[T]] | None = asyncio.ensure_future(arun(session, page(state)))
    try:
        while pending is not None:
            found = await pending
            more = found.paging_state
            pending = None if more is None else asyncio.ensure_future(arun(session, page(more)))
            for row in found.data:
                yield row
    finally:
        if pending is not None:
            pending.cancel()
