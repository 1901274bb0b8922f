"""Saving a document as one JSON text."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

from coodie.cql.cache import shapes
from coodie.cql.dialect import Target
from coodie.cql.insert import insert_json
from coodie.cql.statement import ExecutionOptions, Statement
from coodie.exceptions import InvalidQueryError
from coodie.operations.documents import check_kind, keyspace_of
from coodie.operations.options import using_params
from coodie.operations.request import Request, constant
from coodie.rows.cqljson import to_cql_json
from coodie.schema.inspect import table_of

D = TypeVar("D", bound=BaseModel)


def save_json(
    document: D,
    target: Target,
    options: ExecutionOptions,
    *,
    ttl: int | None = None,
    timestamp: int | None = None,
) -> Request[D]:
    """Write the whole row as one JSON text; the result is the document."""
    table = table_of(type(document))
    if table.is_counter or table.version is not None:
        raise InvalidQueryError(
            f"{table.model} cannot be saved as JSON: counters and versions have writes of their own"
        )
    check_kind(table, document)
    keyspace, using = keyspace_of(table, target), (ttl is not None, timestamp is not None)
    shape = shapes.get(
        ("insert json", table, keyspace, using),
        lambda: insert_json(table, keyspace, ttl=using[0], timestamp=using[1]),
    )
    params = (to_cql_json(document), *using_params(ttl, timestamp))
    return Request(Statement(shape, params, options), constant(document))
