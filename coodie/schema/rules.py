"""What a table must satisfy before any statement of it is built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from coodie.exceptions import InvalidQueryError
from coodie.naming import check_object_name, quote
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table

_NOT_IN_A_KEY = frozenset({"counter", "duration"})


def check_table(table: Table) -> Table:
    """Return the table, or raise an `InvalidQueryError` that names class, field and reason."""
    with naming_error(table.model):
        check_object_name(table.name, "table")
        if table.keyspace is not None:
            check_object_name(table.keyspace, "keyspace")
    _check_names(table)
    _check_keys(table)
    _check_counters(table)
    for column in table.columns:
        if column.role == "static" and not table.clustering_key:
            raise InvalidQueryError(
                f"{table.model}.{column.field}: Static() needs a table with a clustering key"
            )
        _check_filter_columns(table, column)
    return table


def _check_filter_columns(table: Table, column: ColumnDefinition) -> None:
    index = column.vector_index
    if index is None or index.vector is None:
        return
    with naming_error(f"{table.model}.{column.field}: VectorIndex(filter_columns)"):
        for field in index.vector.filter_columns:
            other = table.column(field)
            if other.type.args or other.type.name in ("duration", "counter"):
                raise InvalidQueryError(f"{other.field} is {other.type}, which cannot be filtered by")


@contextmanager
def naming_error(where: str) -> Iterator[None]:
    """Say of which class or field a refused name is."""
    try:
        yield
    except InvalidQueryError as error:
        raise InvalidQueryError(f"{where}: {error}") from None


def _check_names(table: Table) -> None:
    seen: dict[str, str] = {}
    for column in table.columns:
        with naming_error(f"{table.model}.{column.field}"):
            quote(column.name)
            for index in column.indexes:
                check_object_name(index.name, "index")
        if column.name in seen:
            raise InvalidQueryError(
                f"{table.model}: {seen[column.name]} and {column.field} are both column {column.name!r}"
            )
        seen[column.name] = column.field


def _check_keys(table: Table) -> None:
    if not table.partition_key:
        raise InvalidQueryError(f"{table.model} has no partition key: mark a field with PrimaryKey()")
    for keys, marker in (
        (table.partition_key, "partition_key_index"),
        (table.clustering_key, "clustering_key_index"),
    ):
        positions = [column.position for column in keys]
        if len(set(positions)) != len(positions):
            names = ", ".join(column.field for column in keys)
            raise InvalidQueryError(f"{table.model}: {names} share a {marker}; give each its own")
    for column in table.primary_key:
        where = f"{table.model}.{column.field}"
        if column.type.multicell:
            raise InvalidQueryError(f"{where}: a key column cannot be {column.type}; mark it Frozen()")
        if any(part.name in _NOT_IN_A_KEY for part in column.type.walk()):
            raise InvalidQueryError(f"{where}: a key column cannot be {column.type}")


def _check_counters(table: Table) -> None:
    if not table.is_counter:
        return
    for column in table.columns:
        if not column.in_key and column.role != "counter":
            raise InvalidQueryError(
                f"{table.model}.{column.field}: a table of counters holds keys and Counter() columns only"
            )
