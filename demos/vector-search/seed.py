"""Sample products with the vectors of their texts: `generate(count, random_seed)` gives the same rows every time."""

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from corpus import products, text_of
from demokit import feeds
from demokit.seeding import Reader, seed_command
from models import EMBEDDER, MODELS, ProductEmbedding

SPACE = UUID("0f4d6d4c-51bb-5b0e-9b0f-8c8f8c7f4a12")
KINDS = (
    "small",
    "large",
    "light",
    "sturdy",
    "for children",
    "second hand",
    "in red",
    "in green",
    "in wood",
    "of steel",
)


def generate(count: int, random_seed: int) -> list[ProductEmbedding]:
    """Make `count` products of the corpus; beyond its 64, in other kinds."""
    chance = random.Random(random_seed)  # noqa: S311 - sample data
    corpus = products()
    rows = []
    for number in range(count):
        again, row = divmod(number, len(corpus))
        found = dict(corpus[row])
        found["price"] = str(Decimal(found["price"]) - chance.randrange(5))
        if again:
            kind = KINDS[(again - 1) % len(KINDS)]
            found["name"] = f"{found['name']}, {kind}" + (f" {again}" if again > len(KINDS) else "")
        rows.append((uuid5(SPACE, f"{count}:{random_seed}:{number}"), found))
    vectors = EMBEDDER.embed([text_of(row["name"], row["description"]) for _, row in rows])
    return [
        ProductEmbedding(id=key, embedding=vector, **row)
        for (key, row), vector in zip(rows, vectors, strict=True)
    ]


def parse(row: Mapping[str, Any]) -> Sequence[ProductEmbedding]:
    """Make the product of a row of a feed, keyed by its name; a vector that it brings along is taken as it is."""
    values, vector = dict(row), row.get("embedding")
    if vector is None:
        [vector] = EMBEDDER.embed([text_of(feeds.text(row, "name"), feeds.text(row, "description"))])
    elif not isinstance(vector, list) or len(vector) != EMBEDDER.dimensions:
        size = len(vector) if isinstance(vector, list) else "no"
        raise ValueError(
            f"embedding: {size} numbers, and vectors of {EMBEDDER.name} have {EMBEDDER.dimensions}"
        )
    values["embedding"] = vector
    return [ProductEmbedding(id=uuid5(SPACE, f"{row['category']}/{row['name']}"), **values)]


READER = Reader(("name", "category", "price", "description"), parse, optional=("embedding",))
seed = seed_command(__file__, MODELS, generate, reader=READER)

if __name__ == "__main__":
    seed()
