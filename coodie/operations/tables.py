"""`sync_table` as a plan against the live schema; dropping and truncating tables."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from coodie.cql.ddl import index as index_ddl
from coodie.cql.ddl import table as table_ddl
from coodie.cql.dialect import Target
from coodie.cql.statement import Shape, Statement
from coodie.exceptions import InvalidQueryError
from coodie.operations.indexes import Matched, match_indexes
from coodie.operations.introspection import LiveTable, introspect_table
from coodie.operations.request import Request, nothing
from coodie.operations.usertypes import sync_types
from coodie.results import SchemaPlan
from coodie.rows.rows import Rows
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import table_of
from coodie.schema.polymorphism import members_of, root_of
from coodie.schema.table import Table
from coodie.vectors.index_options import MOST_DIMENSIONS

logger = logging.getLogger("coodie.schema")


def sync_table(
    model: type[BaseModel], target: Target, *, dry_run: bool = False, drop_removed_indexes: bool = False
) -> Generator[Statement, Rows, SchemaPlan]:
    """Plan what brings the live table to what the model declares: what is missing is added, nothing is dropped.

    Reads the live schema (one statement for a new table, else two, three for a model with table options) and sends what
    is needed; with `dry_run` it only
    reads. A column whose type or role differs is an `InvalidQueryError` that names both; a column or option that
    the model does not have is drift: logged, and listed in the plan.
    """
    root = root_of(model)
    table = declared_table(root)
    keyspace = table.keyspace or target.keyspace
    if keyspace is None:
        raise InvalidQueryError(
            f"{table.model} has no keyspace: give the connection one (init_coodie(keyspace=...)), or set "
            f"{table.model}.Settings.keyspace"
        )
    _check_vectors(table, target)
    types = yield from sync_types(members_of(root), target, keyspace, dry_run=dry_run)
    live = yield from introspect_table(keyspace, table.name, options=bool(table_ddl.table_options(table)))
    if live is None:
        steps = [table_ddl.create_table(table, keyspace)]
        steps += [index_ddl.create_index(table, keyspace, index, target) for index in table.indexes]
        drift: tuple[str, ...] = ()
    else:
        check_columns(table, live)
        matched = match_indexes(table, live, target)
        steps = list(_missing(table, target, keyspace, live, matched, drop_removed=drop_removed_indexes))
        drift = tuple(_drift(table, live, matched, drop_removed=drop_removed_indexes))
    for line in drift:
        logger.warning("SchemaDrift: %s", line)
    for shape in steps:
        if not dry_run:
            yield Statement(shape)
    return SchemaPlan([*types, *(shape.text for shape in steps)], types.drift + drift)


def declared_table(root: type[BaseModel]) -> Table:
    """Return the table of a class; of a family's topmost one with the columns of all that are known."""
    table = table_of(root)
    return replace(table, columns=table.read_columns) if table.shared else table


def _check_vectors(table: Table, target: Target) -> None:
    """Refuse what this server's vectors and their indexes do not have, whether or not an index is there already."""
    for index in table.indexes:
        if index.vector is not None:
            index_ddl.check_vector_index(table, index, index.vector, target)
    most = MOST_DIMENSIONS[target.dialect.value]
    for column in table.columns:
        if any((part.dimensions or 0) > most for part in column.type.walk()):
            raise InvalidQueryError(
                f"{table.model}.{column.field} is {column.type}: vectors have at most {most} dimensions on "
                f"{target.dialect.value}"
            )


def check_columns(table: Table, live: LiveTable) -> None:
    """Refuse a type, role or order that differs from the live one: no server can change it."""
    for conflict in conflicts_of(table, live):
        raise InvalidQueryError(conflict)


def conflicts_of(table: Table, live: LiveTable) -> Iterator[str]:
    """Give a sentence for each column whose type, role or order differs from the live one, or that is a new key."""
    for column in table.columns:
        there = live.columns.get(column.name)
        where = f"{table.model}.{column.field}"
        role = "regular" if column.role == "counter" else column.role
        if there is None:
            if column.in_key:
                yield f"{where}: the key of table {table.name} cannot be changed; make a new table"
        elif str(there.type) != str(column.type):
            yield (
                f"{where} is {column.type}, but column {column.name} of table {table.name} is {there.type}: "
                "a type cannot be changed, add a new column or migrate"
            )
        elif there.kind != role or (column.in_key and there.position != _place(table, column)):
            yield (
                f"{where} is {role}, but column {column.name} of table {table.name} is {there.kind} "
                f"(position {there.position}): a key cannot be changed, make a new table"
            )
        elif role == "clustering" and there.order != column.order:
            yield (
                f"{where} is sorted {column.order}, but column {column.name} of table {table.name} {there.order}: "
                "a clustering order cannot be changed, make a new table"
            )


def _place(table: Table, column: ColumnDefinition) -> int:
    keys = table.partition_key if column.role == "partition_key" else table.clustering_key
    return keys.index(column)


def _missing(
    table: Table, target: Target, keyspace: str, live: LiveTable, matched: Matched, *, drop_removed: bool
) -> Iterator[Shape]:
    columns = [column for column in table.columns if column.name not in live.columns]
    if columns:
        yield table_ddl.add_columns(table, keyspace, columns)
    options = changed_options(table, live)
    if options:
        yield table_ddl.alter_options(table, keyspace, options)
    if drop_removed:
        for name in matched.changed.values():
            yield index_ddl.drop_index(name, keyspace, table)
    for index, match in matched.pairs:
        if match is None and (drop_removed or index not in matched.changed):
            yield index_ddl.create_index(table, keyspace, index, target)
    if drop_removed:
        for name in matched.unclaimed:
            yield index_ddl.drop_index(name, keyspace, table)


def changed_options(table: Table, live: LiveTable) -> dict[str, Any]:
    """Return the options that the model declares and the live table has otherwise."""
    return {
        name: value
        for name, value in table_ddl.table_options(table).items()
        if not _same_option(value, live.options.get(name))
    }


def _drift(table: Table, live: LiveTable, matched: Matched, *, drop_removed: bool) -> Iterator[str]:
    known = {column.name for column in table.columns}
    for name, column in live.columns.items():
        if name not in known:
            yield f"table {table.name} has a column {name} ({column.type}) that {table.model} does not declare"
    for index, match in matched.pairs:
        if match is not None and match != index.name:
            yield f"the index on {table.name}.{index.column} is called {match}, {table.model} calls it {index.name}"
    if not drop_removed:
        for name, there in matched.unclaimed.items():
            yield f"table {table.name} has an index {name} on {there.target} that {table.model} does not declare"
        for index, name in matched.changed.items():
            yield (
                f"the vector index {name} on {table.name}.{index.column} was made with {live.indexes[name].options}, "
                f"{table.model} declares {dict(index.options)}: an index cannot be changed, "
                "sync_table(drop_removed_indexes=True) makes it anew"
            )


def _same_option(declared: Any, live: Any) -> bool:
    if isinstance(declared, dict) and isinstance(live, dict):
        return all(_same_option(value, live.get(name)) for name, value in declared.items())
    if isinstance(declared, str) and isinstance(live, str):
        # The server writes class names in full.
        return declared == live or live.endswith(f".{declared}")
    if isinstance(live, str):
        return str(declared).lower() == live.lower()
    return bool(declared == live)


def drop_table(model: type[BaseModel], target: Target) -> Request[None]:
    """Drop the table, if it is there."""
    table = table_of(model)
    return Request(Statement(table_ddl.drop_table(table, table.keyspace or target.keyspace)), nothing)


def truncate(model: type[BaseModel], target: Target) -> Request[None]:
    """Remove all rows of the table."""
    table = table_of(model)
    return Request(Statement(table_ddl.truncate_table(table, table.keyspace or target.keyspace)), nothing)
