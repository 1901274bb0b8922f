"""A session that the application has opened is used, and left as it is."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import pytest

from coodie.exceptions import (
    ConfigurationError,
)
from coodie.fields import BigInt, ClusteringKey, PrimaryKey


class TestSessionsOfTheApplication:
    """cassandra-driver and scylla-driver: a session that somebody else made."""

    @pytest.fixture
    def session(self, driver_type, coodie_server):
        if driver_type not in ("cassandra", "scylla"):
            pytest.skip("this driver's sessions are given in its own test")
        from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile  # noqa: PLC0415
        from cassandra.policies import RoundRobinPolicy  # noqa: PLC0415
        from cassandra.query import dict_factory  # noqa: PLC0415

        profile = ExecutionProfile(
            RoundRobinPolicy(), row_factory=dict_factory, consistency_level=6, request_timeout=17
        )
        cluster = Cluster(
            [coodie_server.host],
            port=coodie_server.port,
            protocol_version=4,
            execution_profiles={EXEC_PROFILE_DEFAULT: profile},
        )
        try:
            yield cluster.connect()
        finally:
            cluster.shutdown()

    @pytest.mark.filterwarnings("ignore:Legacy execution parameters:DeprecationWarning")  # what is tested
    def test_one_in_legacy_mode_is_told_what_it_needs(self, world, driver_type, coodie_server):
        if driver_type not in ("cassandra", "scylla"):
            pytest.skip("only this driver has such a mode")
        from cassandra.cluster import Cluster  # noqa: PLC0415
        from cassandra.policies import RoundRobinPolicy  # noqa: PLC0415

        cluster = Cluster(
            [coodie_server.host],
            port=coodie_server.port,
            protocol_version=4,
            load_balancing_policy=RoundRobinPolicy(),
        )
        try:
            session = cluster.connect()
            with pytest.raises(ConfigurationError, match="execution_profiles="):
                world.call(world.flavour.init_coodie, session=session, name="legacy")
            assert session.execute("SELECT release_version FROM system.local").one()
        finally:
            cluster.shutdown()

    @staticmethod
    def state(session):
        profiles = session.cluster.profile_manager.profiles
        return (
            session.keyspace,
            session.row_factory,
            session.default_timeout,
            session.default_fetch_size,
            session.client_protocol_handler,
            {
                name: (
                    each.row_factory,
                    each.consistency_level,
                    each.request_timeout,
                    each.load_balancing_policy,
                )
                for name, each in profiles.items()
            },
        )

    @pytest.mark.filterwarnings(
        "ignore:Legacy execution parameters:DeprecationWarning"
    )  # the application's choice
    def test_are_used_and_left_as_they_were(self, world, session, coodie_keyspace, shelf):
        connection = f"own_{uuid4().hex}"
        before = self.state(session)
        made = world.call(
            world.flavour.init_coodie, session=session, keyspace=coodie_keyspace, name=connection
        )

        class Own(world.Document):
            shelf: Annotated[str, PrimaryKey()]
            number: Annotated[int, ClusteringKey()] = 0
            big: Annotated[int, BigInt()] | None = None

            class Settings:
                name = "own"
                connection = ""

        Own.Settings.connection = connection
        world.call(Own.sync_table)
        world.call(Own(shelf=shelf, big=1).save)
        assert world.call(Own.get, shelf=shelf, number=0).big == 1
        assert len(world.rows(Own.find(shelf=shelf).fetch_size(1))) == 1
        world.call(
            world.flavour.execute_raw, "SELECT release_version FROM system.local", connection=connection
        )
        assert self.state(session) == before
        rows = list(session.execute(f"SELECT shelf FROM {coodie_keyspace}.own WHERE shelf = %s", [shelf]))
        assert rows == [{"shelf": shelf}]
        world.call(made.close if world.colour == "sync" else made.close_async)
        assert not session.is_shutdown
        assert session.execute("SELECT release_version FROM system.local").one()
        assert self.state(session) == before
