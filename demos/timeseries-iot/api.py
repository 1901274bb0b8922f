"""The same as JSON, typed, with examples."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

import sampling
import sensors
from demokit.problems import Problem
from demokit.tokens import PageTokens
from fastapi import APIRouter, HTTPException, Path, Query
from flood import BusyError, Flood, Progress
from models import RAW_DAYS, Day, Reading, SensorId, Site, Value
from pydantic import AwareDatetime, BaseModel, Field
from sampling import Series

MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "There is no such sensor"}}
BUSY: dict[int | str, dict[str, Any]] = {409: {"model": Problem, "description": "One is under way already"}}
AnId = Annotated[SensorId, Path(examples=["air-line-c248"])]
Days = Annotated[int, Query(ge=1, le=RAW_DAYS, description="How many buckets to read", examples=[7])]


class LatestPage(BaseModel):
    """A page of sensors with their newest readings; `next` is the token of the page after it."""

    items: list[sensors.Latest]
    next: str | None = Field(description="Give it back as `token`")


class ReadingIn(BaseModel):
    """A reading as a sensor sends it."""

    value: Value
    taken: AwareDatetime | None = Field(
        None, description="With its time zone; now when left out", examples=["2026-07-01T08:00:00Z"]
    )


class FloodIn(BaseModel):
    """How many readings to write."""

    readings: Annotated[int, Field(ge=1000, le=1_000_000, examples=[20_000])] = 20_000


def begin(flood: Flood, readings: int) -> Progress:
    """Start a flood, unless one is under way."""
    try:
        return flood.start(readings)
    except BusyError as busy:
        raise HTTPException(409, "A flood is under way. Wait for its end, then start another.") from busy


def moment(taken: datetime | None) -> datetime:
    """Return when a reading was taken: now, or a moment that has been."""
    now = datetime.now(UTC)
    if taken is not None and taken > now:
        raise HTTPException(422, f"taken is in the future: {taken.isoformat()}. Send a moment up to now.")
    return taken or now


def router(tokens: PageTokens, flood: Flood) -> APIRouter:
    """Make the routes under `/api`."""
    routes = APIRouter(prefix="/api")

    @routes.get("/sensors", tags=["sensors"])
    async def fleet(
        site: Annotated[Site, Query(examples=["works"])] = "works",
        token: Annotated[
            str | None, Query(description="What `next` said on the page before", max_length=4000)
        ] = None,
    ) -> LatestPage:
        """List a site's sensors, each with its newest reading."""
        found = await sensors.fleet(site, tokens.read(token, site))
        return LatestPage(items=await sensors.latest(found.data), next=tokens.write(found.paging_state, site))

    @routes.post("/sensors/{sensor_id}/readings", status_code=201, responses=MISSING, tags=["readings"])
    async def record(sensor_id: AnId, sent: ReadingIn) -> Reading:
        """Write a reading into the bucket of its day."""
        sensor = await sensors.one(sensor_id)
        return await sensors.record(sensor, moment(sent.taken), sent.value)

    @routes.get("/sensors/{sensor_id}/days", responses=MISSING, tags=["readings"])
    async def days(sensor_id: AnId) -> list[Day]:
        """Read what stays of the last days, newest first."""
        return await sensors.days((await sensors.one(sensor_id)).id)

    @routes.get("/sensors/{sensor_id}/series", responses=MISSING, tags=["readings"])
    async def series(
        sensor_id: AnId,
        days: Days = 7,
        last: Annotated[date | None, Query(description="The newest; the sensor's own when left out")] = None,
        points: Annotated[int, Query(ge=10, le=2000, description="At most so many")] = 400,
    ) -> Series:
        """Read whole buckets page by page, in constant memory, and down-sample them."""
        sensor = await sensors.one(sensor_id)
        return await sampling.series(sensor.id, last or sensor.last, days, points)

    @routes.post("/flood", status_code=202, responses=BUSY, tags=["flood"])
    async def start(sent: FloodIn) -> Progress:
        """Write many readings of one sensor, in the background."""
        return begin(flood, sent.readings)

    @routes.get("/flood", tags=["flood"])
    async def progress() -> Progress | None:
        """Tell how far it is; null before the first."""
        return flood.progress

    return routes
