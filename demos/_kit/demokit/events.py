"""Server-sent events: a response that goes on for as long as somebody watches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastapi.responses import StreamingResponse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MEDIA: Final = "text/event-stream"


def event(name: str, data: str) -> str:
    """Write one event; a script hears it by its name, with `data` in one piece however many lines it has."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {name}\n{lines}\n"


def stream(events: AsyncIterator[str]) -> StreamingResponse:
    """Answer with events until `events` ends or the reader has gone."""
    return StreamingResponse(events, media_type=MEDIA, headers={"Cache-Control": "no-store"})
