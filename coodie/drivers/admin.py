"""One plain driver session for statements by hand and about keyspaces; applications use coodie's drivers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DDL_TIMEOUT = 60.0


@contextmanager
def admin_session(hosts: Sequence[str], port: int) -> Iterator[Any]:
    """Connect with the cassandra driver for the length of a `with` block."""
    try:
        from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile  # noqa: PLC0415
        from cassandra.policies import RoundRobinPolicy  # noqa: PLC0415
    except ImportError as error:
        raise ImportError(
            "the package cassandra-driver is not installed: install the extra coodie[cassandra]"
        ) from error
    profile = ExecutionProfile(load_balancing_policy=RoundRobinPolicy(), request_timeout=DDL_TIMEOUT)
    cluster = Cluster(
        list(hosts),
        port=port,
        # ScyllaDB and Cassandra both speak it, so that nothing is negotiated.
        protocol_version=4,
        execution_profiles={EXEC_PROFILE_DEFAULT: profile},
        control_connection_timeout=DDL_TIMEOUT,
        # Reading the schema after each change costs more than the change.
        schema_metadata_enabled=False,
        token_metadata_enabled=False,
    )
    try:
        yield cluster.connect()
    finally:
        cluster.shutdown()
