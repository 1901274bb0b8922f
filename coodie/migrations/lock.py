"""One runner at a time: a lock that a dead runner loses by itself, and a living one never."""

from __future__ import annotations

import asyncio
import contextvars
import datetime as dt
import logging
import os
import socket
import threading
import time
import uuid
from types import TracebackType
from typing import Self, TypeVar

from coodie.drivers.base import AbstractDriver
from coodie.exceptions import MigrationError, OperationError
from coodie.execution import run
from coodie.migrations import state
from coodie.operations.request import Request

logger = logging.getLogger("coodie.migrations")
T = TypeVar("T")

SHORTEST_TTL = 3
_LOOK_AGAIN = 0.5
# Servers count a TTL in whole seconds from the beginning of the second: it ends up to a second early.
_ROUNDING = 1


class MigrationLocked(MigrationError):  # noqa: N818 - a state of affairs, like the library's others
    """Another runner is at work; its name and the seconds after which a dead one's lock ends are in the message."""


class MigrationLock:
    """The lock of a keyspace, held for the length of an `async with` block.

    It is a lightweight transaction with a TTL of `ttl` seconds. A thread of its own renews it three times in that
    time, so that not even a migration that blocks the event loop loses it; a runner that is killed renews nothing, and
    the server lets its lock go. `check` tells whether the lock is surely still ours.
    """

    def __init__(self, driver: AbstractDriver, keyspace: str, ttl: int, wait: float = 0.0) -> None:
        self._driver, self._keyspace, self._ttl, self._wait = driver, keyspace, ttl, wait
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._since = dt.datetime.now(dt.UTC)
        self._sure_until = 0.0
        self._lost = False
        self._ended = threading.Event()
        self._heart: threading.Thread | None = None

    async def __aenter__(self) -> Self:
        """Take the lock; wait for it as long as was asked for, then raise `MigrationLocked`."""
        deadline = time.monotonic() + self._wait
        while not await self._take():
            if time.monotonic() + _LOOK_AGAIN > deadline:
                raise MigrationLocked(
                    self._taken(await asyncio.to_thread(self._run, state.holder(self._keyspace)))
                )
            await asyncio.sleep(_LOOK_AGAIN)
        context = contextvars.copy_context()
        self._heart = threading.Thread(
            target=lambda: context.run(self._beat), name="coodie migration lock", daemon=True
        )
        self._heart.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the lock."""
        self._ended.set()
        if self._heart is not None:
            await asyncio.to_thread(self._heart.join)
        try:
            await asyncio.to_thread(self._run, state.release(self._keyspace, self.name))
        except OperationError as failure:
            # What was to be done is done or has its own error; the lock ends by itself.
            logger.warning(
                "the migration lock was not released, it ends in %s seconds: %s", self._ttl, failure
            )

    def check(self) -> None:
        """Raise `MigrationError` unless the lock is surely still ours."""
        if self._lost or time.monotonic() >= self._sure_until:
            raise MigrationError(
                f"this runner ({self.name}) lost the lock of keyspace {self._keyspace}: for {self._ttl} seconds the "
                "server got no sign of life from it, and another runner may be at work; nothing more was sent. "
                "`coodie migrate --status` shows where things stand"
            )

    async def _take(self) -> bool:
        asked = time.monotonic()
        self._since = dt.datetime.now(dt.UTC)
        request = state.take(self._keyspace, self.name, self._since, self._ttl)
        try:
            taken = await asyncio.to_thread(self._run, request)
        except OperationError:
            # A lightweight transaction without an answer may have been applied.
            held = await asyncio.to_thread(self._run, state.holder(self._keyspace))
            if held is None or held.runner != self.name:
                raise
            taken = True
        if taken:
            self._sure_until = asked + self._ttl - _ROUNDING
        return taken

    def _beat(self) -> None:
        pause = self._ttl / 3
        while not self._ended.wait(pause):
            asked = time.monotonic()
            try:
                renewed = self._run(state.renew(self._keyspace, self.name, self._since, self._ttl))
            except OperationError as error:
                logger.warning("the migration lock was not renewed, trying again: %s", error)
                pause = min(1.0, self._ttl / 10)
                continue
            if not renewed:
                self._lost = True
                return
            self._sure_until = asked + self._ttl - _ROUNDING
            pause = self._ttl / 3

    def _run(self, request: Request[T]) -> T:
        return run(self._driver, request)

    def _taken(self, held: state.Holder | None) -> str:
        if held is None:
            return f"another runner held the lock of keyspace {self._keyspace} until just now: run it again"
        host, process, _ = held.runner.rsplit(":", 2)
        since = "" if held.since is None else f" since {held.since:%Y-%m-%d %H:%M:%S} UTC"
        ends = "" if held.ends_in is None else f" in at most {held.ends_in} seconds"
        return (
            f"another runner (process {process} on {host}) migrates keyspace {self._keyspace}{since}; nothing was "
            f"changed. Wait for it (--wait SECONDS); if it was killed, its lock ends by itself{ends}"
        )
