"""A shop: articles that are found by their number or their brand, and the baskets they lie in."""

# ruff: noqa: RUF012 - pydantic copies a default for each document
from decimal import Decimal
from typing import Annotated

from coodie import ClusteringKey, Indexed, PrimaryKey
from coodie.sync import Document


class Article(Document):
    """Something for sale; an index finds the articles of a brand."""

    number: Annotated[int, PrimaryKey()]
    name: str
    brand: Annotated[str | None, Indexed()] = None
    price: Decimal | None = None
    stock: int = 0
    tags: set[str] = set()
    notes: list[str] = []
    sizes: dict[str, int] = {}


class Reservation(Document):
    """A seat at a showing: a row per seat, found by showing and seat."""

    showing: Annotated[str, PrimaryKey()]
    seat: Annotated[int, ClusteringKey()]
    guest: str
