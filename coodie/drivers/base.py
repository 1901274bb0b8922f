"""The contract of a driver: what an adapter must do, and what it may rely on.

A driver is handed statements whose text is final and whose parameters are Python's own values, `UNSET` among them. It
gives back `Rows` with everything that belongs to the result, and raises nothing but errors of `coodie.exceptions`.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod

from coodie.cql.dialect import Server, Target
from coodie.cql.statement import BatchStatement, Statement
from coodie.drivers.retries import Retries
from coodie.rows.rows import Rows


class Arrived:
    """An answer that is there already: what `submit` gives where a driver cannot send ahead."""

    __slots__ = ("_error", "_rows", "elapsed")

    def __init__(self, rows: Rows | None, error: Exception | None, elapsed: float) -> None:
        self._rows, self._error, self.elapsed = rows, error, elapsed

    def result(self) -> Rows:
        """Return the rows, or raise what came instead."""
        if self._rows is None:
            raise self._error or RuntimeError("an answer without rows and without an error")
        return self._rows


class AbstractDriver(ABC):
    """A connection to one cluster. Subclass it to bring a driver of your own.

    `name` is what it is registered under, `driver_type` what `init_coodie` calls it, `server` what answered,
    `consistency` the level used where a statement says none.
    """

    name: str = "default"
    driver_type: str = "custom"
    server: Server = Server()
    consistency: str | None = None

    def __init__(self, keyspace: str | None = None) -> None:
        self.retries = Retries()
        self._target = Target(keyspace, self.server.dialect, self.server.version)

    @property
    def target(self) -> Target:
        """The keyspace of unqualified models, and the dialect of the server."""
        return self._target

    @property
    def keyspace(self) -> str | None:
        """The keyspace of models that name none."""
        return self._target.keyspace

    def describe(self, server: Server) -> None:
        """Remember what server answered; an adapter calls this once, when it has connected."""
        self.server = server
        self._target = Target(self._target.keyspace, server.dialect, server.version)

    def ready(self) -> AbstractDriver:
        """Return a connected driver: this one, or for a lazy one what it connects to."""
        return self

    async def ready_async(self) -> AbstractDriver:
        """Return a connected driver: this one, or for a lazy one what it connects to."""
        return self

    @abstractmethod
    def execute(self, statement: Statement) -> Rows:
        """Send a statement and wait for its rows."""

    @abstractmethod
    async def execute_async(self, statement: Statement) -> Rows:
        """Send a statement and await its rows."""

    @abstractmethod
    def execute_batch(self, batch: BatchStatement) -> Rows:
        """Send bound statements as one batch and wait for the answer."""

    @abstractmethod
    async def execute_batch_async(self, batch: BatchStatement) -> Rows:
        """Send bound statements as one batch and await the answer."""

    def submit(self, statement: Statement | BatchStatement) -> Arrived:
        """Send a statement or a batch; a driver that can returns before the answer is there."""
        started = time.perf_counter()
        try:
            rows = self._waited(statement)
        except Exception as error:  # noqa: BLE001 - kept, and raised by result()
            return Arrived(None, error, time.perf_counter() - started)
        return Arrived(rows, None, time.perf_counter() - started)

    def _waited(self, statement: Statement | BatchStatement) -> Rows:
        if isinstance(statement, BatchStatement):
            return self.execute_batch(statement)
        return self.execute(statement)

    def forked(self) -> None:  # noqa: B027 - most drivers of one's own have nothing to do
        """Let go of what a child process inherited: called in the child, before it does anything else.

        Nothing may be sent or waited for here; the next statement connects anew.
        """

    @abstractmethod
    def close(self) -> None:
        """Close what this driver opened; a session of the application's stays open."""

    @abstractmethod
    async def close_async(self) -> None:
        """Close what this driver opened; a session of the application's stays open."""
