"""Prepared statements of cassandra-driver and scylla-driver, and the binding of their parameters."""

from __future__ import annotations

import struct
from typing import Any

from cassandra.query import UNSET_VALUE, BoundStatement, PreparedStatement

from coodie.cql.statement import Kind, Statement
from coodie.drivers.by_hand import check_each, checker
from coodie.drivers.cassandra_codecs import parameter_encoder
from coodie.drivers.cassandra_types import cql_type
from coodie.drivers.cassandra_vectors import bind_packed, reads_vectors
from coodie.drivers.explain_bind import bind_error
from coodie.exceptions import InvalidQueryError
from coodie.rows.unset import UNSET
from coodie.vectors.packed import VectorError


class Prepared:
    """A prepared statement with what its parameters need before the driver can encode them."""

    __slots__ = ("_checks", "_count", "_encoders", "_reads_packed", "statement")

    def __init__(self, statement: PreparedStatement) -> None:
        self.statement = statement
        self._count = len(statement.column_metadata)
        self._reads_packed = reads_vectors(statement)
        bind_packed(statement)
        types = [cql_type(column.type) for column in statement.column_metadata]
        self._checks = [checker(cql) for cql in types]
        self._encoders = tuple(
            (place, encode)
            for place, cql in enumerate(types)
            if (encode := parameter_encoder(cql)) is not None
        )

    def bind(self, statement: Statement) -> BoundStatement:
        """Bind parameters; what does not fit is an `InvalidQueryError` that names the column."""
        values: Any = statement.params
        if len(values) != self._count:
            raise InvalidQueryError(
                f"{statement.shape.text!r} has {self._count} markers, but {len(values)} values were given"
            )
        place = 0
        if statement.shape.kind is Kind.RAW:
            check_each(statement, lambda place, value: self._checks[place](value))
        try:
            if self._encoders:
                values = list(values)
                for place, encode in self._encoders:
                    if values[place] is not None and values[place] is not UNSET:
                        values[place] = encode(values[place])
            for value in values:
                if value is UNSET:
                    values = [UNSET_VALUE if each is UNSET else each for each in values]
                    break
            bound = BoundStatement(self.statement).bind(values)
        except (InvalidQueryError, VectorError) as error:
            shape = statement.shape
            column = f".{shape.markers[place].name}" if place < len(shape.markers) else ""
            raise InvalidQueryError(f"{shape.model or shape.table}{column}: {error}") from None
        except (TypeError, ValueError, AttributeError, OverflowError, struct.error) as error:
            raise bind_error(statement, error) from error
        bound.is_idempotent = statement.shape.idempotent
        bound.reads_packed = self._reads_packed
        return bound
