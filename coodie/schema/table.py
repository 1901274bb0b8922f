"""`Table`: everything that statements need to know of a model, computed once per class."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from coodie.exceptions import InvalidQueryError
from coodie.schema.column import ColumnDefinition, IndexDefinition


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table as its model declares it.

    `columns` keeps the order of the fields; `by_field` finds a column by field, column name or alias, `settable` those
    that an update may give a value. In a family of classes `kinds` maps discriminator values to the classes that this
    one may give back, `shared` holds the columns of those below it, and `narrowed` tells a class that is not the top of
    the family. `follows` names what a materialized view is kept from. `consistency`, `serial_consistency`, `timeout`
    (seconds) and `profile` are those of statements that say nothing else.
    """

    model: str
    name: str
    columns: tuple[ColumnDefinition, ...]
    keyspace: str | None = None
    connection: str | None = None
    default_ttl: int | None = None
    consistency: str | None = None
    serial_consistency: str | None = None
    timeout: float | None = None
    profile: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    discriminator: ColumnDefinition | None = None
    version: ColumnDefinition | None = None
    kinds: dict[Any, Any] = field(default_factory=dict)
    shared: tuple[ColumnDefinition, ...] = ()
    narrowed: bool = False
    follows: str | None = None
    by_field: dict[str, ColumnDefinition] = field(init=False)
    settable: dict[str, ColumnDefinition] = field(init=False)
    partition_key: tuple[ColumnDefinition, ...] = field(init=False)
    clustering_key: tuple[ColumnDefinition, ...] = field(init=False)
    primary_key: tuple[ColumnDefinition, ...] = field(init=False)
    key_fields: frozenset[str] = field(init=False)
    indexes: tuple[IndexDefinition, ...] = field(init=False)
    is_counter: bool = field(init=False)
    has_static: bool = field(init=False)

    def __post_init__(self) -> None:
        keys = {
            role: tuple(
                sorted((column for column in self.columns if column.role == role), key=lambda c: c.position)
            )
            for role in ("partition_key", "clustering")
        }
        # Fields win over column names, and those over aliases, should one word mean two columns.
        names: dict[str, ColumnDefinition] = {}
        for attribute in ("alias", "name", "field"):
            names.update((getattr(column, attribute), column) for column in self.columns)
        derived = {
            "by_field": names,
            "settable": {
                name: column
                for name, column in names.items()
                if not (column.in_key or column is self.discriminator or column.role == "counter")
            },
            "partition_key": keys["partition_key"],
            "clustering_key": keys["clustering"],
            "primary_key": keys["partition_key"] + keys["clustering"],
            "key_fields": frozenset(c.field for c in keys["partition_key"] + keys["clustering"]),
            "indexes": tuple(index for column in self.columns for index in column.indexes),
            "has_static": any(column.role == "static" for column in self.read_columns),
            "is_counter": any(column.role == "counter" for column in self.columns),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    @property
    def read_columns(self) -> tuple[ColumnDefinition, ...]:
        """The columns that a read of this class selects: its own, and those of the classes below it."""
        return self.columns + self.shared

    @property
    def sole_key(self) -> ColumnDefinition | None:
        """The column that is the whole partition key and could be empty, which no server takes."""
        first, *others = self.partition_key
        return None if others or first.type.name not in ("text", "ascii", "blob") else first

    def column(self, name: str) -> ColumnDefinition:
        """Find a column by its field; an unknown one is an `InvalidQueryError` that names the nearest."""
        try:
            return self.by_field[name]
        except KeyError:
            fields = [column.field for column in self.columns]
            near = get_close_matches(name, fields, n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]!r}?" if near else f"; it has {', '.join(fields)}"
            raise InvalidQueryError(f"{self.model} has no column {name!r}{hint}") from None
