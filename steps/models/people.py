"""People: values with named fields, inside one another and inside collections."""

# ruff: noqa: RUF012 - pydantic copies a default for each document
import enum
from typing import Annotated

from pydantic import SecretStr

from coodie import Column, Double, PrimaryKey, UserType
from coodie.sync import Document


class Kind(enum.Enum):
    """What an address is for."""

    HOME = "home"
    WORK = "work"


class Coordinates(UserType):
    """A place on the map."""

    latitude: Annotated[float, Double()]
    longitude: Annotated[float, Double()]


class Address(UserType):
    """An address, with its place where it is known; the door's code is nobody's business."""

    street: str
    kind: Kind = Kind.HOME
    place: Coordinates | None = None
    door_code: SecretStr | None = None
    bells: list[str] = []


class Household(UserType):
    """Who lives together, and where."""

    members: set[str] = set()
    addresses: dict[str, Address] = {}

    class Settings:
        """A name of its own."""

        __type_name__ = "family"


class Person(Document):
    """A person: one address, earlier ones, and households by year."""

    name: Annotated[str, PrimaryKey()]
    home: Address | None = None
    earlier: Annotated[list[Address], Column("earlier addresses")] = []
    households: dict[int, Household] = {}
    trip: tuple[Coordinates, Coordinates] | None = None
