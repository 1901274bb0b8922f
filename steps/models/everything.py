"""One field for every kind of value that a column can hold."""

# ruff: noqa: RUF012 - pydantic copies a default for each document
import datetime as dt
import enum
from decimal import Decimal
from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AnyUrl, SecretStr

from coodie import (
    Ascii,
    BigInt,
    ClusteringKey,
    Column,
    CqlDuration,
    Double,
    Frozen,
    PrimaryKey,
    SmallInt,
    Static,
    TimeUUID,
    TinyInt,
    VarInt,
)
from coodie.sync import Document


class Suit(enum.Enum):
    """The suits of a pack of cards."""

    SPADES = "S"
    HEARTS = "H"


class Specimen(Document):
    """A field for every scalar type; the field is named after what it shows."""

    id: Annotated[int, PrimaryKey()]
    text: str | None = None
    ascii: Annotated[str | None, Ascii()] = None
    boolean: bool | None = None
    integer: int | None = None
    tiny: Annotated[int | None, TinyInt()] = None
    small: Annotated[int | None, SmallInt()] = None
    big: Annotated[int | None, BigInt()] = None
    huge: Annotated[int | None, VarInt()] = None
    single: float | None = None
    double: Annotated[float | None, Double()] = None
    decimal: Decimal | None = None
    blob: bytes | None = None
    uuid: UUID | None = None
    timeuuid: Annotated[UUID | None, TimeUUID()] = None
    moment: dt.datetime | None = None
    day: dt.date | None = None
    clock: dt.time | None = None
    span: CqlDuration | None = None
    ipv4: IPv4Address | None = None
    ipv6: IPv6Address | None = None
    suit: Suit | None = None
    size: Literal["S", "M", "L"] | None = None
    site: AnyUrl | None = None
    secret: SecretStr | None = None


class Box(Document):
    """Collections: of one type each, in other collections, and frozen as one value."""

    id: Annotated[int, PrimaryKey()]
    words: list[str] = []
    numbers: set[int] = set()
    prices: dict[str, Decimal] = {}
    point: tuple[int, float, str] | None = None
    grid: list[list[int]] = []
    groups: dict[str, set[UUID]] = {}
    moments: list[dt.datetime] = []
    sealed: Annotated[frozenset[str], Frozen()] = frozenset()


class Shelf(Document):
    """A column with a name of its own, and one that all rows of a partition share."""

    room: Annotated[str, PrimaryKey()]
    place: Annotated[int, ClusteringKey(order="DESC")]
    title: Annotated[str, Column(name="book title")]
    keeper: Annotated[str | None, Static()] = None

    class Settings:
        """A name of its own."""

        name = "book_shelf"
