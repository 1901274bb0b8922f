"""Sessions that an application made by itself, with the interface of each driver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import given, then

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anyio.from_thread import BlockingPortal

    from coodie.server import Server
    from steps.world import World

READ = "SELECT key FROM system.local"


class OwnSession:
    """A session, how it reads, and what of it coodie could have changed."""

    def __init__(
        self, session: Any, read: Callable[[], int], state: Callable[[], Any], close: Callable[[], Any]
    ) -> None:
        self.session, self.read, self.close = session, read, close
        self._state, self._before = state, state()

    @property
    def unchanged(self) -> bool:
        """Whether it is as the application made it."""
        return bool(self._state() == self._before)


@pytest.fixture
def own_session(world: World, portal: BlockingPortal) -> Iterator[OwnSession]:
    """A session that the application owns; it is closed after what coodie opened."""
    make = {"acsylla": of_acsylla, "python-rs": of_python_rs}.get(
        world.workspace.driver.driver_type, of_cassandra
    )
    made = make(world.server, portal)
    yield made
    made.close()


@given("the application has a session of its own")
def application_has_session(world: World, own_session: OwnSession) -> None:
    """Name it `session`."""
    world.names["session"] = own_session.session


@then("the application's session still answers, and is as it was")
def still_answers(own_session: OwnSession) -> None:
    """Read over it without coodie."""
    assert own_session.read() == 1
    assert own_session.unchanged


def of_cassandra(server: Server, portal: BlockingPortal) -> OwnSession:
    """Make one with cassandra-driver or scylla-driver."""
    from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile  # noqa: PLC0415
    from cassandra.policies import RoundRobinPolicy  # noqa: PLC0415
    from cassandra.query import dict_factory  # noqa: PLC0415

    del portal
    profile = ExecutionProfile(RoundRobinPolicy(), row_factory=dict_factory)
    cluster = Cluster(
        [server.host],
        port=server.port,
        protocol_version=4,
        execution_profiles={EXEC_PROFILE_DEFAULT: profile},
    )
    session = cluster.connect()

    def state() -> Any:
        kept = session.cluster.profile_manager.profiles[EXEC_PROFILE_DEFAULT]
        return (
            session.keyspace,
            session.default_fetch_size,
            session.client_protocol_handler,
            kept.row_factory,
            sorted(map(str, session.cluster.profile_manager.profiles)),
        )

    return OwnSession(session, lambda: len(list(session.execute(READ))), state, cluster.shutdown)


def of_acsylla(server: Server, portal: BlockingPortal) -> OwnSession:
    """Make one with acsylla, on the loop that scenarios of the async colour run on."""
    import acsylla  # noqa: PLC0415

    async def connect() -> tuple[Any, Any]:
        cluster = acsylla.create_cluster([server.host], port=server.port)
        return cluster, await cluster.create_session()

    async def read() -> int:
        return int((await session.execute(acsylla.create_statement(READ))).count())

    async def close() -> None:
        await session.close()
        cluster.destroy()

    cluster, session = portal.call(connect)
    return OwnSession(
        session, lambda: portal.call(read), lambda: session.keyspace, lambda: portal.call(close)
    )


def of_python_rs(server: Server, portal: BlockingPortal) -> OwnSession:
    """Make one with scylladb-rs-driver, which tells nothing of what it was made with."""
    from scylla.session_builder import SessionBuilder  # noqa: PLC0415

    del portal
    session = SessionBuilder().contact_points([(server.host, server.port)]).connect().result()

    def read() -> int:
        return len(list(session.execute(READ).result().iter_current_page()))

    return OwnSession(session, read, lambda: None, lambda: None)
