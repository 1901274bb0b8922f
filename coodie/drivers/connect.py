"""`init_coodie`: from settings to a registered connection."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coodie.drivers.base import AbstractDriver
from coodie.drivers.lazy import LazyDriver
from coodie.drivers.registry import register_driver
from coodie.drivers.settings import ARGUMENTS, ConnectionSettings, names_hosts
from coodie.exceptions import ConfigurationError, Unavailable

if TYPE_CHECKING:
    import ssl

# Driver type -> module and class of its adapter, imported when it is asked for; extra that brings the package.
_ADAPTERS = {
    "scylla": ("coodie.drivers.cassandra", "CassandraDriver", "scylla"),
    "cassandra": ("coodie.drivers.cassandra", "CassandraDriver", "cassandra"),
    "acsylla": ("coodie.drivers.acsylla", "AcsyllaDriver", "acsylla"),
    "python-rs": ("coodie.drivers.python_rs", "PythonRsDriver", "python-rs"),
}
DEFAULT_DRIVER = "scylla"
_OBJECTS = ("ssl_context", "compression", "speculative_execution_policy")
# What a session of the application's tells about its driver; the others are sessions of cassandra-driver's interface.
_SESSIONS = {"acsylla": ("acsylla._cython.cyacsylla", "Session"), "python-rs": ("scylla.session", "Session")}


def init_coodie(
    hosts: Sequence[str] | str | None = None,
    session: Any = None,
    keyspace: str | None = None,
    driver_type: str = DEFAULT_DRIVER,
    name: str = "default",
    default: bool = False,
    ssl_context: ssl.SSLContext | None = None,
    lazy: bool = False,
    compression: Any = None,
    speculative_execution_policy: Any = None,
    **kwargs: Any,
) -> AbstractDriver:
    """Connect to a cluster and register the connection under `name`; the first registered is the default.

    `hosts` are addresses, each with an optional `:port`, or a URL
    (`cassandra://user:password@host:9042/keyspace?driver=acsylla`); without them `COODIE_HOSTS` and `COODIE_URL` are
    read, then the address of a server that `coodie server up` started. A `session` of the application's own is used
    and never changed. `lazy` connects at first use. `kwargs`: `port`, `username`, `password`, `local_datacenter`,
    `tls`, `tls_ca`, `tls_certificate`, `tls_key`, `tls_check_hostname` and `secure_connect_bundle` as in
    `ConnectionSettings`, on every driver; the rest goes to the driver's cluster. `ssl_context`, in place of files, is
    for cassandra-driver and scylla-driver. A `driver_type` that is left as it is comes from the URL or
    `COODIE_DRIVER`.

    Raises `Unavailable` where no host answers, `AuthenticationError` where one refuses the user,
    `ConfigurationError` for settings that contradict each other, `UnsupportedByDriver` for what the driver cannot do,
    `ImportError` for a driver that is not installed.
    """
    connect, keyspace, driver_type = _connector(
        hosts,
        session,
        keyspace,
        driver_type,
        ssl_context=ssl_context,
        compression=compression,
        speculative_execution_policy=speculative_execution_policy,
        **kwargs,
    )
    driver = LazyDriver(connect, keyspace, driver_type) if lazy else connect()
    register_driver(name, driver, default)
    return driver


async def init_coodie_async(**arguments: Any) -> AbstractDriver:
    """Connect as `init_coodie` does, without blocking the loop."""
    return await asyncio.to_thread(lambda: init_coodie(**arguments))


def adapter(driver_type: str) -> type[Any]:
    """Return the adapter class of a driver type.

    Raises `ConfigurationError` for an unknown type, and `ImportError` that names the extra for a missing package.
    """
    if driver_type not in _ADAPTERS:
        known = ", ".join(repr(key) for key in _ADAPTERS)
        raise ConfigurationError(f"unknown driver_type {driver_type!r}: use one of {known}")
    module, attribute, extra = _ADAPTERS[driver_type]
    try:
        found: type[Any] = getattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError as error:
        raise ImportError(
            f"driver_type {driver_type!r} needs the package {error.name!r}: install the extra coodie[{extra}]"
        ) from error
    return found


def _connector(
    hosts: Sequence[str] | str | None,
    session: Any,
    keyspace: str | None,
    driver_type: str,
    **kwargs: Any,
) -> tuple[Callable[[], AbstractDriver], str | None, str]:
    if session is not None:
        driver_type = _driver_of(session, driver_type)
        kind = adapter(driver_type)
        if hosts is not None:
            raise ConfigurationError("give hosts or a session, not both")
        given = {key for key, value in kwargs.items() if value is not None}
        if given:
            raise ConfigurationError(
                f"{', '.join(sorted(given))} would have to change a session that the application owns: "
                "configure its cluster instead"
            )
        return (lambda: kind.from_session(session, keyspace, driver_type)), keyspace, driver_type
    own = {key: kwargs.pop(key) for key in ARGUMENTS if key in kwargs}
    if hosts is None and not own.get("secure_connect_bundle") and not names_hosts(os.environ):
        hosts = _running_server()
    settings = ConnectionSettings.read(hosts, keyspace=keyspace, **own)
    if driver_type == DEFAULT_DRIVER:
        driver_type = settings.driver_type or driver_type
    chosen = adapter(driver_type)
    settings = replace(settings, **{name: kwargs.pop(name, None) for name in _OBJECTS})
    if settings.tls is not None and settings.ssl_context is not None:
        raise ConfigurationError("ssl_context and the tls settings say the same in two ways: leave one out")

    def connect() -> AbstractDriver:
        try:
            driver: AbstractDriver = chosen.connect(settings, driver_type, **kwargs)
        except Unavailable as error:
            if settings.local_datacenter is None:
                raise
            # No driver tells that it knows nodes, but none in the datacenter.
            raise Unavailable(
                f"{error}; and is {settings.local_datacenter!r} a datacenter of this cluster (local_datacenter=)?",
                retry_safe=error.retry_safe,
            ) from error.__cause__
        return driver

    return connect, settings.keyspace, driver_type


def _driver_of(session: Any, driver_type: str) -> str:
    """Return the driver type of a session: what was asked for, else the one whose session it is."""
    if driver_type == DEFAULT_DRIVER:
        for known, (module, name) in _SESSIONS.items():
            if module in sys.modules and isinstance(session, getattr(sys.modules[module], name)):
                return known
    return driver_type


def _running_server() -> str | None:
    # Looked for only where nobody said where to connect, and imported only then.
    address = importlib.import_module("coodie.server").discover()
    return None if address is None else str(address)
