"""Server-sent events: a response that goes on for as long as somebody watches, or until the server is told to end."""

from __future__ import annotations

import asyncio
import signal
import threading
from typing import TYPE_CHECKING, Any, Final

from fastapi.responses import StreamingResponse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MEDIA: Final = "text/event-stream"
# The signals that were heard. A list, for a second signal may come within the handler of the first: an Event's lock,
# which is held there, would be waited for for ever.
_heard: Final[list[int]] = []


def heed_signals() -> None:
    """Let every stream end when the server is told to, which otherwise waits for those who watch.

    The handlers that are there, the server's own, are called next. Only the main thread hears signals.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(number)

        def end(heard: int, frame: Any, before: Any = before) -> None:
            _heard.append(heard)
            before(heard, frame)

        if callable(before):
            signal.signal(number, end)


async def ticks(seconds: float) -> AsyncIterator[None]:
    """Tick at once and then every so often, until the server is told to end."""
    while not _heard:
        yield
        await asyncio.sleep(seconds)


def event(name: str, data: str) -> str:
    """Write one event; a script hears it by its name, with `data` in one piece however many lines it has."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {name}\n{lines}\n"


def stream(events: AsyncIterator[str]) -> StreamingResponse:
    """Answer with events until `events` ends or the reader has gone."""
    return StreamingResponse(events, media_type=MEDIA, headers={"Cache-Control": "no-store"})
