"""What a cluster of acsylla is made with: settings in its words, and an error for what it cannot do."""

from __future__ import annotations

from enum import IntFlag
from typing import Any

import acsylla

from coodie.drivers.settings import ConnectionSettings
from coodie.drivers.tls import TlsFiles
from coodie.exceptions import ConfigurationError, UnsupportedByDriver


class _Verify(IntFlag):
    """What the C++ driver checks. acsylla's own `PEER_IDENTITY` is another name of `PEER_CERT`: no check of names."""

    CERTIFICATE = 1
    ADDRESS = 2


def cluster_arguments(settings: ConnectionSettings, given: dict[str, Any]) -> dict[str, Any]:
    """Return what the cluster is made with: TCP_NODELAY set, no retries of its own."""
    if settings.ssl_context is not None:
        raise UnsupportedByDriver(
            "acsylla reads certificates from files, which an ssl_context does not tell: give tls_ca=, "
            "tls_certificate= and tls_key= in its place"
        )
    if settings.compression is not None:
        raise UnsupportedByDriver(
            'acsylla takes no compression: connect with driver_type="cassandra" or "scylla" for it'
        )
    arguments: dict[str, Any] = {
        # What is sent again, and when, is decided in one place: not here.
        "retry_policy": "fallthrough",
        "tcp_nodelay": True,
        **given,
    }
    if settings.secure_connect_bundle is not None:
        arguments["cloud_secure_connection_bundle"] = settings.secure_connect_bundle
    else:
        ports = {port for _, port in settings.hosts}
        if len(ports) > 1:
            raise ConfigurationError(f"acsylla reaches all hosts at one port, not at {sorted(ports)}")
        arguments |= {"contact_points": [host for host, _ in settings.hosts], "port": ports.pop()}
    if settings.username is not None:
        arguments |= {"username": settings.username, "password": settings.password}
    if settings.tls is not None:
        arguments |= _tls(settings.tls)
    if settings.local_datacenter is not None:
        arguments["load_balance_dc_aware"] = settings.local_datacenter
    policy = settings.speculation(acsylla.SpeculativeExecutionPolicy, "acsylla.SpeculativeExecutionPolicy")
    if policy is not None:
        arguments["speculative_execution_policy"] = policy
    return arguments


def _tls(files: TlsFiles) -> dict[str, Any]:
    trusted = files.trusted()
    if len(trusted) != 1:
        raise UnsupportedByDriver(
            f"acsylla trusts one CA, not {len(trusted)}: name a PEM file with the one of your nodes as tls_ca"
        )
    arguments: dict[str, Any] = {
        "ssl_enabled": True,
        "ssl_trusted_cert": trusted[0],
        "ssl_verify_flags": _Verify.CERTIFICATE | (_Verify.ADDRESS if files.check_hostname else 0),
    }
    shown = files.shown()
    if shown is not None:
        arguments["ssl_cert"], arguments["ssl_private_key"] = shown
    return arguments
