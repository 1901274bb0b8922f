"""Down-sampling: any number of readings become at most so many points, each the low, mean and high of its stretch.

Readings pass by one page at a time, so a month at a reading a second takes no more memory than an hour.
"""

from datetime import UTC, date, datetime, time, timedelta

import sensors
from pydantic import BaseModel, Field


class Series(BaseModel):
    """A chart's columns, oldest first; `at` is seconds since the epoch, as uPlot wants it."""

    readings: int = Field(description="How many were read", examples=[2016])
    pages: int = Field(description="In how many pages", examples=[7])
    held: int = Field(description="How many were in memory at once, at most", examples=[288])
    at: list[float] = []
    low: list[float] = []
    mean: list[float] = []
    high: list[float] = []


async def series(sensor: str, last: date, days: int, points: int) -> Series:
    """Read the buckets of `days` days up to `last`, oldest first, and keep at most `points` points."""
    found = Series(readings=0, pages=0, held=0)
    start = datetime.combine(last - timedelta(days=days - 1), time(), UTC).timestamp()
    width = days * 86_400 / points
    stretch, count, total, low, high = -1, 0, 0.0, 0.0, 0.0
    for number in range(days):
        async for page in sensors.pages(sensor, last - timedelta(days=days - 1 - number)):
            found.pages, found.held = found.pages + 1, max(found.held, len(page))
            found.readings += len(page)
            for at, value in page:
                place = int((at.timestamp() - start) / width)
                if place != stretch:
                    _keep(found, start + (stretch + 0.5) * width, count, total, low, high)
                    stretch, count, total, low, high = place, 0, 0.0, value, value
                count, total, low, high = count + 1, total + value, min(low, value), max(high, value)
    _keep(found, start + (stretch + 0.5) * width, count, total, low, high)
    return found


def _keep(found: Series, at: float, count: int, total: float, low: float, high: float) -> None:
    if count:
        found.at.append(at)
        found.low.append(low)
        found.mean.append(total / count)
        found.high.append(high)
