"""One table as a program knows it over the years: every class below is the table `customer`."""

from typing import Annotated

from coodie import ClusteringKey, Indexed, PrimaryKey
from coodie.sync import Document


class Customer(Document):
    """The first version."""

    id: Annotated[int, PrimaryKey()]
    name: str


class CustomerWithEmail(Document):
    """A later version has one field more."""

    id: Annotated[int, PrimaryKey()]
    name: str
    email: str | None = None

    class Settings:
        """The same table."""

        name = "customer"


class CustomerByEmail(Document):
    """Later still, customers are found by it."""

    id: Annotated[int, PrimaryKey()]
    name: str
    email: Annotated[str | None, Indexed()] = None

    class Settings:
        """The same table."""

        name = "customer"


class CustomerRetyped(Document):
    """A field that has changed its type."""

    id: Annotated[int, PrimaryKey()]
    name: int

    class Settings:
        """The same table."""

        name = "customer"


class CustomerRekeyed(Document):
    """A field that has moved into the key."""

    id: Annotated[int, PrimaryKey()]
    name: Annotated[str, ClusteringKey()]

    class Settings:
        """The same table."""

        name = "customer"


class CustomerForgotten(Document):
    """A table option that has changed: what is written from now on lives for a year."""

    id: Annotated[int, PrimaryKey()]
    name: str

    class Settings:
        """The same table, with a time to live."""

        name = "customer"
        __default_ttl__ = 31_536_000
