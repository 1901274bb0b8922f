"""A cluster of our own in cassandra-driver or scylla-driver: its arguments, and the connection to it."""

from __future__ import annotations

import socket
from typing import Any

from cassandra import DriverException, ProtocolVersion, UnresolvableContactPoints
from cassandra.auth import PlainTextAuthProvider
from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile, Session
from cassandra.policies import (
    DCAwareRoundRobinPolicy,
    FallthroughRetryPolicy,
    SpeculativeExecutionPolicy,
    TokenAwarePolicy,
)
from cassandra.query import tuple_factory

from coodie.drivers.cassandra_errors import translate
from coodie.drivers.remedies import no_server, told
from coodie.drivers.settings import ConnectionSettings
from coodie.exceptions import ConfigurationError, Unavailable

# Nagle's algorithm makes a batch of small writes wait for the server's delayed acknowledgement: about 40 ms.
_SOCKET_OPTIONS = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]

# A connection begins with reading the cluster's schema, which takes its time where the node is busy or the schema
# large; the driver gives up after 2 s, and then has no node.
_SCHEMA_TIMEOUT = 20.0


def cluster_arguments(settings: ConnectionSettings, given: dict[str, Any]) -> dict[str, Any]:
    """Return what the cluster is made with: token-aware, TCP_NODELAY set, tuples as rows, no retries of its own."""
    profile = ExecutionProfile(
        load_balancing_policy=TokenAwarePolicy(
            DCAwareRoundRobinPolicy(local_dc=settings.local_datacenter or "")
        ),
        # The driver's own policy sends counters to the next host again; what is sent again is decided in one place.
        retry_policy=FallthroughRetryPolicy(),
        row_factory=tuple_factory,
        speculative_execution_policy=settings.speculation(
            SpeculativeExecutionPolicy, "cassandra.policies.ConstantSpeculativeExecutionPolicy"
        ),
    )
    arguments: dict[str, Any] = {
        "execution_profiles": {EXEC_PROFILE_DEFAULT: profile},
        "sockopts": _SOCKET_OPTIONS,
        "control_connection_timeout": _SCHEMA_TIMEOUT,
        **given,
    }
    if settings.secure_connect_bundle is not None:
        arguments["cloud"] = {
            "secure_connect_bundle": settings.secure_connect_bundle,
            "use_default_tempdir": True,
        }
    else:
        # scylla-driver takes the nodes that it discovers to answer at this port, the first one among them.
        arguments.setdefault("port", settings.hosts[0][1])
    if settings.tls is not None:
        arguments["ssl_context"] = settings.tls.context()
    elif settings.ssl_context is not None:
        arguments["ssl_context"] = settings.ssl_context
    if settings.compression is not None:
        arguments["compression"] = settings.compression
    if settings.username is not None:
        arguments["auth_provider"] = PlainTextAuthProvider(settings.username, settings.password)
    return arguments


def connected(hosts: list[tuple[str, int]], arguments: dict[str, Any]) -> Session:
    """Open a cluster and connect; what went wrong is told in our terms, and leaves no thread."""
    try:
        cluster = Cluster(**({"contact_points": hosts} if hosts else {}), **arguments)
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"init_coodie: {error}") from error
    except UnresolvableContactPoints as error:
        names = ", ".join(host for host, _ in hosts)
        raise Unavailable(
            f"no host of this name is known: {names}. Is it spelt right? hosts= or COODIE_HOSTS says where to look",
            retry_safe=True,
        ) from error
    except DriverException as error:  # where a secure-connect bundle is asked for the nodes
        raise told(no_server(str(error).strip()), None) from error
    if "protocol_version" not in arguments and cluster.protocol_version > ProtocolVersion.V5:
        # cassandra-driver begins with versions that only DSE speaks, and warns of each step down from them.
        cluster.protocol_version = ProtocolVersion.V5
    try:
        return cluster.connect()
    except Exception as error:
        cluster.shutdown()
        raise translate(error) from error
