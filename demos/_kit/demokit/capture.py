"""The statements of one request: recorded only while its reader has the drawer open."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from coodie.execution import observe
from coodie.observation import describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.observation import Observation

COOKIE = "hood"
HEADER = "x-under-the-hood"

_records: ContextVar[list[dict[str, Any]] | None] = ContextVar("demokit_records", default=None)


@contextmanager
def capture() -> Iterator[list[dict[str, Any]]]:
    """Record the statements sent in this context (the request's task, and the threads it starts)."""
    records: list[dict[str, Any]] = []

    def note(observation: Observation) -> None:
        records.append(describe(observation))

    token = _records.set(records)
    try:
        with observe(note):
            yield records
    finally:
        _records.reset(token)


def recorded() -> list[dict[str, Any]] | None:
    """Return what this request has sent so far; `None` when its drawer is closed."""
    return _records.get()
