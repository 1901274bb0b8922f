"""A driver that lives in memory, and the pages that it answers with."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from typing import Any

from coodie.cql.dialect import Dialect, Server
from coodie.cql.statement import BatchStatement, Statement
from coodie.cqltype import parse_cql_type
from coodie.drivers import AbstractDriver
from coodie.rows.rows import EMPTY, Rows


class MemoryDriver(AbstractDriver):
    """Keeps what it is sent, and answers from `answers` in turn: rows, or an exception to raise; then no rows."""

    driver_type = "memory"

    def __init__(self, *answers: Rows | BaseException, keyspace: str | None = "ks") -> None:
        super().__init__(keyspace)
        self.answers: deque[Rows | BaseException] = deque(answers)
        self.sent: list[Statement | BatchStatement] = []
        self.closed = 0
        self._lock = threading.Lock()

    @property
    def only(self) -> Any:
        """The one statement that was sent."""
        assert len(self.sent) == 1, [getattr(each, "cql", each) for each in self.sent]
        return self.sent[0]

    @property
    def texts(self) -> list[str]:
        """The CQL that was sent."""
        return [each.cql for each in self.sent if isinstance(each, Statement)]

    def speak(self, dialect: Dialect, version: str = "5.0.4") -> MemoryDriver:
        """Pretend to be another server."""
        self.describe(Server(dialect, version))
        return self

    def answer(self, *answers: Rows | BaseException) -> MemoryDriver:
        """Give these answers next."""
        self.answers.extend(answers)
        return self

    def _next(self, statement: Statement | BatchStatement) -> Rows:
        with self._lock:
            self.sent.append(statement)
            answer = self.answers.popleft() if self.answers else EMPTY
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def execute(self, statement: Statement) -> Rows:
        return self._next(statement)

    async def execute_async(self, statement: Statement) -> Rows:
        await asyncio.sleep(0)
        return self._next(statement)

    def execute_batch(self, batch: BatchStatement) -> Rows:
        return self._next(batch)

    async def execute_batch_async(self, batch: BatchStatement) -> Rows:
        await asyncio.sleep(0)
        return self._next(batch)

    def close(self) -> None:
        self.closed += 1

    async def close_async(self) -> None:
        self.closed += 1


def rows_of(
    columns: dict[str, str], *tuples: tuple[Any, ...], state: bytes | None = None, **more: Any
) -> Rows:
    """Make a page from column names with their CQL types, and tuples."""
    types = tuple(map(parse_cql_type, columns.values()))
    return Rows(tuple(columns), types, list(tuples), state, **more)


def applied(yes: bool, columns: dict[str, str] | None = None, *values: Any) -> Rows:  # noqa: FBT001
    """Make the answer of a conditional write."""
    return rows_of({"[applied]": "boolean", **(columns or {})}, (yes, *values))
