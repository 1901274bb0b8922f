"""Markers for `Annotated[...]`: what a Python annotation cannot say of a column.

Each is frozen, hashable and checks its own arguments when it is written down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic_core import core_schema

from coodie.exceptions import InvalidQueryError
from coodie.vectors.accept import vector_schema
from coodie.vectors.index_options import FUNCTIONS, MOST_DIMENSIONS, written

_LONGEST_VECTOR = max(MOST_DIMENSIONS.values())
_TARGETS = (None, "keys", "values", "entries", "full")


class Mark:
    """The base of all markers, so that a reader of metadata can tell them from other people's."""

    __slots__ = ()


def _check_index(name: str, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidQueryError(f"{name} must be an integer of at least 0, not {value!r}")


@dataclass(frozen=True)
class PrimaryKey(Mark):
    """Make the column part of the partition key; several are ordered by `partition_key_index`."""

    partition_key_index: int = 0

    def __post_init__(self) -> None:
        _check_index("PrimaryKey(partition_key_index)", self.partition_key_index)


@dataclass(frozen=True)
class ClusteringKey(Mark):
    """Make the column a clustering key, sorted `ASC` or `DESC`; several are ordered by `clustering_key_index`."""

    order: Literal["ASC", "DESC"] = "ASC"
    clustering_key_index: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.order, str) or self.order.upper() not in ("ASC", "DESC"):
            raise InvalidQueryError(f"ClusteringKey(order) must be 'ASC' or 'DESC', not {self.order!r}")
        object.__setattr__(self, "order", self.order.upper())
        _check_index("ClusteringKey(clustering_key_index)", self.clustering_key_index)


@dataclass(frozen=True)
class Indexed(Mark):
    """Give the column a secondary index.

    `target` chooses what of a collection is indexed (`keys`, `values`, `entries`, `full`); `using` names the index
    class (`"sai"` on Cassandra 5); `options` are the index class's own.
    """

    index_name: str | None = None
    target: Literal["keys", "values", "entries", "full"] | None = None
    using: str | None = None
    options: tuple[tuple[str, str], ...] | dict[str, str] | None = None

    def __post_init__(self) -> None:
        if self.target not in _TARGETS:
            raise InvalidQueryError(
                f"Indexed(target) must be keys, values, entries or full, not {self.target!r}"
            )
        if isinstance(self.options, dict):
            # A mapping is what people write; a frozen marker must hash.
            pairs = tuple(sorted((str(key), str(value)) for key, value in self.options.items()))
            object.__setattr__(self, "options", pairs)


@dataclass(frozen=True)
class Counter(Mark):
    """Make the column a counter: incremented and decremented, never set."""


@dataclass(frozen=True)
class Static(Mark):
    """Share the column's value among all rows of a partition."""


@dataclass(frozen=True)
class Frozen(Mark):
    """Store the collection as one value, written and compared as a whole; `Frozen(False)` undoes a user type's."""

    frozen: bool = True


@dataclass(frozen=True)
class Discriminator(Mark):
    """Let subclasses share this class's table, told apart by this column."""


@dataclass(frozen=True)
class Version(Mark):
    """Compare and increment this `int` on every save, so that two writers of one row cannot overwrite each other."""


@dataclass(frozen=True)
class Column(Mark):
    """Name the column in the table differently from the field."""

    name: str | None = None


@dataclass(frozen=True)
class Vector(Mark):
    """Store the list or array as a vector of `dimensions` numbers: `Annotated[list[float], Vector(dimensions=384)]`.

    An annotation of `array.array` or `numpy.ndarray` is read without a Python object for each element. What is stored
    of a `float` is a float32.
    """

    dimensions: int

    def __post_init__(self) -> None:
        count = self.dimensions
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= _LONGEST_VECTOR:
            raise InvalidQueryError(
                f"Vector(dimensions) must be a whole number from 1 to {_LONGEST_VECTOR}, not {count!r}"
            )

    def __get_pydantic_core_schema__(
        self, source: Any, handler: Callable[[Any], Any]
    ) -> core_schema.CoreSchema:
        """Let a model take lists, tuples and arrays of numbers."""
        return vector_schema(source, handler)


@dataclass(frozen=True, init=False)
class VectorIndex(Mark):
    """Let rows be found by nearness to a vector: `order_by_ann()`.

    `similarity_function` is `COSINE` (directions), `DOT_PRODUCT` (directions, of vectors of length 1) or `EUCLIDEAN`
    (distances). Options, by server: ScyllaDB `maximum_node_connections`, `construction_beam_width`,
    `search_beam_width`, `quantization`, `oversampling`, `rescoring`; Cassandra `maximum_node_connections`,
    `construction_beam_width`, `optimize_for`. On ScyllaDB a `local` index searches within one partition, and
    `filter_columns` are kept in the index, to be asked for beside the vector.
    """

    similarity_function: str
    index_name: str | None
    local: bool
    filter_columns: tuple[str, ...]
    options: tuple[tuple[str, str], ...]

    def __init__(
        self,
        similarity_function: Literal["COSINE", "DOT_PRODUCT", "EUCLIDEAN"] = "COSINE",
        index_name: str | None = None,
        *,
        local: bool = False,
        filter_columns: Iterable[str] = (),
        **options: Any,
    ) -> None:
        function = str(similarity_function).upper()
        if function not in FUNCTIONS:
            raise InvalidQueryError(
                f"VectorIndex(similarity_function) must be {', '.join(FUNCTIONS)}, not {similarity_function!r}"
            )
        if isinstance(filter_columns, str):
            raise InvalidQueryError(
                f"VectorIndex(filter_columns) takes a list of fields, not {filter_columns!r}"
            )
        values = (function, index_name, bool(local), tuple(filter_columns), written(options))
        for name, value in zip(self.__dataclass_fields__, values, strict=True):
            object.__setattr__(self, name, value)


@dataclass(frozen=True)
class TypeOverride(Mark):
    """The base of the markers that choose another CQL type; `accepts` is the plain type that they replace."""

    cql: ClassVar[str] = ""
    accepts: ClassVar[str] = ""


@dataclass(frozen=True)
class BigInt(TypeOverride):
    """Store an `int` as `bigint` (64 bits)."""

    cql: ClassVar[str] = "bigint"
    accepts: ClassVar[str] = "int"


@dataclass(frozen=True)
class SmallInt(TypeOverride):
    """Store an `int` as `smallint` (16 bits)."""

    cql: ClassVar[str] = "smallint"
    accepts: ClassVar[str] = "int"


@dataclass(frozen=True)
class TinyInt(TypeOverride):
    """Store an `int` as `tinyint` (8 bits)."""

    cql: ClassVar[str] = "tinyint"
    accepts: ClassVar[str] = "int"


@dataclass(frozen=True)
class VarInt(TypeOverride):
    """Store an `int` as `varint` (any size)."""

    cql: ClassVar[str] = "varint"
    accepts: ClassVar[str] = "int"


@dataclass(frozen=True)
class Double(TypeOverride):
    """Store a `float` as `double` (64 bits); a bare `float` is a float32."""

    cql: ClassVar[str] = "double"
    accepts: ClassVar[str] = "float"


@dataclass(frozen=True)
class Ascii(TypeOverride):
    """Store a `str` as `ascii`."""

    cql: ClassVar[str] = "ascii"
    accepts: ClassVar[str] = "text"


@dataclass(frozen=True)
class TimeUUID(TypeOverride):
    """Store a `UUID` as `timeuuid` (version 1), which sorts by its time."""

    cql: ClassVar[str] = "timeuuid"
    accepts: ClassVar[str] = "uuid"


@dataclass(frozen=True)
class Time(TypeOverride):
    """Store a `datetime.time` as `time`; it says what the annotation says already."""

    cql: ClassVar[str] = "time"
    accepts: ClassVar[str] = "time"


@dataclass(frozen=True)
class Duration(TypeOverride):
    """Store a `CqlDuration` as `duration`; it says what the annotation says already."""

    cql: ClassVar[str] = "duration"
    accepts: ClassVar[str] = "duration"
