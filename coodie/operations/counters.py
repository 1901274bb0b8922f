"""Counters: incremented and decremented, never set."""

from __future__ import annotations

from pydantic import BaseModel

from coodie.cql.cache import shapes
from coodie.cql.dialect import Target
from coodie.cql.statement import ExecutionOptions, Statement
from coodie.cql.terms import Change
from coodie.cql.update import update as update_shape
from coodie.exceptions import InvalidQueryError
from coodie.operations.documents import key_params, key_terms, keyspace_of
from coodie.operations.request import Request, nothing
from coodie.rows.check import coerce
from coodie.schema.inspect import table_of


def count(
    document: BaseModel, change: Change, deltas: dict[str, int], target: Target, options: ExecutionOptions
) -> Request[None]:
    """Add deltas to counters of the document's row, or subtract them; the row is made if need be."""
    table = table_of(type(document))
    if not deltas:
        raise InvalidQueryError(f"{change.value}() of {table.model} was given no counter")
    columns = [table.column(name) for name in deltas]
    for column in columns:
        if column.role != "counter":
            raise InvalidQueryError(
                f"{table.model}.{column.field} is not a counter: {change.value}() cannot change it"
            )
    keyspace = keyspace_of(table, target)
    changes = tuple((column, change) for column in columns)
    shape = shapes.get(
        ("count", table, keyspace, changes), update_shape, table, keyspace, changes, key_terms(table)
    )
    params = tuple(
        coerce(column.type, delta, f"{table.model}.{column.field}")
        for column, delta in zip(columns, deltas.values(), strict=True)
    )
    return Request(Statement(shape, params + key_params(document), options), nothing)


def follow(document: BaseModel, change: Change, deltas: dict[str, int]) -> None:
    """Change the document as its row was changed."""
    sign = 1 if change is Change.INCREMENT else -1
    table = table_of(type(document))
    for name, delta in deltas.items():
        field = table.column(name).field
        vars(document)[field] = (document.__dict__.get(field) or 0) + sign * delta
