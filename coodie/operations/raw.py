"""CQL that the user wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coodie.cql.dialect import Target
from coodie.cql.statement import Kind, Shape, Statement
from coodie.exceptions import InvalidQueryError
from coodie.naming import is_unicode
from coodie.operations.request import Request
from coodie.rows.rows import Rows


def raw(
    cql: str, params: Sequence[Any] | Mapping[str, Any] | None, target: Target
) -> Request[list[dict[str, Any]]]:
    """Execute CQL as it stands, its `?` markers bound to `params`; the result is a dictionary per row."""
    if isinstance(params, (str, bytes)):
        raise InvalidQueryError(f"params must be a list or a tuple of values, not {params!r}")
    if isinstance(params, Mapping):
        raise InvalidQueryError(
            "params must be in the order of the ? markers: a list or a tuple, not a mapping"
        )
    if not is_unicode(cql):
        raise InvalidQueryError(f"{cql!r} is no valid Unicode")
    shape = Shape(text=cql, kind=Kind.RAW, keyspace=target.keyspace)
    return Request(Statement(shape, tuple(params or ())), _dictionaries)


def _dictionaries(rows: Rows) -> list[dict[str, Any]]:
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.decoded()]
