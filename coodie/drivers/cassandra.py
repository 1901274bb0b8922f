"""The adapter of cassandra-driver and of scylla-driver, which share one package and one interface."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import Any

from cassandra import ConsistencyLevel, UnresolvableContactPoints
from cassandra.auth import PlainTextAuthProvider
from cassandra.cluster import (
    EXEC_PROFILE_DEFAULT,
    Cluster,
    ExecutionProfile,
    Session,
    _ConfigMode,
)
from cassandra.policies import DCAwareRoundRobinPolicy, TokenAwarePolicy
from cassandra.query import BatchStatement as DriverBatch
from cassandra.query import BatchType, BoundStatement, SimpleStatement, tuple_factory

from coodie.cql.dialect import Dialect, Server
from coodie.cql.statement import BatchStatement, ExecutionOptions, Kind, Statement
from coodie.drivers.base import AbstractDriver
from coodie.drivers.cassandra_answer import Answer
from coodie.drivers.cassandra_errors import translate
from coodie.drivers.cassandra_vectors import execute_packed
from coodie.drivers.prepared import Prepared, PreparedCache
from coodie.drivers.registry import forget_driver
from coodie.drivers.settings import ConnectionSettings
from coodie.exceptions import ConfigurationError, Unavailable
from coodie.rows.rows import Rows

# Nagle's algorithm makes a batch of small writes wait for the server's delayed acknowledgement: about 40 ms.
_SOCKET_OPTIONS = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
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
        self.session = session
        self._owns = owns
        profile = _own_profile(session)
        self._profile = profile
        self._profiles: dict[str, Any] = {}
        self.consistency = ConsistencyLevel.value_to_name[profile.consistency_level]
        self._prepared = PreparedCache(session.prepare)
        self.describe(_server(self))

    @classmethod
    def from_session(cls, session: Session, keyspace: str | None, driver_type: str) -> CassandraDriver:
        """Use a session that the application owns."""
        return cls(session, keyspace, driver_type)

    @classmethod
    def connect(
        cls,
        settings: ConnectionSettings,
        driver_type: str,
        *,
        ssl_context: Any = None,
        compression: Any = None,
        speculative_execution_policy: Any = None,
        **cluster_arguments: Any,
    ) -> CassandraDriver:
        """Open a cluster of our own: token-aware, TCP_NODELAY set, tuples as rows."""
        profile = ExecutionProfile(
            load_balancing_policy=TokenAwarePolicy(
                DCAwareRoundRobinPolicy(local_dc=settings.local_datacenter or "")
            ),
            row_factory=tuple_factory,
            speculative_execution_policy=speculative_execution_policy,
        )
        arguments: dict[str, Any] = {
            "execution_profiles": {EXEC_PROFILE_DEFAULT: profile},
            "sockopts": _SOCKET_OPTIONS,
            **cluster_arguments,
        }
        if ssl_context is not None:
            arguments["ssl_context"] = ssl_context
        if compression is not None:
            arguments["compression"] = compression
        if settings.username is not None:
            arguments["auth_provider"] = PlainTextAuthProvider(settings.username, settings.password)
        try:
            cluster = Cluster([_endpoint(host, port) for host, port in settings.hosts], **arguments)
        except TypeError as error:
            raise ConfigurationError(f"init_coodie: {error}") from error
        except UnresolvableContactPoints as error:
            names = ", ".join(host for host, _ in settings.hosts)
            raise Unavailable(
                f"no host of this name is known: {names}. Is it spelt right? hosts= or COODIE_HOSTS says where to look",
                retry_safe=True,
            ) from error
        try:
            return cls(cluster.connect(), settings.keyspace, driver_type, owns=True)
        except Exception as error:
            cluster.shutdown()
            raise translate(error) from error

    def execute(self, statement: Statement) -> Rows:
        """Send a statement and wait for its rows."""
        return self.submit(statement).result()

    def submit(self, statement: Statement | BatchStatement) -> Answer:  # type: ignore[override]
        """Send a statement or a batch and return before the answer is there."""
        if isinstance(statement, BatchStatement):
            with self._translating(statement):
                bound = [self._prepare(child).bind(child) for child in statement.statements]
            return self._send(self._batch(statement, bound), statement)
        if _is_simple(statement):
            return self._send(self._simple(statement), statement)
        with self._translating(statement):
            query = self._prepare(statement).bind(statement)
        return self._send(query, statement)

    async def execute_async(self, statement: Statement) -> Rows:
        """Send a statement and await its rows; only preparing, once per text, leaves the loop."""
        if _is_simple(statement):
            query = await asyncio.to_thread(self._simple, statement)
        else:
            with self._translating(statement):
                query = (await self._prepare_async(statement)).bind(statement)
        return await self._send(query, statement).awaited()

    def execute_batch(self, batch: BatchStatement) -> Rows:
        """Send bound statements as one batch and wait for the answer."""
        return self.submit(batch).result()

    async def execute_batch_async(self, batch: BatchStatement) -> Rows:
        """Send bound statements as one batch and await the answer."""
        with self._translating(batch):
            bound = [(await self._prepare_async(child)).bind(child) for child in batch.statements]
        return await self._send(self._batch(batch, bound), batch).awaited()

    @contextlib.contextmanager
    def _translating(self, statement: Statement | BatchStatement) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            raise translate(error, statement) from error

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
        arguments = _arguments(query, options)
        profile = self._profile if options.profile is None else self._named_profile(options.profile)
        try:
            if getattr(query, "reads_packed", False):
                future = execute_packed(self.session, query, execution_profile=profile, **arguments)
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


def _endpoint(host: str, port: int) -> tuple[str, int]:
    return host, port


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
