"""Readings in day buckets, what stays of a day when they have expired, and the sensors themselves."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from coodie.aio import Document
from coodie.fields import ClusteringKey, Double, PrimaryKey

RAW_DAYS = 30
DAY_SECONDS = 86_400
Site = Literal["works", "load"]
Kind = Literal["temperature", "humidity", "pressure", "flow"]
SensorId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$", examples=["boiler-a1b2"])]
Value = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False, examples=[21.5])]


class Sensor(Document):
    """A site's sensors are one partition; `last` is the newest day with a reading."""

    site: Annotated[Site, PrimaryKey()] = "works"
    id: Annotated[SensorId, ClusteringKey()]
    kind: Kind
    last: date


class Reading(Document):
    """A sensor's day is one partition, newest first; raw readings live for thirty days."""

    sensor: Annotated[str, PrimaryKey()]
    day: Annotated[date, PrimaryKey(1)]
    taken: Annotated[datetime, ClusteringKey("DESC")]
    value: Annotated[float, Double()]

    class Settings:
        __default_ttl__ = RAW_DAYS * DAY_SECONDS


class Day(Document):
    """What stays of a day: a row of its own, which does not expire."""

    sensor: Annotated[str, PrimaryKey()]
    day: Annotated[date, ClusteringKey("DESC")]
    readings: int
    low: Annotated[float, Double()]
    mean: Annotated[float, Double()]
    high: Annotated[float, Double()]


MODELS = (Reading, Day, Sensor)
