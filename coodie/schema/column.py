"""One column of a table, and one index on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from coodie.cqltype import CqlType

Role = Literal["partition_key", "clustering", "static", "regular", "counter"]


@dataclass(frozen=True, slots=True)
class IndexDefinition:
    """A secondary index as the model declares it; `name` is derived when the model gives none."""

    name: str
    column: str
    target: str | None = None
    using: str | None = None
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ColumnDefinition:
    """A column: its name in the table, the field that it comes from, its type and its role in the key.

    `position` counts within the partition key or the clustering key, -1 elsewhere. `encode` turns a value of the
    field's annotation into one of the CQL type, `parts` do so for a collection's elements, `read` unpacks a vector;
    `alias` is the name that validation of the model expects.
    """

    name: str
    field: str
    type: CqlType
    role: Role = "regular"
    position: int = -1
    order: Literal["ASC", "DESC"] = "ASC"
    indexes: tuple[IndexDefinition, ...] = ()
    encode: Callable[[Any], Any] | None = None
    parts: tuple[Callable[[Any], Any] | None, ...] = ()
    read: Callable[[Any], Any] | None = None
    alias: str = ""
    nullable: bool = False
    has_default: bool = False
    secret: bool = False

    @property
    def in_key(self) -> bool:
        """Tell whether the column belongs to the primary key."""
        return self.role in ("partition_key", "clustering")
