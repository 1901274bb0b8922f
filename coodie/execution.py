"""Running requests and plans: the only place where the two colours differ, and where observers listen."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol, TypeVar

from coodie.observation import Observation

if TYPE_CHECKING:
    from coodie.cql.statement import BatchStatement, Statement
    from coodie.operations.request import Plan, Request
    from coodie.rows.rows import Rows

T = TypeVar("T")
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
