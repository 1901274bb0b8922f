"""`LazyDriver`: a connection that is opened by its first statement, once, under threads and tasks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from coodie.cql.statement import BatchStatement, Statement
from coodie.drivers.base import AbstractDriver, Arrived
from coodie.rows.rows import Rows


class LazyDriver(AbstractDriver):
    """Stands for a driver that `connect` makes when it is first needed."""

    def __init__(
        self, connect: Callable[[], AbstractDriver], keyspace: str | None = None, driver_type: str = "lazy"
    ) -> None:
        super().__init__(keyspace)
        self.driver_type = driver_type
        self._connect = connect
        self._lock = threading.Lock()
        self._driver: AbstractDriver | None = None

    def ready(self) -> AbstractDriver:
        """Connect, unless that is done; concurrent first callers share one connection."""
        return self._driver or self._connect_once()

    def _connect_once(self) -> AbstractDriver:
        with self._lock:
            if self._driver is None:
                driver = self._connect()
                driver.name = self.name
                self.describe(driver.server)
                self._driver = driver
            return self._driver

    async def ready_async(self) -> AbstractDriver:
        """Connect off the loop, unless that is done."""
        return await asyncio.to_thread(self.ready) if self._driver is None else self._driver

    def execute(self, statement: Statement) -> Rows:
        """Connect if need be, then send."""
        return self.ready().execute(statement)

    async def execute_async(self, statement: Statement) -> Rows:
        """Connect if need be, then send."""
        return await (await self.ready_async()).execute_async(statement)

    def execute_batch(self, batch: BatchStatement) -> Rows:
        """Connect if need be, then send."""
        return self.ready().execute_batch(batch)

    async def execute_batch_async(self, batch: BatchStatement) -> Rows:
        """Connect if need be, then send."""
        return await (await self.ready_async()).execute_batch_async(batch)

    def submit(self, statement: Statement | BatchStatement) -> Arrived:
        """Connect if need be, then send."""
        return self.ready().submit(statement)

    def forked(self) -> None:
        """Hand it on to the connection, if it was ever opened."""
        self._lock = threading.Lock()
        if self._driver is not None:
            self._driver.forked()

    def close(self) -> None:
        """Close the connection, if it was ever opened."""
        if self._driver is not None:
            self._driver.close()

    async def close_async(self) -> None:
        """Close the connection, if it was ever opened."""
        if self._driver is not None:
            await self._driver.close_async()
