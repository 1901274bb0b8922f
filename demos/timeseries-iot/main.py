"""The pages: a map of buckets, a sensor with its chart, and a flood of readings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

import api
import sensors
from api import Days, FloodIn
from demokit import database
from demokit.demo import Demo
from demokit.fastapi import create_app
from fastapi import Form, Query, Request
from fastapi.responses import Response
from flood import SENSOR, Flood
from models import MODELS, RAW_DAYS, SensorId, Site, Value
from pydantic import BaseModel

flood = Flood()


@asynccontextmanager
async def resources(demo: Demo) -> AsyncIterator[None]:
    """Connect; at the end a flood that is under way ends first."""
    async with database.connected(demo):
        yield
        await flood.stop()


demo = Demo(__file__, promise="a million readings, one day at a time", models=MODELS, port=8010)
app, page = create_app(
    demo, resources=resources, openapi_tags=[{"name": name} for name in ("sensors", "readings", "flood")]
)
app.include_router(api.router(demo.tokens, flood))
RANGES = ((1, "a day"), (7, "a week"), (30, "a month"))


class Sent(BaseModel):
    """The form of a reading."""

    value: Value


@app.get("/", include_in_schema=False)
async def home(
    request: Request,
    site: Site = "works",
    token: Annotated[str | None, Query(max_length=4000)] = None,
) -> Response:
    """Show the sensors of a site, their newest readings, and the map of their buckets."""
    found = await sensors.fleet(site, demo.tokens.read(token, site))
    buckets = await sensors.buckets(found.data)
    newest = max((sensor.last for sensor in found.data), default=datetime.now(UTC).date())
    days = [newest - timedelta(days=ago) for ago in range(sensors.SHOWN_DAYS - 1, -1, -1)]
    return page(
        request,
        "index.html",
        part="partials/map.html",
        site=site,
        latest=await sensors.latest(found.data),
        buckets=buckets,
        days=days,
        most=max((day.readings for row in buckets.values() for day in row.values()), default=0),
        next_token=demo.tokens.write(found.paging_state, site),
        paged=token is not None,
        flood=flood.progress,
    )


@app.get("/sensors/{sensor_id}", include_in_schema=False)
async def show(request: Request, sensor_id: SensorId, days: Days = 7, last: date | None = None) -> Response:
    """Show a sensor: its chart over some buckets, and what stays of its days."""
    return page(request, "sensor.html", part="partials/sensor.html", **await _sensor(sensor_id, days, last))


@app.post("/sensors/{sensor_id}/readings", include_in_schema=False)
async def record(request: Request, sensor_id: SensorId, sent: Annotated[Sent, Form()]) -> Response:
    """Write a reading, taken now."""
    sensor = await sensors.one(sensor_id)
    reading = await sensors.record(sensor, api.moment(None), sent.value)
    toast = f"{reading.value:g} {sensors.UNITS[sensor.kind]} is in the bucket {reading.day}."
    context = await _sensor(sensor_id, 1, reading.day)
    path = f"/sensors/{sensor_id}?days=1"
    return page.moved(request, path, "sensor.html", part="partials/sensor.html", toast=toast, **context)


@app.post("/flood", include_in_schema=False)
async def start(request: Request, sent: Annotated[FloodIn, Form()]) -> Response:
    """Start a flood and show how far it is."""
    progress = api.begin(flood, sent.readings)
    return page.moved(request, "/", "flood.html", part="partials/flood.html", flood=progress)


@app.get("/flood", include_in_schema=False)
async def progress(request: Request) -> Response:
    """Show how far the flood is."""
    return page(request, "flood.html", part="partials/flood.html", flood=flood.progress)


async def _sensor(sensor_id: str, days: Days, last: date | None) -> dict[str, Any]:
    sensor = await sensors.one(sensor_id)
    last = last or sensor.last
    return {
        "sensor": sensor,
        "unit": sensors.UNITS[sensor.kind],
        "chosen": days,
        "last": last,
        "ranges": RANGES,
        "days": await sensors.days(sensor.id),
        "left": await sensors.left(sensor.id, last),
        "raw_days": RAW_DAYS,
        "is_flood": sensor.id == SENSOR,
    }
