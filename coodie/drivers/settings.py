"""Where to connect, from arguments and the environment: one object documents all of it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coodie.exceptions import ConfigurationError

DEFAULT_PORT = 9042
_HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class ConnectionSettings:
    """How to reach a cluster; an argument wins over its environment variable.

    | setting | environment | default |
    |---|---|---|
    | `hosts` | `COODIE_HOSTS`, separated by commas, each with an optional `:port` | required |
    | `port` | `COODIE_PORT`, where a host names none | 9042 |
    | `keyspace` | `COODIE_KEYSPACE` | none |
    | `username` | `COODIE_USERNAME` | none |
    | `password` | `COODIE_PASSWORD` | none |
    | `local_datacenter` | `COODIE_LOCAL_DATACENTER` | that of the first host that answers |
    """

    hosts: tuple[tuple[str, int], ...]
    keyspace: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    local_datacenter: str | None = None

    @classmethod
    def read(
        cls,
        hosts: Sequence[str] | str | None = None,
        *,
        port: int | str | None = None,
        keyspace: str | None = None,
        username: str | None = None,
        password: str | None = None,
        local_datacenter: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> ConnectionSettings:
        """Merge arguments with the environment; what contradicts or is missing is a `ConfigurationError`."""
        env = os.environ if environment is None else environment
        default_port = _port(port or env.get("COODIE_PORT") or DEFAULT_PORT)
        named = hosts if hosts is not None else env.get("COODIE_HOSTS", "")
        listed = named.split(",") if isinstance(named, str) else list(named)
        addresses = tuple(_address(text, default_port) for host in listed if (text := str(host).strip()))
        if not addresses:
            raise ConfigurationError(
                "no host to connect to: give init_coodie(hosts=[...]), or set COODIE_HOSTS; "
                "`coodie server up` starts a local server and says its address"
            )
        settings = cls(
            hosts=addresses,
            keyspace=keyspace or env.get("COODIE_KEYSPACE") or None,
            username=username or env.get("COODIE_USERNAME") or None,
            password=password or env.get("COODIE_PASSWORD") or None,
            local_datacenter=local_datacenter or env.get("COODIE_LOCAL_DATACENTER") or None,
        )
        if (settings.username is None) != (settings.password is None):
            missing = "password" if settings.password is None else "username"
            raise ConfigurationError(f"a user needs both username and password: {missing} is missing")
        return settings


def _address(host: str, default_port: int) -> tuple[str, int]:
    if host.startswith("["):  # [::1]:9042
        address, _, port = host[1:].partition("]")
        return address, _port(port.removeprefix(":") or default_port)
    if host.count(":") == 1:
        address, _, port = host.partition(":")
        return address, _port(port or default_port)
    return host, default_port


def _port(value: int | str) -> int:
    try:
        port = int(value)
    except ValueError:
        port = 0
    if not 1 <= port <= _HIGHEST_PORT:
        raise ConfigurationError(f"{value!r} is not a port: use 1 to {_HIGHEST_PORT}")
    return port
