"""The adapter of scylladb-rs-driver, experimental as the driver is: its futures are awaited, or waited for."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from scylla.batch import Batch, BatchType
from scylla.enums import Consistency, SerialConsistency
from scylla.results import PagingState, RequestResult, RowFactory
from scylla.session import Session
from scylla.statement import PreparedStatement
from scylla.statement import Statement as DriverStatement

from coodie.cql.dialect import Dialect, Server
from coodie.cql.statement import BatchStatement, ExecutionOptions, Kind, Statement
from coodie.drivers.base import AbstractDriver
from coodie.drivers.bridge import keep_for_ever, no_longer_than
from coodie.drivers.by_hand import check_each, checker
from coodie.drivers.explain_bind import bind_error
from coodie.drivers.prepared_cache import PreparedCache
from coodie.drivers.python_rs_builder import session_builder
from coodie.drivers.python_rs_codecs import cql_type, decoder, encoder, holds_duration, refuse, unreadable
from coodie.drivers.python_rs_errors import misfit, translate
from coodie.drivers.python_rs_text import without_unset
from coodie.drivers.registry import forget_driver
from coodie.drivers.settings import ConnectionSettings
from coodie.exceptions import ConfigurationError, InvalidQueryError
from coodie.rows.rows import Rows
from coodie.rows.unset import UNSET

FETCH_SIZE = 5000
_BATCHES = {"LOGGED": BatchType.Logged, "UNLOGGED": BatchType.Unlogged, "COUNTER": BatchType.Counter}


class _Tuples(RowFactory):  # type: ignore[misc]
    """Makes a tuple of each row."""

    def build(self, column_iterator: Any) -> tuple[Any, ...]:
        return tuple(column.value for column in column_iterator)


class _Prepared:
    """A prepared statement with what its parameters need."""

    def __init__(self, statement: PreparedStatement) -> None:
        self.statement = statement
        types = [cql_type(column.cql_type) for column in statement.bind_columns]
        self.encoders = [encoder(cql) for cql in types]
        self._checks = [checker(cql) for cql in types]

    def bind(self, statement: Statement) -> list[Any]:
        """Encode parameters; what does not fit is an `InvalidQueryError` that names the column."""
        shape, values = statement.shape, statement.params
        if len(values) != len(self.encoders):
            raise InvalidQueryError(
                f"{shape.text!r} has {len(self.encoders)} markers, but {len(values)} values were given"
            )
        if shape.kind is Kind.RAW:
            check_each(statement, lambda place, value: self._checks[place](value))
        bound: list[Any] = []
        try:
            for value, encode in zip(values, self.encoders, strict=True):
                if value is UNSET:
                    refuse("cannot leave a parameter unset")
                bound.append(value if value is None or encode is None else encode(value))
        except InvalidQueryError as error:
            column = f".{shape.markers[len(bound)].name}" if len(bound) < len(shape.markers) else ""
            raise type(error)(f"{shape.model or shape.table or 'CQL by hand'}{column}: {error}") from None
        except (TypeError, ValueError, AttributeError, OverflowError) as error:
            raise bind_error(statement, error) from error
        return bound


class PythonRsDriver(AbstractDriver):
    """Executes statements over a session of scylladb-rs-driver, which sync and async callers share."""

    def __init__(self, session: Session, keyspace: str | None, driver_type: str = "python-rs") -> None:
        super().__init__(keyspace)
        self.driver_type, self.session = driver_type, session
        self.consistency = "LOCAL_ONE"
        self._uses_keyspace = False
        self._prepared = PreparedCache(lambda text: session.prepare(text).result(), _Prepared)
        self.describe(self._server())

    @classmethod
    def from_session(cls, session: Session, keyspace: str | None, driver_type: str) -> PythonRsDriver:
        """Use a session that the application owns."""
        driver = cls(session, keyspace, driver_type)
        driver._uses_keyspace = True  # which keyspace a session uses is the application's choice
        return driver

    @classmethod
    def connect(
        cls,
        settings: ConnectionSettings,
        driver_type: str,
        *,
        connect_timeout: float | None = None,
        **unknown: Any,
    ) -> PythonRsDriver:
        """Open a session of our own; what is sent again, and when, is not decided in it."""
        if unknown:
            raise ConfigurationError(f"init_coodie: python-rs takes no {', '.join(sorted(unknown))}")
        builder = session_builder(settings)
        if connect_timeout is not None:
            builder = builder.connection_timeout(connect_timeout)
        try:
            return cls(builder.connect().result(), settings.keyspace, driver_type)
        except Exception as error:
            raise translate(error) from error

    def execute(self, statement: Statement) -> Rows:
        """Send a statement and wait for its rows."""
        try:
            query, values, arguments = self._query(statement)
            return _rows(self.session.execute(query, values, **arguments).result(statement.options.timeout))
        except Exception as error:
            raise self._told(error, statement) from error

    async def execute_async(self, statement: Statement) -> Rows:
        """Send a statement and await its rows; only preparing, once per text, leaves the loop."""
        try:
            if self._prepared.known(without_unset(statement).shape.text) is None:
                query, values, arguments = await asyncio.to_thread(self._query, statement)
            else:
                query, values, arguments = self._query(statement)
            async with no_longer_than(statement.options.timeout):
                result = await self.session.execute(query, values, **arguments)
            return _rows(result)
        except Exception as error:
            raise self._told(error, statement) from error

    def execute_batch(self, batch: BatchStatement) -> Rows:
        """Send bound statements as one batch and wait for the answer."""
        try:
            sent = self.session.batch(self._batch(batch), factory=_Tuples())
            return _rows(sent.result(batch.options.timeout))
        except Exception as error:
            raise self._told(error, batch) from error

    async def execute_batch_async(self, batch: BatchStatement) -> Rows:
        """Send bound statements as one batch and await the answer."""
        try:
            query = await asyncio.to_thread(self._batch, batch)
            async with no_longer_than(batch.options.timeout):
                result = await self.session.batch(query, factory=_Tuples())
            return _rows(result)
        except Exception as error:
            raise self._told(error, batch) from error

    def _query(self, statement: Statement) -> tuple[Any, list[Any] | None, dict[str, Any]]:
        arguments: dict[str, Any] = {"factory": _Tuples()}
        options = statement.options
        if options.paging_state is not None:
            arguments["paging_state"] = PagingState.from_bytes(options.paging_state)
        self._use_keyspace(statement)
        shape, values = statement.shape, None
        if shape.kind is Kind.DDL or (shape.kind is Kind.RAW and not statement.params):
            if shape.text.startswith(("ALTER", "DROP")):
                self._prepared.forget()
            query: Any = DriverStatement(shape.text)
        else:
            sent = without_unset(statement)
            prepared = self._prepared.get(sent.shape.text)
            query, values = prepared.statement, prepared.bind(sent)
        query = _with_options(query, options).with_page_size(options.fetch_size or FETCH_SIZE)
        return query.set_is_idempotent(shape.idempotent), values, arguments

    def _batch(self, batch: BatchStatement) -> Batch:
        query = Batch(_BATCHES[batch.kind])
        for child in batch.statements:
            self._use_keyspace(child)
            sent = without_unset(child)
            prepared = self._prepared.get(sent.shape.text)
            query.add(prepared.statement, prepared.bind(sent))
        return _with_options(query, batch.options)

    def _told(self, error: Exception, statement: Statement | BatchStatement) -> Exception:
        if misfit(error):
            child = statement.statements[0] if isinstance(statement, BatchStatement) else statement
            return bind_error(child, error)
        return translate(error, statement)

    def _use_keyspace(self, statement: Statement) -> None:
        """Let hand-written CQL leave the keyspace out, on a session of our own."""
        if statement.shape.kind is not Kind.RAW or self._uses_keyspace or not self.keyspace:
            return
        # It may be what creates the keyspace, so a refusal to use it is not this statement's error.
        with contextlib.suppress(Exception):
            self.session.use_keyspace(self.keyspace, case_sensitive=True).result()
            self._uses_keyspace = True

    def _server(self) -> Server:
        """Ask which server this is: `system.versions` is ScyllaDB's alone."""
        try:
            found = self.session.execute("SELECT version FROM system.versions", factory=_Tuples()).result()
            return Server(Dialect.SCYLLA, next(iter(found.iter_current_page()))[0])
        except Exception:  # noqa: BLE001 - Cassandra refuses it; what else may be wrong, the next statement says
            found = self.session.execute(
                "SELECT release_version FROM system.local", factory=_Tuples()
            ).result()
        return Server(Dialect.CASSANDRA, next(iter(found.iter_current_page()))[0])

    def forked(self) -> None:
        """Refuse to go on: the driver's threads belong to the parent, and a child cannot have others."""
        keep_for_ever(self.session)
        self.session = _Forked()
        self._prepared = PreparedCache(self.session.prepare, _Prepared)

    def close(self) -> None:
        """Let go of the session: the driver ends one that nobody holds."""
        self.session = None
        self._prepared = PreparedCache(_closed, _Prepared)
        forget_driver(self)

    async def close_async(self) -> None:
        """Let go of the session: the driver ends one that nobody holds."""
        self.close()


class _Forked:
    """Stands for a session that a child process cannot use."""

    def prepare(self, *_: Any, **__: Any) -> Any:
        refuse("does not survive a fork; its processes must be spawned")

    execute = batch = use_keyspace = prepare


def _closed(text: str) -> Any:
    del text
    raise ConfigurationError("this connection is closed: call init_coodie() again")


def _with_options(query: Any, options: ExecutionOptions) -> Any:
    if options.tracing:
        refuse("has no tracing")
    if options.profile is not None:
        refuse("has no named execution profiles")
    if options.consistency is not None:
        query = query.with_consistency(getattr(Consistency, _camel(options.consistency)))
    if options.serial_consistency is not None:
        query = query.with_serial_consistency(getattr(SerialConsistency, _camel(options.serial_consistency)))
    if options.timeout is not None:
        query = query.with_request_timeout(options.timeout)
    return query


def _camel(level: str) -> str:
    return "".join(word.capitalize() for word in level.split("_"))


def _rows(result: RequestResult) -> Rows:
    columns = result.columns
    if not columns:
        return Rows()
    types = tuple(cql_type(column.cql_type) for column in columns)
    try:
        tuples = list(result.iter_current_page())
        places = [place for place, cql in enumerate(types) if cql.is_collection]
        if places:
            tuples = [_with_nulls(row, places) for row in tuples]
    except Exception as error:
        for cql in types:
            if holds_duration(cql):
                raise unreadable(cql) from error
        raise
    state = result.paging_state() if result.has_more_pages() else None
    return Rows(
        columns=tuple(column.name for column in columns),
        types=types,
        tuples=tuples,
        paging_state=None if state is None else state.as_bytes(),
        decoder=decoder,
    )


def _with_nulls(row: tuple[Any, ...], places: list[int]) -> tuple[Any, ...]:
    """Give null where the driver made an empty collection of one, as the others do."""
    values = list(row)
    for place in places:
        values[place] = values[place] or None
    return tuple(values)
