"""The adapter of acsylla: async calls run on the loop that awaits them, sync ones over one background loop."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from typing import Any

import acsylla

from coodie.cql.statement import BatchStatement, Statement
from coodie.drivers.acsylla_cluster import cluster_arguments
from coodie.drivers.acsylla_errors import translate
from coodie.drivers.acsylla_session import LoopSession
from coodie.drivers.base import AbstractDriver
from coodie.drivers.bridge import Bridge, Underway, keep_for_ever, to_its_end, unbroken
from coodie.drivers.registry import forget_driver
from coodie.drivers.settings import ConnectionSettings
from coodie.exceptions import ConfigurationError, UnsupportedByDriver
from coodie.rows.rows import Rows

_NO_SHARDS = "Could not retrieve sharding info"


class AcsyllaDriver(AbstractDriver):
    """Executes statements over sessions of acsylla.

    A session of acsylla belongs to one loop, so each loop that awaits a statement opens one when it first does, and
    closes it when the loop shuts down (`asyncio.run` sees to that). The background loop has one of its own.
    """

    def __init__(self, keyspace: str | None, driver_type: str = "acsylla") -> None:
        super().__init__(keyspace)
        self.driver_type = driver_type
        self.consistency = acsylla.Consistency.LOCAL_ONE.name
        self._bridge = Bridge("coodie-acsylla")
        self._given: acsylla.Session | None = None
        self._closed = self._orphaned = False
        self._arguments: dict[str, Any] = {}
        self._sessions: dict[asyncio.AbstractEventLoop, LoopSession] = {}
        self._opening: dict[asyncio.AbstractEventLoop, asyncio.Task[LoopSession]] = {}
        self._leases: dict[asyncio.AbstractEventLoop, AsyncIterator[LoopSession]] = {}

    @classmethod
    def from_session(cls, session: acsylla.Session, keyspace: str | None, driver_type: str) -> AcsyllaDriver:
        """Use a session that the application owns, on the loop that it was made on and no other."""
        driver = cls(keyspace or session.keyspace, driver_type)
        driver._given = session
        return driver

    @classmethod
    def connect(cls, settings: ConnectionSettings, driver_type: str, **given: Any) -> AcsyllaDriver:
        """Connect over the background loop, so that what is wrong is known at once."""
        driver = cls(settings.keyspace, driver_type)
        driver._arguments = cluster_arguments(settings, given)
        try:
            driver.describe(driver._bridge.run(driver._describe()))
        except BaseException:
            driver._bridge.stop()
            raise
        return driver

    async def _describe(self) -> Any:
        return await (await self._here()).server()

    def ready(self) -> AcsyllaDriver:
        """Return this driver; a session of the application's serves coroutines only."""
        if self._given is not None:
            raise UnsupportedByDriver(
                "a session of acsylla belongs to the loop that made it: use coodie.aio, or connect with hosts="
            )
        return self

    async def ready_async(self) -> AcsyllaDriver:
        """Return this driver, when it knows which server a session of the application's reaches."""
        if self._given is not None and not self.server.version:
            self.describe(await self._describe())
        return self

    def execute(self, statement: Statement) -> Rows:
        """Send a statement over the background loop and wait for its rows."""
        return self._bridge.run(self.execute_async(statement))

    def execute_batch(self, batch: BatchStatement) -> Rows:
        """Send a batch over the background loop and wait for the answer."""
        return self._bridge.run(self.execute_batch_async(batch))

    def submit(self, statement: Statement | BatchStatement) -> Underway[Rows]:  # type: ignore[override]
        """Send a statement or a batch over the background loop and return before the answer is there."""
        if isinstance(statement, BatchStatement):
            return self._bridge.submit(self.execute_batch_async(statement))
        return self._bridge.submit(self.execute_async(statement))

    async def execute_async(self, statement: Statement) -> Rows:
        """Send a statement on the running loop and await its rows."""
        session = self._sessions.get(asyncio.get_running_loop()) or await self._here()
        return await session.execute(statement)

    async def execute_batch_async(self, batch: BatchStatement) -> Rows:
        """Send bound statements as one batch on the running loop and await the answer."""
        session = self._sessions.get(asyncio.get_running_loop()) or await self._here()
        return await session.execute_batch(batch)

    async def _here(self) -> LoopSession:
        """Return the session of the running loop; tasks that come first share one opening."""
        loop = asyncio.get_running_loop()
        if loop in self._sessions:
            return self._sessions[loop]
        if self._closed:
            raise ConfigurationError(f"the connection {self.name!r} is closed: call init_coodie() again")
        if self._orphaned:
            raise ConfigurationError(
                "the session that was given belongs to the process that made it, and this is a child of that one: "
                "connect in the child"
            )
        if self._given is not None:
            return self._adopt(loop, self._given)
        if loop not in self._opening:
            self._opening[loop] = asyncio.ensure_future(self._open(loop))
        return await asyncio.shield(self._opening[loop])

    def _adopt(self, loop: asyncio.AbstractEventLoop, given: acsylla.Session) -> LoopSession:
        if self._sessions:
            raise ConfigurationError("a session of acsylla belongs to one loop, and another uses this one")
        self._sessions[loop] = LoopSession(given, self.keyspace, owned=False)
        return self._sessions[loop]

    async def _open(self, loop: asyncio.AbstractEventLoop) -> LoopSession:
        try:
            self._forget_closed_loops()
            lease = self._lease(loop)
            session = await anext(lease)
            self._leases[loop], self._sessions[loop] = lease, session
            return session
        finally:
            del self._opening[loop]

    async def _lease(self, loop: asyncio.AbstractEventLoop) -> AsyncIterator[LoopSession]:
        """Hold a session for a loop. A loop that shuts down closes its asynchronous generators, and this with them.

        A connect that is cancelled would block the thread for ever inside acsylla, so it always goes to its end.
        """
        try:
            cluster = acsylla.create_cluster(**self._arguments)
        except (TypeError, ValueError, acsylla.errors.CassException) as error:
            raise ConfigurationError(f"init_coodie: {error}") from error
        opening = unbroken(cluster.create_session())
        try:
            session = await to_its_end(opening)
        except BaseException as error:
            if opening.exception() is None:  # it was this task that was cancelled
                await opening.result().close()
            cluster.destroy()
            if isinstance(error, Exception):
                raise translate(error) from error
            raise
        try:
            yield LoopSession(session, self.keyspace, owned=True)
        finally:
            self._sessions.pop(loop, None)
            self._leases.pop(loop, None)
            await session.close()
            cluster.destroy()

    def _forget_closed_loops(self) -> None:
        for loop in [loop for loop in self._sessions if loop.is_closed()]:
            del self._sessions[loop], self._leases[loop]

    def forked(self) -> None:
        """Keep the parent's sessions without touching them; every loop of this process opens one of its own."""
        for held in (*self._leases.values(), *self._sessions.values(), *self._opening.values(), self._given):
            keep_for_ever(held)
        gc.freeze()  # sessions that were closed, but not freed yet, would wait for the parent's threads too
        self._bridge.abandon()
        self._sessions, self._leases, self._opening = {}, {}, {}
        self._orphaned = self._given is not None

    def close(self) -> None:
        """Close the session of the background loop, and its thread; those of other loops close with them."""
        self._closed = True
        self._bridge.stop()
        forget_driver(self)

    async def close_async(self) -> None:
        """Close the sessions of the running loop and of the background loop."""
        self._closed = True
        lease: Any = self._leases.get(asyncio.get_running_loop())
        if lease is not None:
            await lease.aclose()
        await asyncio.to_thread(self.close)


def _about_shards(record: logging.LogRecord) -> bool:
    """Leave out that Cassandra has no shards, which acsylla says of each connection."""
    return _NO_SHARDS not in record.getMessage()


logging.getLogger("acsylla").addFilter(_about_shards)
