"""Sample trips: `generate(count, random_seed)` gives the same rows every time."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from demokit.seeding import Reader, seed_command
from generating import MEMBERS, STATIONS
from models import FIELDS, MODELS, Trip

SPACE = UUID("b3c9d0f2-1f57-5b0c-9b3e-7d2e5a8f6c41")
OPENED = datetime(2026, 3, 1, 6, tzinfo=UTC)


def generate(count: int, random_seed: int) -> list[Trip]:
    """Make `count` trips of one spring."""
    chance = random.Random(random_seed)  # noqa: S311 - sample data
    return [
        Trip(
            source="sample",
            station=chance.choice(STATIONS),
            started=OPENED + timedelta(minutes=chance.randrange(40_000)),
            id=uuid5(SPACE, f"{count}:{random_seed}:{number}").hex,
            minutes=chance.randrange(2, 90),
            member=chance.random() < MEMBERS,
        )
        for number in range(count)
    ]


def parse(row: Mapping[str, Any]) -> Sequence[Trip]:
    """Make the trip of a row of a feed, which brings its own id."""
    return [Trip.model_validate({"source": "feed", **row})]


READER = Reader(FIELDS, parse)
seed = seed_command(__file__, MODELS, generate, reader=READER)

if __name__ == "__main__":
    seed()
