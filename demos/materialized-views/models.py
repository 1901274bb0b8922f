"""A table, and two views of it that the server keeps: the same rows under other keys."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from coodie.aio import Document, MaterializedView
from coodie.fields import ClusteringKey, PrimaryKey

Category = Literal["Lamps", "Packs", "Ropes", "Stoves", "Tents"]
Brand = Literal["Alder & Sons", "Brightwater", "Cairn", "Fjellgard"]
Name = Annotated[str, Field(min_length=1, max_length=60, examples=["Ridge tent for two"])]
Price = Annotated[Decimal, Field(gt=0, le=10_000, decimal_places=2, examples=["219.00"])]
Stock = Annotated[int, Field(ge=0, le=100_000, examples=[12])]


class Product(Document):
    """The table: written here and only here, found by id."""

    id: Annotated[UUID, PrimaryKey()]
    name: Name
    category: Category
    brand: Brand
    price: Price
    stock: Stock = 0


class ProductByCategory(MaterializedView):
    """The same rows, a partition for each category."""

    category: Annotated[Category, PrimaryKey()]
    id: Annotated[UUID, ClusteringKey()]
    name: str
    brand: str
    price: Decimal
    stock: int

    class Settings:
        __base_table__ = Product


class ProductByBrand(MaterializedView):
    """The same rows, a partition for each brand."""

    brand: Annotated[Brand, PrimaryKey()]
    id: Annotated[UUID, ClusteringKey()]
    name: str
    category: str
    price: Decimal
    stock: int

    class Settings:
        __base_table__ = Product


MODELS = (Product, ProductByCategory, ProductByBrand)
