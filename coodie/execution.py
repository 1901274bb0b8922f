"""Running requests and plans: the only place where the two colours differ, and where observers listen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

from coodie.cql.statement import BatchStatement, Statement
from coodie.observation import Observation
from coodie.operations.request import Plan, Request
from coodie.results import PagedResult
from coodie.rows.rows import Rows

T = TypeVar("T")
Observer = Callable[[Observation], None]
Page = Callable[[bytes | None], Request[PagedResult[T]]]

_everywhere: tuple[Observer, ...] = ()
_here: ContextVar[tuple[Observer, ...]] = ContextVar("coodie_observers", default=())


class Described(Protocol):
    """What an observer is told of a connection."""

    name: str
    driver_type: str

    @property
    def consistency(self) -> str | None:
        """The level used where a statement says none."""


class Pending(Protocol):
    """An answer on its way; `elapsed` is the seconds it took, known once it is there."""

    elapsed: float

    def result(self) -> Rows:
        """Wait for the rows."""


class Session(Described, Protocol):
    """What sync execution needs of a driver."""

    def execute(self, statement: Statement) -> Rows:
        """Send a statement and wait for its rows."""

    def execute_batch(self, batch: BatchStatement) -> Rows:
        """Send a batch and wait for its answer."""

    def submit(self, statement: Statement) -> Pending:
        """Send a statement and return before its answer is there."""


class AsyncSession(Described, Protocol):
    """What async execution needs of a driver."""

    async def execute_async(self, statement: Statement) -> Rows:
        """Send a statement and await its rows."""

    async def execute_batch_async(self, batch: BatchStatement) -> Rows:
        """Send a batch and await its answer."""


def add_observer(observer: Observer) -> Callable[[], None]:
    """Tell `observer` of every statement of this process; the returned function ends that."""
    global _everywhere  # noqa: PLW0603 - one tuple, exchanged whole, is the registry
    _everywhere = (*_everywhere, observer)

    def remove() -> None:
        global _everywhere  # noqa: PLW0603
        kept = list(_everywhere)
        kept.remove(observer)
        _everywhere = tuple(kept)

    return remove


@contextmanager
def observe(observer: Observer) -> Iterator[None]:
    """Tell `observer` of the statements of this context (thread, task and what they start) while it is open."""
    token = _here.set((*_here.get(), observer))
    try:
        yield
    finally:
        _here.reset(token)


class _Watch:
    """One statement under observation: made before it is sent, told how it ended."""

    __slots__ = ("_observers", "_session", "_started", "_statement", "_ticks")

    def __init__(
        self, observers: tuple[Observer, ...], session: Described, statement: Statement | BatchStatement
    ) -> None:
        self._observers, self._session, self._statement = observers, session, statement
        self._started, self._ticks = time.time(), time.perf_counter()

    def end(
        self, rows: Rows | None, error: BaseException | None = None, elapsed: float | None = None
    ) -> None:
        """Tell the observers."""
        took = time.perf_counter() - self._ticks if elapsed is None else elapsed
        session = self._session
        level = self._statement.options.consistency or session.consistency
        seen = Observation(
            self._statement, rows, error, self._started, took, session.name, session.driver_type, level
        )
        for observer in self._observers:
            observer(seen)


def _watch(session: Described, statement: Statement | BatchStatement) -> _Watch | None:
    observers = _everywhere + _here.get()
    return _Watch(observers, session, statement) if observers else None


def run(session: Session, request: Request[T]) -> T:
    """Execute a request and wait for its result."""
    statement = request.statement
    send: Callable[[Any], Rows] = (
        session.execute_batch if isinstance(statement, BatchStatement) else session.execute
    )
    watch = _watch(session, statement)
    if watch is None:
        return request.decode(send(statement))
    try:
        rows = send(statement)
    except BaseException as error:
        watch.end(None, error)
        raise
    watch.end(rows)
    return request.decode(rows)


async def arun(session: AsyncSession, request: Request[T]) -> T:
    """Execute a request and await its result."""
    statement = request.statement
    send: Any = (
        session.execute_batch_async if isinstance(statement, BatchStatement) else session.execute_async
    )
    watch = _watch(session, statement)
    if watch is None:
        return request.decode(await send(statement))
    try:
        rows = await send(statement)
    except BaseException as error:
        watch.end(None, error)
        raise
    watch.end(rows)
    return request.decode(rows)


def _rows(rows: Rows) -> Rows:
    return rows


def run_plan(session: Session, plan: Plan[T]) -> T:
    """Execute a plan step by step; an error is thrown into it, so that it can clean up or go on."""
    try:
        statement = next(plan)
        while True:
            try:
                rows = run(session, Request(statement, _rows))
            except Exception as error:  # noqa: BLE001 - forwarded, never swallowed
                statement = plan.throw(error)
            else:
                statement = plan.send(rows)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        plan.close()


async def arun_plan(session: AsyncSession, plan: Plan[T]) -> T:
    """Execute a plan step by step; an error is thrown into it, so that it can clean up or go on."""
    try:
        statement = next(plan)
        while True:
            try:
                rows = await arun(session, Request(statement, _rows))
            except Exception as error:  # noqa: BLE001 - forwarded, never swallowed
                statement = plan.throw(error)
            else:
                statement = plan.send(rows)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        plan.close()


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
    finish: Callable[[], PagedResult[T]] | None = _submit(session, page(state))
    while finish is not None:
        found = finish()
        finish = None if found.paging_state is None else _submit(session, page(found.paging_state))
        yield from found.data


def _submit(session: Session, request: Request[T]) -> Callable[[], T]:
    statement = request.statement
    assert isinstance(statement, Statement)  # noqa: S101 - a page is never a batch
    watch = _watch(session, statement)
    pending = session.submit(statement)

    def finish() -> T:
        try:
            rows = pending.result()
        except BaseException as error:
            if watch is not None:
                watch.end(None, error, pending.elapsed)
            raise
        if watch is not None:
            watch.end(rows, None, pending.elapsed)
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
