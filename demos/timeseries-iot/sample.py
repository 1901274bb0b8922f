"""What the sample is made of: two weeks of hours for each sensor."""

import math
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import sensors
from models import Kind, Sensor

SPACE = UUID("0a6f3f0e-7f7d-5b0e-8d35-5d4b0c2a9e14")
LATEST = datetime(2026, 6, 30, 23, tzinfo=UTC)
DAYS, A_DAY = 14, 24
PLACES: dict[Kind, tuple[str, ...]] = {
    "temperature": ("boiler", "cold-store", "greenhouse", "paint-shop"),
    "humidity": ("dry-room", "cellar", "greenhouse"),
    "pressure": ("main-valve", "air-line"),
    "flow": ("cooling", "well"),
}
RANGES: dict[Kind, tuple[float, float]] = {
    "temperature": (21.0, 6.0), "humidity": (52.0, 11.0), "pressure": (5.2, 0.6), "flow": (38.0, 9.0),
}  # fmt: skip


@dataclass(frozen=True)
class Fortnight:
    """A sensor with what it read, by day."""

    id: str
    sensor: Sensor
    readings: tuple[tuple[datetime, float], ...]


@dataclass(frozen=True)
class Fed:
    """A reading of a feed."""

    sensor: Sensor
    taken: datetime
    value: float


def fortnight(key: str, chance: random.Random) -> Fortnight:
    """Make a sensor's two weeks: a daily wave with noise, and a stretch of silence."""
    kind = chance.choice(tuple(PLACES))
    middle, swing = RANGES[kind]
    middle, shift = middle * chance.uniform(0.8, 1.2), chance.uniform(0, math.tau)
    name = f"{chance.choice(PLACES[kind])}-{uuid5(SPACE, key).hex[:4]}"
    silent = chance.randrange(DAYS * A_DAY)
    awake = silent + chance.randrange(3, 20)
    readings = []
    for number in range(DAYS * A_DAY):
        if silent <= number < awake:
            continue
        wave = math.sin(number * math.tau / A_DAY + shift) * swing
        at = LATEST - timedelta(hours=DAYS * A_DAY - 1 - number)
        readings.append((at, round(middle + wave + chance.gauss(0, swing / 9), 2)))
    return Fortnight(name, Sensor(id=name, kind=kind, last=LATEST.date()), tuple(readings))


async def save(found: Fortnight | Fed) -> None:
    """Write two weeks as one unlogged batch a day, or a single reading."""
    if isinstance(found, Fed):
        await sensors.record(found.sensor, found.taken, found.value)
        return
    for day in sorted({at.date() for at, _ in found.readings}):
        await sensors.record_day(found.id, day, [one for one in found.readings if one[0].date() == day])
        await sensors.summarise(found.id, day)
    await found.sensor.save()
