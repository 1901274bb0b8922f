"""Where to connect, from arguments, a URL and the environment: one object documents all of it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from coodie.drivers.tls import TlsFiles
from coodie.drivers.url import is_url, parse_url
from coodie.exceptions import ConfigurationError

DEFAULT_PORT = 9042
_HIGHEST_PORT = 65_535
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")

# What an argument, a parameter of the URL and, in capitals after COODIE_, a variable of the environment is called.
_PARAMETERS = (
    "driver",
    "local_datacenter",
    "tls",
    "tls_ca",
    "tls_certificate",
    "tls_key",
    "tls_check_hostname",
    "secure_connect_bundle",
)
_SETTINGS = ("hosts", "port", "keyspace", "username", "password", *_PARAMETERS)
ARGUMENTS = frozenset(_SETTINGS) - {"hosts", "keyspace", "driver"}


@dataclass(frozen=True, slots=True)
class ConnectionSettings:
    """How to reach a cluster; an argument wins over its environment variable, and that over a part of `COODIE_URL`.

    A URL may hold all of it: after the `?` stand the settings from `driver` and `local_datacenter` downwards.

    | setting | environment | default |
    |---|---|---|
    | `hosts` | `COODIE_HOSTS`, separated by commas, each with an optional `:port` | required |
    | a URL as `hosts` | `COODIE_URL`: `cassandra://user:password@host:port,host/keyspace?driver=acsylla` | none |
    | `port` | `COODIE_PORT`, where a host names none | 9042 |
    | `keyspace` | `COODIE_KEYSPACE` | none |
    | `driver_type` | `COODIE_DRIVER` | scylla |
    | `username`, `password` | `COODIE_USERNAME`, `COODIE_PASSWORD` | none |
    | `local_datacenter` | `COODIE_LOCAL_DATACENTER` | that of the first host that answers |
    | `tls` | `COODIE_TLS`: yes or no | yes where a file is named |
    | `tls_ca` | `COODIE_TLS_CA`: a PEM file with the CA to trust | what the system trusts |
    | `tls_certificate` | `COODIE_TLS_CERTIFICATE`: a PEM file with the certificate to show | none |
    | `tls_key` | `COODIE_TLS_KEY`: a PEM file with its key | in the certificate's file |
    | `tls_check_hostname` | `COODIE_TLS_CHECK_HOSTNAME`: must a certificate name the node's address? | yes |
    | `secure_connect_bundle` | `COODIE_SECURE_CONNECT_BUNDLE`: a zip file that says where and how | none |
    """

    hosts: tuple[tuple[str, int], ...]
    keyspace: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    local_datacenter: str | None = None
    tls: TlsFiles | None = None
    secure_connect_bundle: str | None = None
    driver_type: str | None = None
    # What only a program can give, not a text.
    ssl_context: Any = None
    compression: Any = None
    speculative_execution_policy: Any = None

    def speculation(self, kind: type[Any], name: str) -> Any:
        """Return the policy of speculative execution, which is the driver's own `kind`: another one's is refused."""
        policy = self.speculative_execution_policy
        if policy is None or isinstance(policy, kind):
            return policy
        given = f"{type(policy).__module__}.{type(policy).__qualname__}"
        raise ConfigurationError(
            f"init_coodie: speculative_execution_policy is a {given}, and this driver takes {name}"
        )

    @classmethod
    def read(
        cls,
        hosts: Sequence[str] | str | None = None,
        *,
        environment: Mapping[str, str] | None = None,
        **arguments: Any,
    ) -> ConnectionSettings:
        """Merge arguments with the environment; what contradicts or is missing is a `ConfigurationError`."""
        env = os.environ if environment is None else environment
        given = {name: value for name, value in arguments.items() if value is not None}
        if is_url(hosts):
            given = {**parse_url(str(hosts), frozenset(_PARAMETERS)), **given}
        elif hosts is not None:
            given["hosts"] = hosts
        elsewhere = {name: value for name in _SETTINGS if (value := env.get(f"COODIE_{name.upper()}"))}
        url = env.get("COODIE_URL") if hosts is None else None  # it describes another place then
        found = {**(parse_url(url, frozenset(_PARAMETERS)) if url else {}), **elsewhere, **given}
        bundle = _bundle(found, given)
        settings = cls(
            hosts=() if bundle else _addresses(found),
            keyspace=found.get("keyspace") or None,
            username=found.get("username") or None,
            password=found.get("password") or None,
            local_datacenter=found.get("local_datacenter") or None,
            tls=_tls(found),
            secure_connect_bundle=bundle,
            driver_type=found.get("driver"),
        )
        if (settings.username is None) != (settings.password is None):
            missing = "password" if settings.password is None else "username"
            raise ConfigurationError(f"a user needs both username and password: {missing} is missing")
        if bundle and settings.tls:
            raise ConfigurationError(
                "a secure_connect_bundle brings its own certificates: leave tls settings out"
            )
        return settings


def names_hosts(environment: Mapping[str, str]) -> bool:
    """Tell whether the environment says where to connect."""
    return any(environment.get(f"COODIE_{name}") for name in ("HOSTS", "URL", "SECURE_CONNECT_BUNDLE"))


def _bundle(found: Mapping[str, Any], given: Mapping[str, Any]) -> str | None:
    """Return the bundle, which says where to connect; hosts from the same place contradict it."""
    named, asked = "secure_connect_bundle" in given, "hosts" in given
    if not found.get("secure_connect_bundle") or (asked and not named):
        return None
    if found.get("hosts") and named == asked:
        raise ConfigurationError("a secure_connect_bundle says where to connect: leave hosts out")
    path = Path(found["secure_connect_bundle"])
    if not path.is_file():
        raise ConfigurationError(f"secure_connect_bundle: there is no file {path}")
    if not is_zipfile(path):
        raise ConfigurationError(f"secure_connect_bundle: {path} is no zip file")
    return str(path.resolve())


def _tls(found: Mapping[str, Any]) -> TlsFiles | None:
    files = {
        name: str(found[f"tls_{name}"]) for name in ("ca", "certificate", "key") if found.get(f"tls_{name}")
    }
    if not _is_yes(found, "tls", default=bool(files)):
        if files and found.get("tls") is not None:
            raise ConfigurationError(
                f"tls is off, but tls_{next(iter(files))} is given: leave one of them out"
            )
        return None
    return TlsFiles(check_hostname=_is_yes(found, "tls_check_hostname", default=True), **files).checked()


def _is_yes(found: Mapping[str, Any], name: str, *, default: bool) -> bool:
    value = str(found.get(name, default)).lower()
    if value not in (*_YES, *_NO):
        raise ConfigurationError(f"{name} is yes or no, not {found[name]!r}")
    return value in _YES


def _addresses(found: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    default_port = _port(found.get("port") or DEFAULT_PORT)
    named = found.get("hosts", "")
    listed = named.split(",") if isinstance(named, str) else list(named)
    addresses = tuple(_address(text, default_port) for host in listed if (text := str(host).strip()))
    if not addresses:
        raise ConfigurationError(
            "no host to connect to: give init_coodie(hosts=[...]), or set COODIE_HOSTS; "
            "`coodie server up` starts a local server and says its address"
        )
    return addresses


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
