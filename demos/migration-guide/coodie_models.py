"""The tables of a lending library, as `coodie convert` wrote them."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from coodie import ClusteringKey, Discriminator, Indexed, PrimaryKey, SmallInt, UserType
from coodie.sync import Document

TWO_WEEKS = 14 * 86_400


class Address(UserType):
    """Where somebody lives."""

    street: str | None = None
    city: str | None = None


class Reader(Document):
    """Somebody who borrows."""

    id: Annotated[UUID, PrimaryKey()] = Field(default_factory=uuid.uuid4)
    name: Annotated[str, Indexed()]
    born: dt.date | None = None
    joined: dt.datetime | None = None
    languages: set[str] = Field(default_factory=set)
    marks: dict[str, int] = Field(default_factory=dict)
    home: Address | None = None
    version: int | None = 1


class Loan(Document):
    """What was borrowed at a branch on a day, the newest first."""

    branch: Annotated[str, PrimaryKey(partition_key_index=0)]
    day: Annotated[dt.date, PrimaryKey(partition_key_index=1)]
    taken: Annotated[dt.datetime, ClusteringKey("DESC")]
    reader: Annotated[UUID, ClusteringKey(clustering_key_index=1)]
    title: str
    days: Annotated[int | None, SmallInt()] = 28
    fee: Decimal | None = None
    note: str | None = None


class Hold(Document):
    """Who waits for a title; nobody waits for ever."""

    title: Annotated[str, PrimaryKey()]
    reader: Annotated[UUID, ClusteringKey()]
    branch: str
    told: bool | None = False

    class Settings:
        __options__ = {"default_time_to_live": TWO_WEEKS}


class Item(Document):
    """The top of a family: what stands on a shelf, all kinds in one table."""

    shelf: Annotated[str, PrimaryKey()]
    id: Annotated[UUID, ClusteringKey()] = Field(default_factory=uuid.uuid4)
    kind: Annotated[str, Discriminator()]
    title: str


class Book(Item):
    """An item with pages."""

    author: str | None = None
    pages: int | None = None

    class Settings:
        __discriminator_value__ = "book"


class Film(Item):
    """An item that runs."""

    minutes: int | None = None

    class Settings:
        __discriminator_value__ = "film"
