"""What execution needs of a driver: a contract that the drivers' base class keeps."""

from __future__ import annotations

from typing import Protocol

from coodie.cql.dialect import Target
from coodie.cql.statement import BatchStatement, Statement
from coodie.rows.rows import Rows


class Retrying(Protocol):
    """What decides whether a statement is sent again."""

    def pause(self, error: BaseException, statement: Statement | BatchStatement, sent: int) -> float | None:
        """Return the seconds to wait before a statement that was `sent` so often is sent again, `None` for never."""


class Described(Protocol):
    """What an observer is told of a connection."""

    name: str
    driver_type: str

    @property
    def target(self) -> Target:
        """The server and keyspace that statements are written for."""

    @property
    def retries(self) -> Retrying:
        """What decides whether a statement is sent again."""

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

    def submit(self, statement: Statement | BatchStatement) -> Pending:
        """Send a statement or a batch and return before its answer is there."""


class AsyncSession(Described, Protocol):
    """What async execution needs of a driver."""

    async def execute_async(self, statement: Statement) -> Rows:
        """Send a statement and await its rows."""

    async def execute_batch_async(self, batch: BatchStatement) -> Rows:
        """Send a batch and await its answer."""
