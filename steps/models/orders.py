"""Orders, kept in two tables: found by their number, and by who placed them."""

from decimal import Decimal
from typing import Annotated

from coodie import ClusteringKey, PrimaryKey
from coodie.sync import Document


class Order(Document):
    """An order by its number."""

    number: Annotated[int, PrimaryKey()]
    customer: str
    total: Decimal
    state: str = "open"


class OrderOfCustomer(Document):
    """The same order among those of its customer."""

    customer: Annotated[str, PrimaryKey()]
    number: Annotated[int, ClusteringKey()]
    total: Decimal
