"""Sample sensors with two weeks of readings each: `generate(count, random_seed)` gives the same rows every time."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from demokit.seeding import Reader, seed_command
from models import MODELS, Kind, Sensor, SensorId, Value
from pydantic import BaseModel
from sample import Fed, Fortnight, fortnight, save


class Row(BaseModel):
    """A row of a feed."""

    sensor: SensorId
    kind: Kind
    taken: datetime
    value: Value


def generate(count: int, random_seed: int) -> list[Fortnight]:
    """Make `count` sensors, each with a reading an hour in fourteen buckets."""
    chance = random.Random(random_seed)  # noqa: S311 - sample data
    return [fortnight(f"{count}:{random_seed}:{number}", chance) for number in range(count)]


def parse(row: Mapping[str, Any]) -> Sequence[Fed]:
    """Make the reading of a row of a feed, which is keyed by sensor and moment."""
    found = Row.model_validate(row)
    taken = found.taken if found.taken.tzinfo else found.taken.replace(tzinfo=UTC)
    sensor = Sensor(id=found.sensor, kind=found.kind, last=taken.astimezone(UTC).date())
    return [Fed(sensor, taken, found.value)]


READER = Reader(("sensor", "kind", "taken", "value"), parse)
seed = seed_command(__file__, MODELS, generate, reader=READER, save=save)

if __name__ == "__main__":
    seed()
