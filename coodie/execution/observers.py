"""Who is told of each statement, and the watch that is kept on one while it is under way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from coodie.cql.statement import BatchStatement, Statement
from coodie.exceptions import InvalidQueryError
from coodie.execution.protocols import Described
from coodie.observation import Observation
from coodie.rows.rows import Rows

Observer = Callable[[Observation], None]

_everywhere: tuple[Observer, ...] = ()
_here: ContextVar[tuple[Observer, ...]] = ContextVar("coodie_observers", default=())


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


class Watch:
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
        """Tell the observers, unless the statement was refused before it was sent."""
        if isinstance(error, InvalidQueryError):
            return
        took = time.perf_counter() - self._ticks if elapsed is None else elapsed
        session = self._session
        level = self._statement.options.consistency or session.consistency
        seen = Observation(
            self._statement, rows, error, self._started, took, session.name, session.driver_type, level
        )
        for observer in self._observers:
            observer(seen)


def watch(session: Described, statement: Statement | BatchStatement) -> Watch | None:
    """Watch a statement that is about to be sent, or return `None` where nobody listens."""
    observers = _everywhere + _here.get()
    return Watch(observers, session, statement) if observers else None
