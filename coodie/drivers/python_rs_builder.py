"""The builder of a session of scylladb-rs-driver: settings in its words, and an error for what it cannot do."""

from __future__ import annotations

from scylla.enums import Consistency
from scylla.execution_profile import ExecutionProfile
from scylla.policies.load_balancing import DefaultPolicy, NodeLocationPreference
from scylla.policies.retry_policy import FallthroughRetryPolicy
from scylla.policies.speculative_execution import SimpleSpeculativeExecutionPolicy
from scylla.session_builder import SessionBuilder
from scylla.tls import TlsContext

from coodie.drivers.python_rs_codecs import refuse
from coodie.drivers.settings import ConnectionSettings
from coodie.drivers.tls import TlsFiles
from coodie.exceptions import UnsupportedByDriver


def session_builder(settings: ConnectionSettings) -> SessionBuilder:
    """Return what opens a session: TCP_NODELAY set, no retries of its own."""
    if settings.secure_connect_bundle is not None:
        refuse("knows no secure-connect bundle")
    if settings.ssl_context is not None:
        raise UnsupportedByDriver(
            "python-rs reads certificates from files, which an ssl_context does not tell: give tls_ca=, "
            "tls_certificate= and tls_key= in its place"
        )
    near = settings.local_datacenter
    policy = DefaultPolicy(node_location_preference=NodeLocationPreference.datacenter(near)) if near else None
    profile = ExecutionProfile(
        timeout=10.0,
        consistency=Consistency.LocalOne,
        load_balancing_policy=policy,
        retry_policy=FallthroughRetryPolicy(),
        speculative_execution_policy=settings.speculation(
            SimpleSpeculativeExecutionPolicy,
            "scylla.policies.speculative_execution.SimpleSpeculativeExecutionPolicy",
        ),
    )
    builder = SessionBuilder().contact_points(list(settings.hosts)).execution_profile(profile)
    builder = builder.tcp_nodelay(nodelay=True)
    if settings.username is not None:
        builder = builder.user(settings.username, settings.password)
    if settings.tls is not None:
        builder = builder.tls_context(_tls(settings.tls))
    if settings.compression is not None:
        builder = builder.compression(settings.compression)
    return builder


def _tls(files: TlsFiles) -> TlsContext:
    if not files.check_hostname:
        refuse("always compares a certificate with the address of its node (tls_check_hostname)")
    context = TlsContext()
    context.load_verify_locations(cadata="".join(files.trusted()))
    if files.certificate is not None:
        context.load_cert_chain(files.certificate, files.key)
    return context
