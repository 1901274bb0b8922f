"""The adapter of cassandra-driver and of scylla-driver, which share one package and one interface."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Any

from cassandra import ConsistencyLevel
from cassandra.cluster import (
    EXEC_PROFILE_DEFAULT,
    ExecutionProfile,
    Session,
    _ConfigMode,
    _discard_cluster_shutdown,
)
from cassandra.query import BatchStatement as DriverBatch
from cassandra.query import BatchType, BoundStatement, SimpleStatement, tuple_factory

from coodie.cql.dialect import Dialect, Server
from coodie.cql.statement import DEFAULT_OPTIONS, BatchStatement, ExecutionOptions, Kind, Statement
from coodie.drivers.base import AbstractDriver
from coodie.drivers.cassandra_answer import Answer
from coodie.drivers.cassandra_cluster import cluster_arguments, connected
from coodie.drivers.cassandra_errors import translate
from coodie.drivers.cassandra_handlers import execute_with
from coodie.drivers.cassandra_streamed import streaming_handler
from coodie.drivers.cassandra_vectors import packed_handler
from coodie.drivers.prepared import Prepared
from coodie.drivers.prepared_cache import PreparedCache
from coodie.drivers.registry import forget_driver
from coodie.drivers.settings import ConnectionSettings
from coodie.exceptions import ConfigurationError
from coodie.rows.rows import Rows

_BATCH_TYPES = {"LOGGED": BatchType.LOGGED, "UNLOGGED": BatchType.UNLOGGED, "COUNTER": BatchType.COUNTER}


class CassandraDriver(AbstractDriver):
    """Executes statements over a session of cassandra-driver or scylla-driver.

    A session that the application made is used through a clone of its default execution profile, and never changed.
    """

    def __init__(
        self, session: Session, keyspace: str | None, driver_type: str = "cassandra", *, owns: bool = False
    ) -> None:
        super().__init__(keyspace or session.keyspace)
        self.driver_type = driver_type
        self._owns = owns
        self._open: Callable[[], Session] | None = None
        self._forked = False
        self._lock = threading.Lock()
        self._adopt(session)
        self.describe(_server(self))

    def _adopt(self, session: Session) -> None:
        """Use a session, and what belongs to it."""
        self.session = session
        self._profile = _own_profile(session)
        self._profiles: dict[str, Any] = {}
        self.consistency = ConsistencyLevel.value_to_name[self._profile.consistency_level]
        self._prepared = PreparedCache(session.prepare, Prepared)

    def forked(self) -> None:
        """Let go of the parent's session without touching its connections."""
        self._lock = threading.Lock()
        self._forked = True
        if self._owns:
            _discard_cluster_shutdown(self.session.cluster)

    def ready(self) -> CassandraDriver:
        """Return this driver; in a child process, its first statement connects anew."""
        if self._forked:
            with self._lock:
                if self._forked:
                    self._reconnect()
        return self

    async def ready_async(self) -> CassandraDriver:
        """Return this driver; in a child process, its first statement connects anew, off the loop."""
        return await asyncio.to_thread(self.ready) if self._forked else self

    def _reconnect(self) -> None:
        if self._open is None:
            raise ConfigurationError(
                "the session that was given belongs to the process that made it, and this is a child of that one: "
                "connect in the child"
            )
        self._adopt(self._open())
        self._forked = False

    @classmethod
    def from_session(cls, session: Session, keyspace: str | None, driver_type: str) -> CassandraDriver:
        """Use a session that the application owns."""
        return cls(session, keyspace, driver_type)

    @classmethod
    def connect(cls, settings: ConnectionSettings, driver_type: str, **given: Any) -> CassandraDriver:
        """Open a cluster of our own: token-aware, TCP_NODELAY set, tuples as rows."""
        hosts = list(settings.hosts)
        arguments = cluster_arguments(settings, given)

        def opened() -> Session:
            return connected(hosts, arguments)

        session = opened()
        try:
            driver = cls(session, settings.keyspace, driver_type, owns=True)
        except Exception as error:
            session.cluster.shutdown()
            raise translate(error) from error
        driver._open = opened
        return driver

    def execute(self, statement: Statement) -> Rows:
        """Send a statement and wait for its rows."""
        return self.submit(statement).result()

    def submit(self, statement: Statement | BatchStatement) -> Answer:  # type: ignore[override]
        """Send a statement or a batch and return before the answer is there."""
        if self._forked:
            self.ready()
        query: Any
        try:
            if isinstance(statement, BatchStatement):
                query = self._batch(
                    statement, [self._prepare(child).bind(child) for child in statement.statements]
                )
            elif _is_simple(statement):
                query = self._simple(statement)
            else:
                query = self._prepare(statement).bind(statement)
        except Exception as error:
            raise translate(error, statement) from error
        return self._send(query, statement)

    async def execute_async(self, statement: Statement) -> Rows:
        """Send a statement and await its rows; only preparing, once per text, leaves the loop."""
        if self._forked:
            await self.ready_async()
        if _is_simple(statement):
            query = await asyncio.to_thread(self._simple, statement)
        else:
            try:
                query = (await self._prepare_async(statement)).bind(statement)
            except Exception as error:
                raise translate(error, statement) from error
        return await self._send(query, statement).awaited()

    def execute_batch(self, batch: BatchStatement) -> Rows:
        """Send bound statements as one batch and wait for the answer."""
        return self.submit(batch).result()

    async def execute_batch_async(self, batch: BatchStatement) -> Rows:
        """Send bound statements as one batch and await the answer."""
        if self._forked:
            await self.ready_async()
        try:
            bound = [(await self._prepare_async(child)).bind(child) for child in batch.statements]
        except Exception as error:
            raise translate(error, batch) from error
        return await self._send(self._batch(batch, bound), batch).awaited()

    def _prepare(self, statement: Statement) -> Prepared:
        text = statement.shape.text
        known = self._prepared.known(text)
        if known is None:
            self._use_keyspace(statement)
            known = self._prepared.get(text)
        return known

    async def _prepare_async(self, statement: Statement) -> Prepared:
        known = self._prepared.known(statement.shape.text)
        return await asyncio.to_thread(self._prepare, statement) if known is None else known

    def _batch(self, batch: BatchStatement, bound: list[BoundStatement]) -> DriverBatch:
        query = DriverBatch(_BATCH_TYPES[batch.kind])
        for statement in bound:
            query.add(statement)
        return query

    def _simple(self, statement: Statement) -> SimpleStatement:
        if statement.shape.text.startswith("ALTER TYPE"):
            # What was prepared before knows the type's old fields; it is prepared again after this.
            self._prepared.forget()
        self._use_keyspace(statement)
        return SimpleStatement(statement.shape.text)

    def _use_keyspace(self, statement: Statement) -> None:
        """Let hand-written CQL leave the keyspace out, on a session of our own."""
        keyspace = self.keyspace
        if statement.shape.kind is Kind.RAW and self._owns and keyspace and self.session.keyspace != keyspace:
            # It may be what creates the keyspace, so a refusal to use it is not this statement's error: the server
            # will say what it misses.
            with contextlib.suppress(Exception):
                self.session.set_keyspace(keyspace)

    def _send(self, query: Any, statement: Statement | BatchStatement) -> Answer:
        options = statement.options
        arguments = {} if options is DEFAULT_OPTIONS else _arguments(query, options)
        profile = self._profile if options.profile is None else self._named_profile(options.profile)
        try:
            packed = getattr(query, "reads_packed", False)
            if packed or options.streamed:
                handler = self.session.client_protocol_handler
                if packed:
                    handler = packed_handler(handler)
                if options.streamed:
                    handler = streaming_handler(handler)
                future = execute_with(handler, self.session, query, execution_profile=profile, **arguments)
            else:
                future = self.session.execute_async(query, execution_profile=profile, **arguments)
        except Exception as error:
            raise translate(error, statement) from error
        return Answer(future, statement)

    def _named_profile(self, name: str) -> Any:
        if name not in self._profiles:
            try:
                found = self.session.execution_profile_clone_update(name, row_factory=tuple_factory)
            except ValueError as error:
                raise ConfigurationError(f"the session has no execution profile {name!r}") from error
            self._profiles[name] = found
        return self._profiles[name]

    def close(self) -> None:
        """Close the cluster that this driver opened; a session of the application's stays open."""
        forget_driver(self)
        if self._owns:
            self.session.cluster.shutdown()

    async def close_async(self) -> None:
        """Close the cluster that this driver opened; a session of the application's stays open."""
        await asyncio.to_thread(self.close)


def _own_profile(session: Session) -> ExecutionProfile:
    if session.cluster._config_mode == _ConfigMode.LEGACY:  # noqa: SLF001 - the driver tells it nowhere else
        raise ConfigurationError(
            "this session is in the driver's legacy mode (load_balancing_policy= and the like on its Cluster, or "
            "row_factory set on it), which takes no settings per statement: configure it with execution_profiles="
        )
    return session.execution_profile_clone_update(EXEC_PROFILE_DEFAULT, row_factory=tuple_factory)


def _is_simple(statement: Statement) -> bool:
    kind = statement.shape.kind
    return kind is Kind.DDL or (kind is Kind.RAW and not statement.params)


def _arguments(query: Any, options: ExecutionOptions) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    if options.consistency is not None:
        query.consistency_level = ConsistencyLevel.name_to_value[options.consistency]
    if options.serial_consistency is not None:
        query.serial_consistency_level = ConsistencyLevel.name_to_value[options.serial_consistency]
    if options.fetch_size is not None:
        query.fetch_size = options.fetch_size
    if options.timeout is not None:
        arguments["timeout"] = options.timeout
    if options.paging_state is not None:
        arguments["paging_state"] = options.paging_state
    if options.tracing:
        arguments["trace"] = True
    return arguments


def _server(driver: CassandraDriver) -> Server:
    """Ask which server this is: `system.versions` is ScyllaDB's alone."""
    session, profile = driver.session, driver._profile  # noqa: SLF001 - of this module
    try:
        found = session.execute("SELECT version FROM system.versions", execution_profile=profile).one()
        return Server(Dialect.SCYLLA, str(found[0]))
    except Exception:  # noqa: BLE001 - Cassandra refuses it; what else may be wrong, the next statement says
        found = session.execute("SELECT release_version FROM system.local", execution_profile=profile).one()
    return Server(Dialect.CASSANDRA, str(found[0]))
