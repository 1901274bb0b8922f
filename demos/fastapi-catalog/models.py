"""The catalogue's tables: one for each way in which it is read."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field

from coodie.aio import Document
from coodie.fields import ClusteringKey, Indexed, PrimaryKey

EVERYTHING: Final = "all"
BRANDS: Final = (
    "Brindle & Oak",
    "Fennmark",
    "Halden Works",
    "Kestrel Row",
    "Ostlund",
    "Pell Street",
    "Tidewell",
)
Category = Literal["Audio", "Garden", "Kitchen", "Lighting", "Paper", "Travel"]
Line = Annotated[str, Field(min_length=1, max_length=80)]
Price = Annotated[Decimal, Field(gt=0, le=100_000, decimal_places=2)]
Stock = Annotated[int, Field(ge=0, le=1_000_000)]
Stars = Annotated[int, Field(ge=1, le=5)]


class Product(Document):
    """Found by id. The brand has an index."""

    id: Annotated[UUID, PrimaryKey()]
    name: Line
    brand: Annotated[Line, Indexed()]
    category: Category
    price: Price
    stock: Stock = 0
    description: str = ""


class ShelfEntry(Document):
    """A shelf in the order of names, to search."""

    shelf: Annotated[str, PrimaryKey()]
    name_key: Annotated[str, ClusteringKey()]
    id: Annotated[UUID, ClusteringKey("ASC", 1)]
    name: str
    brand: str
    category: str
    price: Decimal


class Review(Document):
    """Stored by product, newest first."""

    product: Annotated[UUID, PrimaryKey()]
    written: Annotated[datetime, ClusteringKey("DESC")]
    id: Annotated[UUID, ClusteringKey("ASC", 1)]
    author: str
    stars: Stars
    text: str


def entries(product: Product) -> list[ShelfEntry]:
    """Make the two places of a product: on the shelf of everything and on its category's."""
    fields = product.model_dump(include={"id", "name", "brand", "category", "price"})
    shelves = (EVERYTHING, product.category)
    return [ShelfEntry(shelf=shelf, name_key=product.name.casefold(), **fields) for shelf in shelves]


MODELS = (ShelfEntry, Product, Review)
