"""Sample products with reviews: `generate(count, random_seed)` gives the same rows every time."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from demokit.seeding import Reader, seed_command
from faker import Faker
from models import BRANDS, MODELS, Product, Review, ShelfEntry, entries

SPACE = UUID("5f0c1d0e-3f0b-5d0a-9c53-0c4b6a4e7d11")
OPENED = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = "Amber Ash Birch Brass Canvas Copper Cork Indigo Linen Slate Walnut Wool".split()
THINGS = {
    "Audio": ("bookshelf speaker", "clock radio", "record stand", "headphone hook", "turntable mat"),
    "Garden": ("planter", "watering can", "herb box", "bird feeder", "hand trowel"),
    "Kitchen": ("salt cellar", "cutting board", "tea kettle", "bread bin", "pepper mill"),
    "Lighting": ("desk lamp", "reading light", "lantern", "pendant", "night light"),
    "Paper": ("notebook", "letter tray", "pen rest", "calendar", "card box"),
    "Travel": ("duffel bag", "passport wallet", "wash bag", "luggage tag", "bottle sleeve"),
}
REMARKS = {
    1: "Came apart in a week.",
    2: "Smaller than the picture promises.",
    3: "Fine for the price, no more.",
    4: "Good work; the packing could be simpler.",
    5: "Does what it says, every day, and looks it.",
}


def generate(count: int, random_seed: int) -> list[Product | ShelfEntry | Review]:
    """Make `count` products, each with its places on the shelves and up to eight reviews."""
    chance, fake = random.Random(random_seed), Faker("en")  # noqa: S311 - sample data
    fake.seed_instance(random_seed)
    names = [
        (category, f"{kind} {thing}") for category in THINGS for thing in THINGS[category] for kind in KINDS
    ]
    chance.shuffle(names)
    documents: list[Product | ShelfEntry | Review] = []
    for number in range(count):
        (category, name), series = names[number % len(names)], number // len(names)
        key = uuid5(SPACE, f"{count}:{random_seed}:{number}")
        product = Product(
            id=key,
            name=name if not series else f"{name} {series + 1}",
            brand=chance.choice(BRANDS),
            category=category,
            price=Decimal(chance.randrange(400, 18_000, 10)).scaleb(-2),
            stock=chance.randrange(0, 80),
            description=f"{name} for the {category.lower()} shelf, made to be repaired.",
        )
        documents += [product, *entries(product)]
        for turn in range(chance.randrange(9)):
            stars = chance.choice((1, 2, 3, 4, 4, 4, 5, 5, 5, 5))
            review = {"author": fake.first_name(), "stars": stars, "text": REMARKS[stars]}
            written = OPENED - timedelta(minutes=chance.randrange(500_000))
            documents.append(Review(product=key, written=written, id=uuid5(key, str(turn)), **review))
    return documents


def parse(row: Mapping[str, Any]) -> Sequence[Product | ShelfEntry]:
    """Make the documents of a row of a feed, which is keyed by brand and name."""
    product = Product(id=uuid5(SPACE, f"{row['brand']}/{row['name']}"), **row)
    return [product, *entries(product)]


READER = Reader(("name", "brand", "category", "price", "stock", "description"), parse)
seed = seed_command(__file__, MODELS, generate, reader=READER)

if __name__ == "__main__":
    seed()
