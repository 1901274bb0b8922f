"""A loop in a thread of its own, over which sync callers reach a driver that only knows coroutines."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import ctypes
import threading
import time
import weakref
from collections.abc import Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, Generic, TypeVar

from coodie.exceptions import Unavailable

T = TypeVar("T")
_at_end = threading.Event()
_SHORTEST = 0.01  # seconds; acsylla and scylladb-rs-driver count whole milliseconds
_bridges: weakref.WeakSet[Bridge] = weakref.WeakSet()


class Bridge:
    """One background loop; it starts with the first call and ends with `stop()`.

    The thread is a daemon, so that a program that forgot `stop()` still ends: the interpreter then stops it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        _bridges.add(self)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Execute a coroutine on the background loop and wait for what it gives."""
        return self.submit(work).result()

    def submit(self, work: Coroutine[Any, Any, T]) -> Underway[T]:
        """Start a coroutine on the background loop."""
        try:
            loop = self._running()
        except Unavailable:
            work.close()
            raise
        if threading.current_thread() is self._thread:
            work.close()
            raise RuntimeError(
                "a sync call cannot wait in the thread that would answer it: await the async one"
            )
        return Underway(asyncio.run_coroutine_threadsafe(work, loop))

    def stop(self) -> None:
        """Cancel what is under way, let asynchronous generators clean up, and end the thread."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is not None and thread is not None:
            # The loop may have ended by itself: nothing is left to stop then.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(loop.stop)
            thread.join()

    def abandon(self) -> None:
        """Forget a thread that this process, a child, does not have; the loop that it served is never closed."""
        keep_for_ever(self._loop)
        self._lock = threading.Lock()
        self._loop = self._thread = None

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                if _at_end.is_set():
                    raise Unavailable("the connection was closed: the program is at its end")
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=_serve, args=(self._loop,), name=self._name, daemon=True
                )
                self._thread.start()
            return self._loop


class Underway(Generic[T]):
    """A coroutine under way on a background loop; `elapsed` is the seconds that it took."""

    __slots__ = ("_future", "_started", "elapsed")

    def __init__(self, future: Future[T]) -> None:
        self._future = future
        self._started = time.perf_counter()
        self.elapsed = 0.0

    def result(self) -> T:
        """Wait for what it gives; when the waiting is interrupted, so is the work."""
        try:
            return self._future.result()
        except CancelledError:
            raise Unavailable("the connection was closed before an answer came") from None
        except BaseException:
            self._future.cancel()
            raise
        finally:
            self.elapsed = time.perf_counter() - self._started


def no_longer_than(timeout: float | None) -> contextlib.AbstractAsyncContextManager[Any]:
    """Keep a time limit that a driver's own timer is too coarse for; that one keeps the longer limits."""
    if timeout is None or timeout >= _SHORTEST:
        return contextlib.nullcontext()
    return asyncio.timeout(timeout)


def keep_for_ever(thing: object) -> None:
    """Never free an object: in a child process, freeing would wait for threads that only the parent has."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))


def unbroken(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """Start a coroutine as a task that the end of its loop does not cancel; whoever started it sees to its end."""
    task = asyncio.ensure_future(work)
    asyncio.tasks._unregister_task(task)  # noqa: SLF001 - documented under "Extending asyncio"
    return task


async def to_its_end(task: asyncio.Task[T]) -> T:
    """Await a task even when this one is cancelled meanwhile; that is raised afterwards."""
    interrupted = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            interrupted = error
    if interrupted is not None:
        raise interrupted
    return task.result()


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        asyncio.set_event_loop(None)
        loop.close()


@atexit.register
def _stop_all() -> None:
    _at_end.set()
    for bridge in list(_bridges):
        bridge.stop()
