"""A logger of statements: all of them when asked, and warnings of slow ones and of large partitions.

`log_statements()` is the warnings; `logging.getLogger("coodie.statements").setLevel(logging.DEBUG)` asks for all.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from coodie.cql.literal import REDACTED, on_one_line
from coodie.cql.statement import BatchStatement, Statement
from coodie.execution import add_observer
from coodie.observation import Observation

logger = logging.getLogger("coodie.statements")
# How many readings are followed from page to page at one time.
MOST_READINGS = 1000


def log_statements(*, slow: float | None = 0.5, large_partition: int | None = 10_000) -> Callable[[], None]:
    """Log the statements of this process to `coodie.statements`; the returned function ends that.

    Each is logged at DEBUG, with its values, rows and milliseconds; values of secret columns are left out. At WARNING:
    a statement that took `slow` seconds or more, and a reading of one partition that has given `large_partition` rows
    or more, page by page, and has not come to its end; neither shows a value. `None` leaves a warning out.
    """
    readings: OrderedDict[tuple[Any, ...], int] = OrderedDict()

    def observed(observation: Observation) -> None:
        if logger.isEnabledFor(logging.DEBUG):
            logger.debug("%s", _Line(observation))
        if slow is not None and observation.duration >= slow:
            text = _text(observation.statement)
            logger.warning("slow: %.0f ms, %s%s", observation.duration * 1000, text, _end(observation))
        if large_partition is not None:
            _follow(readings, observation, large_partition)

    return add_observer(observed)


class _Line:
    """The line of one statement; it is written only when a handler takes it."""

    def __init__(self, observation: Observation) -> None:
        self._observation = observation

    def __str__(self) -> str:
        observation = self._observation
        statement = observation.statement
        level = "" if observation.consistency is None else f" at {observation.consistency}"
        took = f"{observation.duration * 1000:.1f} ms"
        return f"{_text(statement)} {_values(statement)}{level}: {took}{_end(observation)}"


def _text(statement: Statement | BatchStatement) -> str:
    if isinstance(statement, BatchStatement):
        texts = dict.fromkeys(each.cql for each in statement.statements)
        return f"{statement.kind} BATCH of {len(statement.statements)}: {'; '.join(texts)}"
    return " ".join(statement.cql.split())


def _values(statement: Statement | BatchStatement) -> str:
    if isinstance(statement, BatchStatement):
        return " ".join(map(_values, statement.statements))
    markers = statement.shape.markers
    shown = (
        REDACTED if place < len(markers) and markers[place].secret else on_one_line(value)
        for place, value in enumerate(statement.params)
    )
    return f"[{', '.join(shown)}]"


def _end(observation: Observation) -> str:
    if observation.error is not None:
        return f", {type(observation.error).__name__}: {on_one_line(str(observation.error))}"
    rows = observation.rows
    if rows is None or not rows.columns:
        return ""
    more = ", more to come" if rows.paging_state is not None else ""
    return f", {len(rows.tuples)} rows{more}"


def _follow(readings: OrderedDict[tuple[Any, ...], int], observation: Observation, limit: int) -> None:
    """Add up the rows of one partition over the pages of a reading; warn of it once."""
    statement, rows = observation.statement, observation.rows
    if rows is None or isinstance(statement, BatchStatement) or not statement.shape.partition:
        return
    values = [statement.params[place] for _, place in statement.shape.partition]
    if any(isinstance(value, list) for value in values):
        return  # IN: several partitions in one answer
    key = (observation.connection, statement.shape.text, *map(repr, values))
    first = statement.options.paging_state is None
    before = 0 if first else readings.pop(key, limit)
    total = before + len(rows.tuples)
    if rows.paging_state is not None:
        readings[key] = total
        if len(readings) > MOST_READINGS:
            readings.popitem(last=False)
    if before < limit <= total and rows.paging_state is not None:
        named = ", ".join(name for name, _ in statement.shape.partition)
        logger.warning(
            "large partition: %d rows of one %s of table %s so far, and more to come: %s",
            total,
            named,
            statement.shape.table,
            _text(statement),
        )
