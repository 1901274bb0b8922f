"""The tables of a measurement, beside those of the shop: without a view, with two, and with copies kept by hand."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from models import Product, ProductByBrand, ProductByCategory

from coodie.aio import Document
from coodie.fields import ClusteringKey, PrimaryKey


class Alone(Product):
    """Without a view."""

    class Settings:
        name = "measured_alone"


class Viewed(Product):
    """With two views."""

    class Settings:
        name = "measured_viewed"


class ViewedByCategory(ProductByCategory):
    class Settings:
        __base_table__ = Viewed


class ViewedByBrand(ProductByBrand):
    class Settings:
        __base_table__ = Viewed


class Kept(Product):
    """With two rows on shelves that the app keeps."""

    class Settings:
        name = "measured_kept"


class Shelf(Document):
    """A copy for each shelf: what a view would be."""

    shelf: Annotated[str, PrimaryKey()]
    id: Annotated[UUID, ClusteringKey()]
    name: str
    price: Decimal
    stock: int

    class Settings:
        name = "measured_shelf"
