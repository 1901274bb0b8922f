"""What the pages and the API do with the tables: each function says what it reads."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, date, datetime
from typing import Any

from models import Day, Kind, Reading, Sensor, Site
from pydantic import BaseModel, Field

from coodie import PagedResult
from coodie.aio import AsyncBatchQuery

FLEET, SHOWN_DAYS, PAGE = 12, 14, 5000
UNITS: dict[Kind, str] = {"temperature": "°C", "humidity": "%", "pressure": "bar", "flow": "l/s"}
_buckets: dict[tuple[str, date], asyncio.Lock] = defaultdict(asyncio.Lock)


class Latest(BaseModel):
    """A sensor with its newest reading; nulls when that has expired."""

    id: str
    kind: str
    unit: str
    taken: datetime | None
    value: float | None = Field(examples=[21.5])


async def fleet(site: Site, state: bytes | None) -> PagedResult[Sensor]:
    """Read a page of a site's sensors: one partition."""
    return await Sensor.find(site=site).fetch_size(FLEET).page(state).paged_all()


async def latest(sensors: Iterable[Sensor]) -> list[Latest]:
    """Read the newest reading of each sensor: the first row of each newest bucket, all with one statement."""
    known = {sensor.id: sensor for sensor in sensors}
    days = sorted({sensor.last for sensor in known.values()})
    newest: dict[str, Reading] = {}
    if known:
        found = Reading.find(sensor__in=list(known), day__in=days).per_partition_limit(1)
        async for reading in found:
            if reading.sensor not in newest or newest[reading.sensor].taken < reading.taken:
                newest[reading.sensor] = reading
    return [
        Latest(
            id=sensor.id,
            kind=sensor.kind,
            unit=UNITS[sensor.kind],
            taken=newest[sensor.id].taken if sensor.id in newest else None,
            value=newest[sensor.id].value if sensor.id in newest else None,
        )
        for sensor in known.values()
    ]


async def buckets(sensors: Iterable[Sensor]) -> dict[str, dict[date, Day]]:
    """Read the last days of each sensor: the first rows of each partition, all with one statement."""
    found: dict[str, dict[date, Day]] = {sensor.id: {} for sensor in sensors}
    if found:
        async for each in Day.find(sensor__in=list(found)).per_partition_limit(SHOWN_DAYS):
            found[each.sensor][each.day] = each
    return found


async def one(sensor_id: str) -> Sensor:
    """Find a sensor by its id, whichever site it is of."""
    return await Sensor.find(site__in=["works", "load"], id=sensor_id).one()


async def days(sensor: str, count: int = SHOWN_DAYS) -> list[Day]:
    """Read what stays of the last days, newest first."""
    return await Day.find(sensor=sensor).limit(count).all()


async def pages(sensor: str, day: date) -> AsyncIterator[list[tuple[datetime, float]]]:
    """Read a bucket page by page, oldest first: however long it is, one page is all that is held."""
    asked = (
        Reading.find(sensor=sensor, day=day).order_by("taken").fetch_size(PAGE).values_list("taken", "value")
    )
    state = None
    while True:
        found = await asked.page(state).paged_all()
        if found.data:
            yield found.data
        state = found.paging_state
        if state is None:
            return


async def left(sensor: str, day: date) -> int | None:
    """Read how many seconds the newest reading of a bucket still has to live."""
    ttls = await Reading.find(sensor=sensor, day=day).limit(1).values_list("TTL(value)", flat=True).all()
    return ttls[0] if ttls else None


async def record(sensor: Sensor, taken: datetime, value: float) -> Reading:
    """Write a reading into its bucket, and the bucket's summary anew."""
    taken = taken.astimezone(UTC)
    reading = Reading(sensor=sensor.id, day=taken.date(), taken=taken, value=value)
    async with _buckets[sensor.id, reading.day]:
        await reading.save()
        await summarise(sensor.id, reading.day)
    if reading.day >= sensor.last:
        await Sensor(site=sensor.site, id=sensor.id, kind=sensor.kind, last=reading.day).save()
    return reading


async def record_day(sensor: str, day: date, readings: Iterable[tuple[datetime, float]]) -> None:
    """Write readings of one bucket as one unlogged batch: one partition, so the server has one thing to do."""
    async with AsyncBatchQuery(logged=False) as batch:
        for taken, value in readings:
            await Reading(sensor=sensor, day=day, taken=taken, value=value).save(batch=batch)


async def summarise(sensor: str, day: date) -> None:
    """Let the server add up a bucket, and keep what it says."""
    found: Any = await Reading.find(sensor=sensor, day=day).aggregate(
        readings="count(*)", low="min(value)", mean="avg(value)", high="max(value)"
    )
    if found["readings"]:
        await Day(sensor=sensor, day=day, **found).save()


async def forget(sensor: str, day: date) -> None:
    """Delete a bucket: one partition, one statement, however many readings."""
    await Reading.find(sensor=sensor, day=day).delete()
