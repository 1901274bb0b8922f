"""Sample products: `generate(count, random_seed)` gives the same rows every time."""

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, get_args
from uuid import UUID, uuid5

from demokit.seeding import Reader, seed_command
from models import MODELS, Brand, Category, Product

SPACE = UUID("6b0e6f0a-4d0c-5f6b-9a53-2f0c6b1d7e28")
THINGS: dict[Category, tuple[str, ...]] = {
    "Lamps": ("head lamp", "tent light", "lantern", "bicycle light"),
    "Packs": ("day pack", "roll-top bag", "touring pack", "hip bag"),
    "Ropes": ("half rope", "rope bag", "accessory cord", "sling"),
    "Stoves": ("gas stove", "wood stove", "pot set", "kettle"),
    "Tents": ("ridge tent", "tarp", "dome tent", "inner tent"),
}
KINDS = ("Alpine", "Coastal", "Feather", "Moor", "Night", "Summit", "Trail", "Winter")


def generate(count: int, random_seed: int) -> list[Product]:
    """Make `count` products of five categories and four brands."""
    chance = random.Random(random_seed)  # noqa: S311 - sample data
    found = []
    for number in range(count):
        category = chance.choice(get_args(Category))
        found.append(
            Product(
                id=uuid5(SPACE, f"{count}:{random_seed}:{number}"),
                name=f"{chance.choice(KINDS)} {chance.choice(THINGS[category])}",
                category=category,
                brand=chance.choice(get_args(Brand)),
                price=Decimal(chance.randrange(900, 48_000, 50)).scaleb(-2),
                stock=chance.randrange(60),
            )
        )
    return found


def parse(row: Mapping[str, Any]) -> Sequence[Product]:
    """Make the product of a row of a feed, which is keyed by brand and name."""
    return [Product(id=uuid5(SPACE, f"{row['brand']}/{row['name']}"), **row)]


READER = Reader(("name", "category", "brand", "price", "stock"), parse)
seed = seed_command(__file__, MODELS, generate, reader=READER)

if __name__ == "__main__":
    seed()
