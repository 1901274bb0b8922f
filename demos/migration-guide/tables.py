"""The tables that are copied and compared, read along the token ring with the time of each cell."""

import uuid
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from coodie_models import Hold, Loan, Reader

from coodie import ClusteringKey, PrimaryKey
from coodie.schema.inspect import table_of
from coodie.sync import Document

PARTS = 16
LOWEST, HIGHEST = -(2**63), 2**63 - 1


class ItemRow(Document):
    """A row of the family's table with every column that any of its classes has."""

    shelf: Annotated[str, PrimaryKey()]
    id: Annotated[UUID, ClusteringKey()]
    kind: str | None = None
    title: str
    author: str | None = None
    pages: int | None = None
    minutes: int | None = None

    class Settings:
        name = "item"


TABLES: dict[str, type[Document]] = {"reader": Reader, "loan": Loan, "hold": Hold, "item": ItemRow}
Key = tuple[Any, ...]


class Time(NamedTuple):
    """When a cell was written, in microseconds since the epoch, and in how many seconds it expires, if it does."""

    written: int
    rest: int | None


class Row(NamedTuple):
    """A row's values by column, without those that are null, and the times of its cells."""

    values: dict[str, Any]
    times: dict[str, Time]


def copy_of(name: str) -> type[Document]:
    """Return the model of a table over the copy of the table."""
    return TABLES[name].at(table=f"{name}_copy")


def partition_of(model: type[Document]) -> list[str]:
    """Return the columns of the partition key."""
    return [column.field for column in table_of(model).partition_key]


def key_of(model: type[Document]) -> list[str]:
    """Return the columns of the whole primary key."""
    return [column.field for column in table_of(model).primary_key]


def ends(part: int) -> tuple[int, int]:
    """Return where a part of the ring begins and ends; no partition has the lowest token."""
    ring = HIGHEST - LOWEST
    return LOWEST + ring * part // PARTS, LOWEST + ring * (part + 1) // PARTS


def rows(model: type[Document], part: int) -> Iterator[tuple[Key, Row]]:
    """Read a part of the ring: each row by its key.

    A collection of many cells has a time for each element, and one that only the newest Cassandra tells: its values are
    read here, and no times.
    """
    table, key = table_of(model), key_of(model)
    cells = [each.field for each in table.columns if each.field not in key and not each.type.multicell]
    low, high = ends(part)
    first = partition_of(model)[0]
    found = model.find(**{f"{first}__token__gt": low, f"{first}__token__lte": high})
    named = {each.field: each.field for each in table.columns}
    named |= {f"written {cell}": f"WRITETIME({cell})" for cell in cells}
    named |= {f"rest {cell}": f"TTL({cell})" for cell in cells}
    for read in found.values(**named):
        values = {each.field: value for each in table.columns if (value := read[each.field]) is not None}
        times = {
            cell: Time(read[f"written {cell}"], read[f"rest {cell}"]) for cell in cells if cell in values
        }
        yield tuple(read[name] for name in key), Row(values, times)


def told(model: type[Document], key: Key) -> str:
    """Name a row by its key, as people read it."""
    return " ".join(f"{name}={value}" for name, value in zip(key_of(model), key, strict=True))


def new_id(*parts: object) -> UUID:
    """Make an id of what a sample row is made of."""
    return uuid.uuid5(UUID("6d2c5a52-1b0e-5b9e-9a6a-3f0f5a8f1c14"), ":".join(map(str, parts)))
