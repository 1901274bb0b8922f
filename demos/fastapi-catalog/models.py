"""The catalogue's tables: one for each way in which it is read."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from coodie.aio import Document
from coodie.fields import ClusteringKey, Indexed, PrimaryKey
from pydantic import Field

EVERYTHING = "all"
Category = Literal["Audio", "Garden", "Kitchen", "Lighting", "Paper", "Travel"]
Line = Annotated[str, Field(min_length=1, max_length=80)]
Price = Annotated[Decimal, Field(gt=0, le=100_000, decimal_places=2)]
Stock = Annotated[int, Field(ge=0, le=1_000_000)]
Stars = Annotated[int, Field(ge=1, le=5)]


class Product(Document):
    """A product, found by its id; its brand has an index, its price has none."""

    id: Annotated[UUID, PrimaryKey()]
    name: Line
    brand: Annotated[Line, Indexed()]
    category: Category
    price: Price
    stock: Stock = 0
    description: str = ""


class ShelfEntry(Document):
    """A product's place on a shelf, in the order of names: what the live search reads."""

    shelf: Annotated[str, PrimaryKey()]
    name_key: Annotated[str, ClusteringKey()]
    id: Annotated[UUID, ClusteringKey(clustering_key_index=1)]
    name: str
    brand: str
    category: str
    price: Decimal

    @classmethod
    def of(cls, product: Product) -> list[Self]:
        """The two places of a product: on the shelf of everything and on its category's."""
        fields = product.model_dump(include={"id", "name", "brand", "category", "price"})
        return [
            cls(shelf=shelf, name_key=product.name.casefold(), **fields)
            for shelf in (EVERYTHING, product.category)
        ]


class Review(Document):
    """A review, stored beside its product's others with the newest first."""

    product: Annotated[UUID, PrimaryKey()]
    written: Annotated[datetime, ClusteringKey(order="DESC")]
    id: Annotated[UUID, ClusteringKey(clustering_key_index=1)]
    author: str
    stars: Stars
    text: str


MODELS = (ShelfEntry, Product, Review)
