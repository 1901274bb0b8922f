"""A flood: up to a million readings of one sensor, written in the background, one at a time for the whole app."""

import asyncio
import math
from contextvars import Context
from datetime import UTC, datetime, time, timedelta
from time import perf_counter

import sensors
from models import RAW_DAYS, Sensor
from pydantic import BaseModel, Field

SENSOR, BATCH, AT_ONCE = "load-generator", 60, 16


class Progress(BaseModel):
    """How far a flood is."""

    wanted: int = Field(description="How many readings it is to write", examples=[20000])
    written: int = 0
    seconds: float = 0.0
    running: bool = False
    error: str | None = None

    @property
    def per_second(self) -> int:
        """Readings a second so far."""
        return round(self.written / self.seconds) if self.seconds else 0


class BusyError(RuntimeError):
    """A flood is under way already."""


class Flood:
    """The one flood of this process."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self, readings: int) -> Progress:
        """Begin to write; the task has a context of its own, or a request's open drawer would record all of it."""
        if self.progress and self.progress.running:
            raise BusyError
        self.progress = Progress(wanted=readings, running=True)
        self._task = asyncio.get_running_loop().create_task(self._run(self.progress), context=Context())
        return self.progress

    async def stop(self) -> None:
        """End with the app."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, progress: Progress) -> None:
        started = perf_counter()
        today = datetime.now(UTC).date()
        days = [today - timedelta(days=ago) for ago in range(RAW_DAYS - 1, 0, -1)]
        step = len(days) * 86_400 / progress.wanted
        starts = iter(range(0, progress.wanted, BATCH))
        first = datetime.combine(days[0], time(), UTC)

        async def work() -> None:
            for start in starts:
                numbers = range(start, min(start + BATCH, progress.wanted))
                moments = [first + timedelta(seconds=round(number * step, 3)) for number in numbers]
                for day in dict.fromkeys(moment.date() for moment in moments):
                    values = [(at, value(at)) for at in moments if at.date() == day]
                    await sensors.record_day(SENSOR, day, values)
                    progress.written += len(values)
                progress.seconds = perf_counter() - started

        try:
            for day in days:
                await sensors.forget(SENSOR, day)
            await asyncio.gather(*(work() for _ in range(AT_ONCE)))
            for day in days:
                await sensors.summarise(SENSOR, day)
            await Sensor(site="load", id=SENSOR, kind="flow", last=days[-1]).save()
        except Exception as error:
            progress.error = str(error)
            raise
        finally:
            progress.seconds, progress.running = perf_counter() - started, False


def value(at: datetime) -> float:
    """Make a reading up: a daily wave, a weekly one, and a ripple."""
    moment = at.timestamp()
    day, week = math.sin(moment * math.tau / 86_400), math.sin(moment * math.tau / 604_800)
    return round(40 + 12 * day + 5 * week + 3 * math.sin(moment / 97) * math.cos(moment / 1013), 3)
