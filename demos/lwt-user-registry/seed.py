"""Sample users: `generate(count, random_seed)` gives the same names every time."""

import random
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

import registry
from demokit.seeding import Reader, seed_command
from faker import Faker
from forms import UserIn
from models import MODELS, User

SPACE = UUID("3a0d5a52-6f2e-5a0c-8c0e-7d1b9a4f2c06")
MOTTOS = (
    "Measure twice, write once.",
    "Read it back.",
    "Small steps, kept promises.",
    "First draft, then sleep, then the second.",
    "Ask the one who was there.",
    "Leave it better than you found it.",
)


def generate(count: int, random_seed: int) -> list[User]:
    """Make `count` users with names of their own."""
    chance, fake = random.Random(random_seed), Faker("en")  # noqa: S311 - sample data
    fake.seed_instance(random_seed)
    users = []
    for number in range(count):
        key = uuid5(SPACE, f"{count}:{random_seed}:{number}")
        first, last = fake.first_name(), fake.last_name()
        name = f"{first.lower()}_{key.hex[:4]}"
        users.append(registry.new(name, f"{first} {last}", chance.choice(MOTTOS), fake.city(), key))
    return users


def parse(row: Mapping[str, Any]) -> Sequence[User]:
    """Make the user of a row of a feed, which is keyed by its name."""
    sent = UserIn.model_validate(row)
    return [registry.new(sent.name, sent.person, sent.motto, sent.place, uuid5(SPACE, sent.name))]


async def save(user: User) -> None:
    """Register the name unless it is taken, by an earlier run as a rule: then the row stays as it is now."""
    await registry.claim(user)


READER = Reader(("name", "person", "motto", "place"), parse)
seed = seed_command(__file__, MODELS, generate, reader=READER, save=save)

if __name__ == "__main__":
    seed()
