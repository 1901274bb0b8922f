"""A session of acsylla on the loop that opened it: acsylla's futures belong to one loop, so each loop has its own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import acsylla

from coodie.cql.dialect import Dialect, Server
from coodie.cql.statement import (
    DEFAULT_OPTIONS,
    BatchStatement,
    ExecutionOptions,
    Kind,
    Shape,
    Statement,
    is_idempotent,
)
from coodie.cqltype import CqlType, parse_cql_type
from coodie.drivers.acsylla_codecs import decoder, unreadable
from coodie.drivers.acsylla_errors import translate
from coodie.drivers.acsylla_prepared import MOST_PREPARED, Prepared, PreparedTexts
from coodie.drivers.acsylla_text import bound_as_blobs, decimals_in, selected_as_blobs, spread
from coodie.drivers.acsylla_trace import read_trace
from coodie.drivers.bridge import no_longer_than
from coodie.drivers.column_types import all_columns, columns_of, result_types, table_of, with_fields
from coodie.rows.rows import EMPTY, Rows

FETCH_SIZE = 5000  # as the other drivers read; acsylla's own default is everything at once
_BATCHES: dict[str, Callable[..., acsylla.Batch]] = {
    "LOGGED": acsylla.create_batch_logged,
    "UNLOGGED": acsylla.create_batch_unlogged,
    "COUNTER": acsylla.create_batch_counter,
}


class LoopSession:
    """Executes statements over one acsylla session, on its loop only."""

    def __init__(self, session: acsylla.Session, keyspace: str | None, *, owned: bool) -> None:
        self._session, self._keyspace, self._owned = session, keyspace, owned
        self.prepared = PreparedTexts(self._prepare)
        self._columns: dict[tuple[str, str], dict[str, CqlType]] = {}
        self._layouts: dict[Shape, tuple[tuple[str, ...], Mapping[str, CqlType], tuple[CqlType, ...]]] = {}
        self._uses_keyspace = False

    async def server(self) -> Server:
        """Ask which server this is: `system.versions` is ScyllaDB's alone."""
        try:
            ((version, *_),) = await self._fetch("SELECT version FROM system.versions")
        except acsylla.errors.CassErrorServerInvalidQuery:
            ((version, *_),) = await self._fetch("SELECT release_version FROM system.local")
            return Server(Dialect.CASSANDRA, str(version))
        return Server(Dialect.SCYLLA, str(version))

    async def execute(self, statement: Statement) -> Rows:
        """Send a statement and await its rows."""
        try:
            query, columns = await self._query(statement)
            if statement.options.timeout is None:
                result = await self._session.execute(query, native_types=True)
            else:
                async with no_longer_than(statement.options.timeout):
                    result = await self._session.execute(query, native_types=True)
            return await self._rows(statement, result, columns)
        except Exception as error:
            raise translate(error, statement) from error

    async def execute_batch(self, batch: BatchStatement) -> Rows:
        """Send bound statements as one batch and await the answer."""
        try:
            query = _BATCHES[batch.kind](**_named(batch.options, "timeout", "execution_profile"))
            for place in ("consistency", "serial_consistency"):
                level = getattr(batch.options, place)
                if level is not None:
                    getattr(query, f"set_{place}")(acsylla.Consistency[level])
            query.set_is_idempotent(is_idempotent(batch))
            query.set_tracing(batch.options.tracing)
            for child in map(spread, batch.statements):
                prepared = await self._known(child)
                query.add_statement(prepared.bind(child, {}))
            async with no_longer_than(batch.options.timeout):
                result = await self._session.execute_batch(query, native_types=True)
            return await self._rows(batch.statements[0], result, None)
        except Exception as error:
            raise translate(error, batch) from error

    async def close(self) -> None:
        """Close a session of our own."""
        if self._owned:
            await self._session.close()

    async def _query(self, statement: Statement) -> tuple[acsylla.Statement, Mapping[str, CqlType] | None]:
        shape, options = statement.shape, statement.options
        columns: Mapping[str, CqlType] | None = None
        if shape.kind is Kind.DDL or (shape.kind is Kind.RAW and not statement.params):
            if shape.kind is Kind.DDL or _changes_schema(shape.text):
                # What was read of the schema, and prepared under it, may be old after this.
                self._columns.clear()
                self.prepared.forget()
            await self._use_keyspace(statement)
            text = shape.text
            if _reads(text):
                columns = self._columns_known(statement) or await self._read_columns(statement)
                text = selected_as_blobs(text, columns)
            query = acsylla.create_statement(text, 0, **_options(options))
        else:
            statement = spread(statement)
            prepared = await self._known(statement)
            query, columns = prepared.bind(statement, _options(options)), prepared.columns
        query.set_is_idempotent(shape.idempotent)
        if options.tracing:
            query.set_tracing(True)
        return query, columns

    async def _known(self, statement: Statement) -> Prepared:
        key = (statement.shape.text, decimals_in(statement))
        return self.prepared.known(key) or await self.prepared.get(key, statement)

    async def _prepare(self, statement: Statement) -> Prepared:
        await self._use_keyspace(statement)
        shape = statement.shape
        reads = shape.kind in (Kind.SELECT, Kind.RAW) or shape.conditional
        columns = await self._read_columns(statement) if reads else {}
        text = bound_as_blobs(shape.text, decimals_in(statement))
        made = await self._session.create_prepared(selected_as_blobs(text, columns))
        types = None
        if shape.kind is not Kind.RAW:
            texts = [parse_cql_type(marker.type) for marker in shape.markers]
            types = tuple(await with_fields(self._fetch, shape.keyspace or self._keyspace, texts))
        return Prepared(made, types, columns)

    async def _rows(
        self, statement: Statement, result: acsylla.Result, columns: Mapping[str, CqlType] | None
    ) -> Rows:
        names = tuple(result.columns_names())
        trace = await read_trace(self._fetch, result.tracing_id) if statement.options.tracing else None
        if not names:
            return EMPTY if trace is None else Rows(trace=trace)
        if columns is None:
            columns = self._columns_known(statement) or await self._read_columns(statement)
        try:
            tuples = [row.as_tuple() for row in result.all()]
        except (ValueError, TypeError) as error:
            limit = unreadable(error, result_types(statement, names, columns, ()))
            if limit is None:
                raise
            raise limit from error
        names, types = self._layout(statement, names, columns, tuples)
        return Rows(
            columns=names,
            types=types,
            tuples=tuples,
            paging_state=result.page_state() if result.has_more_pages() else None,
            trace=trace,
            decoder=decoder,
        )

    def _layout(
        self,
        statement: Statement,
        names: tuple[str, ...],
        columns: Mapping[str, CqlType],
        tuples: Sequence[tuple[Any, ...]],
    ) -> tuple[tuple[str, ...], tuple[CqlType, ...]]:
        """Return names and types of a result: the same tuples each time, by which what reads them is found again."""
        known = self._layouts.get(statement.shape)
        if known is not None and known[0] == names and known[1] is columns:
            return known[0], known[2]
        types = result_types(statement, names, columns, tuples)
        if all_columns(names, columns):  # else types were guessed from the values that came
            if len(self._layouts) >= MOST_PREPARED:
                self._layouts.clear()
            self._layouts[statement.shape] = (names, columns, types)
        return names, types

    def _columns_known(self, statement: Statement) -> Mapping[str, CqlType] | None:
        place = table_of(statement, self._keyspace)
        return None if place is None else self._columns.get(place)

    async def _read_columns(self, statement: Statement) -> Mapping[str, CqlType]:
        place = table_of(statement, self._keyspace)
        if place is None:
            return {}
        self._columns[place] = await columns_of(self._fetch, *place)
        return self._columns[place]

    async def _fetch(self, cql: str, params: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        query = acsylla.create_statement(cql, len(params))
        for position, value in enumerate(params):
            query.bind(position, value)
        return [row.as_tuple() for row in (await self._session.execute(query, native_types=True)).all()]

    async def _use_keyspace(self, statement: Statement) -> None:
        """Let hand-written CQL leave the keyspace out, on a session of our own."""
        keyspace = self._keyspace
        if statement.shape.kind is not Kind.RAW or not self._owned or not keyspace or self._uses_keyspace:
            return
        # It may be what creates the keyspace, so a refusal to use it is not this statement's error: the server
        # will say what it misses.
        with contextlib.suppress(acsylla.errors.CassErrorServerInvalidQuery):
            await self._session.set_keyspace(f'"{keyspace}"')
            self._uses_keyspace = True


def _options(options: ExecutionOptions) -> dict[str, Any]:
    if options is DEFAULT_OPTIONS:
        return {"page_size": FETCH_SIZE}
    named = _named(options, "timeout", "consistency", "serial_consistency", "execution_profile")
    named["page_size"] = options.fetch_size or FETCH_SIZE
    if options.paging_state is not None:
        named["page_state"] = options.paging_state
    return named


def _named(options: ExecutionOptions, *wanted: str) -> dict[str, Any]:
    """Return the options that were chosen, in acsylla's words."""
    chosen: dict[str, Any] = {}
    if options.timeout is not None:
        chosen["timeout"] = max(options.timeout, 0.001)  # less is cut to none, which means for ever
    if options.profile is not None:
        chosen["execution_profile"] = options.profile
    if options.consistency is not None:
        chosen["consistency"] = acsylla.Consistency[options.consistency]
    if options.serial_consistency is not None:
        chosen["serial_consistency"] = acsylla.Consistency[options.serial_consistency]
    return {name: value for name, value in chosen.items() if name in wanted}


def _reads(text: str) -> bool:
    return text.lstrip()[:6].upper() == "SELECT"


def _changes_schema(text: str) -> bool:
    return text.lstrip()[:6].upper().startswith(("CREATE", "ALTER", "DROP"))
