import asyncio
import signal
from collections.abc import AsyncIterator

import pytest
from demokit import events


@pytest.mark.parametrize(
    ("data", "written"),
    [
        ("one", "event: news\ndata: one\n\n"),
        ("one\ntwo", "event: news\ndata: one\ndata: two\n\n"),
        ("", "event: news\ndata: \n\n"),
    ],
)
def test_an_event_is_one_piece_however_many_lines_it_has(data: str, written: str) -> None:
    assert events.event("news", data) == written


def test_a_stream_is_what_browsers_listen_to_and_is_not_kept() -> None:
    async def news() -> AsyncIterator[str]:
        yield events.event("news", "one")

    async def heard() -> list[object]:
        answer = events.stream(news())
        assert answer.headers["content-type"].startswith(events.MEDIA)
        assert answer.headers["cache-control"] == "no-store"
        return [part async for part in answer.body_iterator]

    assert asyncio.run(heard()) == ["event: news\ndata: one\n\n"]


def test_streams_end_when_the_server_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.setattr(events, "_heard", [])

    async def ticked() -> int:
        count = 0
        async for _ in events.ticks(0.001):
            count += 1
            if count == 3:
                signal.raise_signal(signal.SIGTERM)
        return count

    def hear(number: int, _: object) -> None:
        heard.append(number)
        if len(heard) == 1:
            signal.raise_signal(number)  # an impatient one sends it again at once

    try:
        signal.signal(signal.SIGTERM, hear)
        events.heed_signals()
        assert asyncio.run(ticked()) == 3
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert heard == [signal.SIGTERM] * 2
