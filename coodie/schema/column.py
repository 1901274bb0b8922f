"""One column of a table, and one index on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from coodie.cqltype import CqlType

Role = Literal["partition_key", "clustering", "static", "regular", "counter"]


class VectorSearch(NamedTuple):
    """What makes an index one of vectors: how they are compared, and ScyllaDB's forms of it, by field."""

    similarity: str
    local: bool = False
    filter_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexDefinition:
    """An index as the model declares it; `name` is derived when the model gives none.

    `vector` is there on one that finds nearest neighbours; its `options` hold the similarity function too.
    """

    name: str
    column: str
    target: str | None = None
    using: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    vector: VectorSearch | None = None


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
    def vector_index(self) -> IndexDefinition | None:
        """The index that finds the column's nearest neighbours, if the model declares one."""
        return next((index for index in self.indexes if index.vector is not None), None)

    @property
    def in_key(self) -> bool:
        """Tell whether the column belongs to the primary key."""
        return self.role in ("partition_key", "clustering")
