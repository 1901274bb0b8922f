"""Sample sessions: `generate(count, random_seed)` gives the same rows every time, and saving starts their clocks."""

import random
from collections.abc import Mapping, Sequence
from typing import Any, get_args
from uuid import UUID, uuid5

from demokit.seeding import Reader, seed_command
from models import MODELS, TABLE_DEFAULT, Session, User

SPACE = UUID("0d5c3f56-5a6e-57cd-8f0c-2d2f2a7b9c04")
DEVICES = ("laptop", "phone", "tablet", "desk", "terminal")
CITIES = ("Lisbon", "Turku", "Porto", "Ghent", "Graz", "Bergen", "Utrecht", "Tartu", "Brno", "Bilbao")
SOON, LATE = 20, 1500


def generate(count: int, random_seed: int) -> list[Session]:
    """Make `count` sessions; a fifth of them leaves its time to the table, the others end one after another."""
    chance = random.Random(random_seed)  # noqa: S311 - sample data
    return [
        Session(
            user=chance.choice(get_args(User)),
            id=uuid5(SPACE, f"{count}:{random_seed}:{number}"),
            device=f"{chance.choice(DEVICES)} in {chance.choice(CITIES)}",
            seconds=TABLE_DEFAULT if chance.random() < 1 / 5 else chance.randrange(SOON, LATE),
        )
        for number in range(count)
    ]


async def save(session: Session) -> None:
    """Write a session with its time to live; without one the table's default counts."""
    await (session.save() if session.seconds == TABLE_DEFAULT else session.save(ttl=session.seconds))


def parse(row: Mapping[str, Any]) -> Sequence[Session]:
    """Make the session of a row of a feed, which is keyed by user and device."""
    return [Session(id=uuid5(SPACE, f"{row['user']}/{row['device']}"), **row)]


READER = Reader(("user", "device", "seconds"), parse)
seed = seed_command(__file__, MODELS, generate, reader=READER, save=save)

if __name__ == "__main__":
    seed()
