"""How many statements a piece of code sends, and which."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from coodie.cql.statement import BatchStatement
from coodie.execution import add_observer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.observation import Observation


@contextmanager
def assert_statements(count: int | None = None, *, at_most: int | None = None) -> Iterator[list[Observation]]:
    """Fail unless the block sends exactly `count` statements, or `at_most` so many; the error lists what was sent.

    A batch is one statement, and so is each page and each attempt. Statements of every thread and task of this process
    count, also those of an application that a test client runs beside the test. The list that is given fills while the
    block runs; without a number it is for looking only.
    """
    sent: list[Observation] = []
    stop = add_observer(sent.append)
    try:
        yield sent
    finally:
        stop()
    if (count is not None and len(sent) != count) or (at_most is not None and len(sent) > at_most):
        wanted = f"{count}" if count is not None else f"at most {at_most}"
        raise AssertionError(f"{len(sent)} statements were sent, not {wanted}:\n{_listed(sent)}")


def _listed(sent: list[Observation]) -> str:
    return "\n".join(f"  {number}. {_text(each)}" for number, each in enumerate(sent, 1)) or "  (none)"


def _text(observation: Observation) -> str:
    statement = observation.statement
    failed = "" if observation.error is None else f"  -- {type(observation.error).__name__}"
    if isinstance(statement, BatchStatement):
        return f"a {statement.kind} batch of {len(statement.statements)} statements{failed}"
    return f"{statement.cql}{failed}"
