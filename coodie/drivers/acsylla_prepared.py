"""Prepared statements of one acsylla session: each text prepared once, however many tasks ask for it first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import acsylla

from coodie.cql.statement import Statement
from coodie.cqltype import CqlType
from coodie.drivers.acsylla_codecs import Encoder, encoder
from coodie.drivers.acsylla_errors import MISFITS
from coodie.drivers.acsylla_probes import Places
from coodie.drivers.acsylla_values import encode_unknown
from coodie.drivers.by_hand import check_each
from coodie.drivers.explain_bind import bind_error
from coodie.exceptions import InvalidQueryError
from coodie.rows.unset import UNSET

MOST_PREPARED = 2048
Key = tuple[str, tuple[int, ...]]  # a text, and the places of the decimals among its parameters


class Prepared:
    """A prepared statement with what its parameters need, and the types of what it reads."""

    __slots__ = ("_encoders", "_markers", "_places", "_statement", "columns")

    def __init__(
        self,
        statement: acsylla.PreparedStatement,
        types: tuple[CqlType, ...] | None,
        columns: Mapping[str, CqlType],
    ) -> None:
        self._statement = statement
        self.columns = columns
        self._markers = _count(statement) if types is None else len(types)
        # Of CQL by hand nobody tells the types, so there are places in place of encoders.
        self._places = Places(partial(_takes, statement)) if types is None else None
        self._encoders: tuple[tuple[int, Encoder], ...] = tuple(
            (place, encode) for place, cql in enumerate(types or ()) if (encode := encoder(cql)) is not None
        )

    def bind(self, statement: Statement, options: dict[str, Any]) -> acsylla.Statement:
        """Bind parameters; what does not fit is an `InvalidQueryError` that names the column."""
        values: Any = statement.params
        if len(values) != self._markers:
            raise InvalidQueryError(
                f"{statement.shape.text!r} has {self._markers} markers, but {len(values)} values were given"
            )
        if self._places is not None:
            check_each(statement, self._places.check)
            return self._bind_by_hand(statement, options)
        place = 0
        try:
            if self._encoders:
                values = list(values)
                for place, encode in self._encoders:
                    if values[place] is not None and values[place] is not UNSET:
                        values[place] = encode(values[place])
            for value in values:
                if value is UNSET:
                    break
            else:
                return self._statement.bind(list(values), **options)
            query = self._statement.bind(**options)
            for place, value in enumerate(values):
                if value is not UNSET:  # what is not bound is unset
                    query.bind(place, value)
        except InvalidQueryError as error:
            shape = statement.shape
            column = f".{shape.markers[place].name}" if place < len(shape.markers) else ""
            raise type(error)(f"{shape.model or shape.table}{column}: {error}") from None
        except MISFITS as error:
            raise bind_error(statement, error) from error
        return query

    def _bind_by_hand(self, statement: Statement, options: dict[str, Any]) -> acsylla.Statement:
        """Bind values whose types nobody told: each by its own class."""
        query = self._statement.bind(**options)
        try:
            for place, value in enumerate(statement.params):
                if value is UNSET:
                    continue
                encoded = encode_unknown(value)
                try:
                    query.bind(place, encoded)
                except ValueError:
                    # The one type that takes numbers and is given bytes.
                    query.bind(place, encode_unknown(value, varint=True))
        except InvalidQueryError as error:
            raise type(error)(f"CQL by hand: {error}") from None
        except MISFITS as error:
            raise bind_error(statement, error) from error
        return query


def _takes(statement: acsylla.PreparedStatement, place: int, probe: Any) -> bool:
    """Tell whether acsylla would bind this; nothing is sent."""
    try:
        statement.bind().bind(place, probe)
    except MISFITS:
        return False
    return True


def _count(statement: acsylla.PreparedStatement) -> int:
    """Count the markers, which acsylla does not tell: bind nulls until there is no place for one."""
    query, count = statement.bind(), 0
    try:
        while True:
            query.bind(count, None)
            count += 1
    except acsylla.errors.CassErrorLibIndexOutOfBounds:
        return count


class PreparedTexts:
    """Texts to prepared statements, bounded; concurrent first calls share one PREPARE."""

    def __init__(self, prepare: Callable[[Statement], Awaitable[Prepared]]) -> None:
        self._prepare = prepare
        self._done: dict[Key, Prepared] = {}
        self._coming: dict[Key, asyncio.Task[Prepared]] = {}

    def known(self, key: Key) -> Prepared | None:
        """Return what is prepared already."""
        return self._done.get(key)

    def forget(self) -> None:
        """Prepare every text anew when it is next needed: a type that it mentions has changed."""
        self._done.clear()

    async def get(self, key: Key, statement: Statement) -> Prepared:
        """Prepare a text, or wait for whoever does; who is cancelled leaves it to the others."""
        if key not in self._coming:
            task = asyncio.ensure_future(self._make(statement))
            self._coming[key] = task
            task.add_done_callback(lambda done: self._arrived(key, done))
        return await asyncio.shield(self._coming[key])

    async def _make(self, statement: Statement) -> Prepared:
        return await self._prepare(statement)

    def _arrived(self, key: Key, task: asyncio.Task[Prepared]) -> None:
        del self._coming[key]
        if task.cancelled() or task.exception() is not None:
            return  # told to those who wait; the next call tries again
        if len(self._done) >= MOST_PREPARED:
            for old in list(self._done)[: MOST_PREPARED // 2]:
                del self._done[old]
        self._done[key] = task.result()
