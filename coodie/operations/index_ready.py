"""Waiting for a vector index: a server builds it in the background, and refuses searches until it is there."""

from __future__ import annotations

import re
import time
from collections.abc import Generator
from typing import Any

from pydantic import BaseModel

from coodie.checks import check_timeout
from coodie.cql.dialect import Target
from coodie.cql.select import SelectKey, select
from coodie.cql.statement import Statement
from coodie.cql.terms import Op
from coodie.cql.where import Term
from coodie.exceptions import InvalidQueryError, OperationError, Timeout
from coodie.naming import quote
from coodie.operations.documents import keyspace_of
from coodie.operations.request import Pause
from coodie.rows.rows import Rows
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import table_of
from coodie.schema.table import Table
from coodie.vectors.packed import packer

_NOT_YET = re.compile(
    r"INDEX_(?:NOT_AVAILABLE|BUILD_IN_PROGRESS)|not (?:yet )?(?:available|ready)|being built|is building|"
    r"missing index|index does not exist|full scan|initiali[sz]ing",
    re.IGNORECASE,
)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.01, 0.5


def wait_for_index(
    model: type[BaseModel], target: Target, index_name: str | None, timeout: float
) -> Generator[Statement | Pause, Rows, None]:
    """Plan searching with an index, again and again, until the server answers."""
    table = table_of(model)
    deadline = time.monotonic() + check_timeout(timeout)
    for column in _searched(table, index_name):
        key: tuple[Any, ...] = ()
        if column.vector_index and column.vector_index.vector and column.vector_index.vector.local:
            # An index within each partition answers for one of them; where there is none, nothing is to be found.
            rows = (yield _any_partition(table, target)).decoded(1)
            if not rows:
                continue
            key = rows[0]
        statement = _probe(table, column, target, key)
        pause = _FIRST_PAUSE
        while True:
            try:
                yield statement
                break
            except OperationError as error:
                if not _NOT_YET.search(str(error)):
                    raise
                if time.monotonic() + pause > deadline:
                    name = column.vector_index.name if column.vector_index else ""
                    raise Timeout(
                        f"the index {name} of {table.model} does not answer after {timeout:g} seconds: {error}",
                        statement=statement,
                        retry_safe=True,
                    ) from error
            yield Pause(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


def _searched(table: Table, name: str | None) -> list[ColumnDefinition]:
    columns = {
        column.vector_index.name: column for column in table.columns if column.vector_index is not None
    }
    if name is not None and name not in columns:
        known = ", ".join(columns) or "none"
        raise InvalidQueryError(f"{table.model} has no vector index {name!r}; it has {known}")
    if not columns:
        raise InvalidQueryError(f"{table.model} has no VectorIndex() to wait for")
    return list(columns.values()) if name is None else [columns[name]]


def _partition_columns(table: Table) -> tuple[str, ...]:
    return tuple(quote(column.name) for column in table.partition_key)


def _any_partition(table: Table, target: Target) -> Statement:
    key = SelectKey(table, keyspace_of(table, target), _partition_columns(table), limit=True)
    return Statement(select(key), (1,))


def _probe(table: Table, column: ColumnDefinition, target: Target, key: tuple[Any, ...]) -> Statement:
    """Ask for one neighbour of some vector, in a partition if its key is given."""
    dimensions = column.type.dimensions or 0
    vector = packer(dimensions)([1.0, *[0.0] * (dimensions - 1)])
    terms = tuple(Term(each, Op.EQ) for each in table.partition_key) if key else ()
    shape = select(
        SelectKey(
            table,
            keyspace_of(table, target),
            _partition_columns(table),
            terms,
            nearest=column,
            limit=True,
        )
    )
    return Statement(shape, (*key, vector, 1))
