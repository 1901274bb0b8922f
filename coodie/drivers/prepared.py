"""Prepared statements of one connection: each text prepared once, however many ask for it first."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from cassandra.query import UNSET_VALUE, BoundStatement, PreparedStatement

from coodie.cql.statement import Statement
from coodie.drivers.cassandra_codecs import parameter_encoder
from coodie.drivers.cassandra_types import cql_type
from coodie.drivers.cassandra_vectors import bind_packed, reads_vectors
from coodie.drivers.explain_bind import bind_error
from coodie.exceptions import InvalidQueryError
from coodie.rows.unset import UNSET
from coodie.vectors.packed import VectorError

MOST_PREPARED = 2048


class Prepared:
    """A prepared statement with what its parameters need before the driver can encode them."""

    __slots__ = ("_encoders", "_reads_packed", "statement")

    def __init__(self, statement: PreparedStatement) -> None:
        self.statement = statement
        self._reads_packed = reads_vectors(statement)
        bind_packed(statement)
        types = (cql_type(column.type) for column in statement.column_metadata)
        self._encoders = tuple(
            (place, encode)
            for place, cql in enumerate(types)
            if (encode := parameter_encoder(cql)) is not None
        )

    def bind(self, statement: Statement) -> BoundStatement:
        """Bind parameters; what does not fit is an `InvalidQueryError` that names the column."""
        values: Any = statement.params
        if len(values) != len(self.statement.column_metadata):
            raise InvalidQueryError(
                f"{statement.shape.text!r} has {len(self.statement.column_metadata)} markers, "
                f"but {len(values)} values were given"
            )
        place = 0
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


class PreparedCache:
    """Texts to prepared statements, bounded; concurrent first calls share one PREPARE."""

    def __init__(self, prepare: Callable[[str], PreparedStatement]) -> None:
        self._prepare = prepare
        self._done: dict[str, Prepared] = {}
        self._coming: dict[str, Future[Prepared]] = {}
        self._lock = threading.Lock()

    def known(self, text: str) -> Prepared | None:
        """Return what is prepared already."""
        return self._done.get(text)

    def forget(self) -> None:
        """Prepare every text anew when it is next needed: a type that it mentions has changed."""
        with self._lock:
            self._done.clear()

    def get(self, text: str) -> Prepared:
        """Prepare a text, or wait for whoever does."""
        return self._done.get(text) or self._share(text)

    def _share(self, text: str) -> Prepared:
        with self._lock:
            if text in self._done:
                return self._done[text]
            coming = self._coming.get(text)
            mine = coming is None
            if coming is None:
                coming = Future()
                self._coming[text] = coming
        if not mine:
            return coming.result()
        try:
            prepared = Prepared(self._prepare(text))
        except BaseException as error:
            with self._lock:
                del self._coming[text]
            coming.set_exception(error)
            raise
        with self._lock:
            if len(self._done) >= MOST_PREPARED:
                for old in list(self._done)[: MOST_PREPARED // 2]:
                    del self._done[old]
            self._done[text] = prepared
            del self._coming[text]
        coming.set_result(prepared)
        return prepared
