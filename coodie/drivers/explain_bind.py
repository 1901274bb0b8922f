"""Why a driver could not encode a parameter, said in terms of the column."""

from __future__ import annotations

from coodie.cql.literal import REDACTED, on_one_line
from coodie.cql.statement import Statement
from coodie.cqltype import parse_cql_type
from coodie.exceptions import InvalidQueryError
from coodie.rows.check import coercer
from coodie.rows.unset import UNSET


def bind_error(statement: Statement, cause: Exception) -> InvalidQueryError:
    """Return the error for a statement whose parameters do not fit: column, type, value and reason."""
    shape = statement.shape
    for marker, value in zip(shape.markers, statement.params, strict=False):
        if value is None or value is UNSET or not marker.type:
            continue
        try:
            coercer(parse_cql_type(marker.type))(value)
        except ValueError as reason:
            shown = REDACTED if marker.secret else on_one_line(value)[:80]
            why = "the value does not fit" if marker.secret else str(reason)
            return InvalidQueryError(
                f"{shape.model or shape.table}.{marker.name} is {marker.type}, not {shown}: {why}"
            )
    wanted = len(shape.markers) or "the statement's number of"
    return InvalidQueryError(
        f"the parameters of {shape.text!r} cannot be bound ({wanted} markers, {len(statement.params)} values): {cause}"
    )
