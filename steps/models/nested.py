"""Types inside types, to a depth of three: a pool from which property scenarios draw."""

# ruff: noqa: RUF012 - pydantic copies a default for each document
import enum
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict

from coodie import ClusteringKey, Frozen, PrimaryKey, UserType
from coodie.sync import Document


class Colour(enum.IntEnum):
    """An enumeration of numbers."""

    RED = 1
    BLUE = 2


class Pebble(UserType):
    """A value that hashes, and so may be in a set or a key."""

    model_config = ConfigDict(frozen=True)

    name: str
    colour: Colour | None = None


class Drawer(UserType):
    """Collections of values in a value."""

    label: str
    pebbles: list[Pebble] = []
    found: dict[str, datetime] = {}


class Cabinet(Document):
    """Values in collections in values."""

    id: Annotated[int, PrimaryKey()]
    drawers: list[Drawer] = []
    by_name: dict[str, Drawer] = {}
    loose: set[Pebble] = set()
    best: Pebble | None = None
    pair: tuple[Pebble, int, Drawer] | None = None


class Attic(Document):
    """Collections in collections in collections."""

    id: Annotated[int, PrimaryKey()]
    shelf: Annotated[frozenset[int], ClusteringKey(), Frozen()]
    cube: list[list[list[int]]] = []
    groups: dict[str, dict[str, frozenset[UUID]]] = {}
    rooms: dict[Colour, list[Drawer]] = {}
    points: list[tuple[int, list[str]]] = []
    names: set[frozenset[str]] = set()
