"""The options with which commands reach a cluster, and the connection that they make."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coodie.cli.command import CommandError, Exit
from coodie.cql.statement import Kind, Marker, Shape, Statement
from coodie.drivers import init_coodie
from coodie.drivers.settings import ConnectionSettings, names_hosts
from coodie.exceptions import AuthenticationError, ConfigurationError, OperationError, ServerRejected
from coodie.server import discover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.drivers.base import AbstractDriver

HIGHEST_PORT = 65_535
DRIVER_TYPES = ("scylla", "cassandra", "acsylla", "python-rs")
_KEYSPACES = Shape(
    text="SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?",
    kind=Kind.SELECT,
    keyspace="system_schema",
    table="keyspaces",
    markers=(Marker("keyspace_name", "text"),),
    partition=(("keyspace_name", 0),),
    idempotent=True,
)
NONE_RUNS = "No server runs here. Start one with coodie server up, or name one with COODIE_HOSTS."


def port_number(text: str) -> int:
    """Read a port from the command line."""
    port = int(text) if text.isdecimal() else 0
    if not 1 <= port <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: use 1 to {HIGHEST_PORT}")
    return port


def add_connection_options(parser: argparse.ArgumentParser) -> None:
    """Add what every command that talks with a server takes; `connected()` reads it."""
    group = parser.add_argument_group(
        "connection", "What is not given comes from the environment, then from the server that runs here."
    )
    group.add_argument(
        "--hosts",
        metavar="HOST[:PORT],...",
        help="where the cluster answers, or a URL (default: COODIE_HOSTS, COODIE_URL, else coodie server up)",
    )
    group.add_argument(
        "--port", type=port_number, help="where a host names none (default: COODIE_PORT, else 9042)"
    )
    group.add_argument("--keyspace", help="the keyspace to work in (default: COODIE_KEYSPACE)")
    group.add_argument("--user", help="default: COODIE_USERNAME")
    group.add_argument(
        "--password-file",
        metavar="FILE",
        help="a file whose first line is the password (default: COODIE_PASSWORD, else asked for on a terminal)",
    )
    group.add_argument(
        "--ssl",
        action="store_true",
        help="encrypt with TLS, trusting the system's authorities (default: COODIE_TLS)",
    )
    group.add_argument(
        "--ssl-ca",
        metavar="FILE",
        help="encrypt with TLS, trusting this authority, PEM (default: COODIE_TLS_CA)",
    )
    group.add_argument(
        "--ssl-cert", metavar="FILE", help="this client's certificate, PEM (default: COODIE_TLS_CERTIFICATE)"
    )
    group.add_argument(
        "--ssl-key", metavar="FILE", help="its private key, unless in the same file (default: COODIE_TLS_KEY)"
    )
    group.add_argument(
        "--ssl-any-host",
        action="store_true",
        help="do not compare the certificate's name with the host (default: COODIE_TLS_CHECK_HOSTNAME)",
    )
    group.add_argument(
        "--driver-type",
        choices=DRIVER_TYPES,
        help="scylla and cassandra mean whichever package is installed (default: COODIE_DRIVER, else scylla)",
    )


@contextmanager
def connected(options: argparse.Namespace, *, needs_keyspace: bool = True) -> Iterator[AbstractDriver]:
    """Connect as the options say, for the length of a `with` block; the connection is the process's default.

    What cannot be reached is a `CommandError` of exit code 3, what contradicts itself one of exit code 2.
    """
    if not (options.hosts or names_hosts(os.environ) or discover()):
        raise CommandError(NONE_RUNS, Exit.NO_SERVER)
    driver = _connect(options, _arguments(options), needs_keyspace=needs_keyspace)
    try:
        yield driver
    finally:
        driver.close()


def _arguments(options: argparse.Namespace) -> dict[str, Any]:
    """Return what the options say as the arguments of a connection; `None` leaves it to the environment."""
    return {
        "keyspace": options.keyspace,
        "port": options.port,
        "username": options.user,
        "password": _password(options),
        "tls": options.ssl or None,
        "tls_ca": options.ssl_ca,
        "tls_certificate": options.ssl_cert,
        "tls_key": options.ssl_key,
        "tls_check_hostname": False if options.ssl_any_host else None,
    }


def _connect(
    options: argparse.Namespace, arguments: dict[str, Any], *, needs_keyspace: bool
) -> AbstractDriver:
    try:
        known = options.hosts is not None or names_hosts(os.environ)
        settings = ConnectionSettings.read(options.hosts if known else str(discover()), **arguments)
        if needs_keyspace and settings.keyspace is None:
            raise CommandError("no keyspace: give --keyspace, or set COODIE_KEYSPACE", Exit.USAGE)
        if options.ssl_any_host and settings.tls is None:
            raise CommandError("--ssl-any-host means nothing without --ssl or --ssl-ca", Exit.USAGE)
        # "scylla" said by nobody is for the environment to change; said here, it is what its other name means too.
        driver_type = {None: "scylla", "scylla": "cassandra"}.get(options.driver_type, options.driver_type)
        return init_coodie(hosts=options.hosts, driver_type=driver_type, default=True, **arguments)
    except ConfigurationError as error:
        raise CommandError(str(error), Exit.USAGE) from error
    except (ImportError, ServerRejected) as error:
        raise CommandError(str(error), Exit.FAILED) from error
    except AuthenticationError as error:
        remedy = "give --user and --password-file, or set COODIE_USERNAME and COODIE_PASSWORD"
        raise CommandError(f"{error}: {remedy}", Exit.NO_SERVER) from error
    except OperationError as error:
        raise CommandError(str(error), Exit.NO_SERVER) from error


def keyspace_exists(driver: AbstractDriver, name: str | None) -> bool:
    """Ask the server whether it has a keyspace; sends one statement."""
    found = driver.execute(Statement(_KEYSPACES, (name,)))
    return bool(found.tuples)


def must_exist(driver: AbstractDriver) -> None:
    """Refuse a keyspace that is not there, and say how it is made; sends one statement."""
    if not keyspace_exists(driver, driver.keyspace):
        raise CommandError(
            f"keyspace {driver.keyspace!r} does not exist: make it with coodie sync --create-keyspace REPLICAS, or "
            "with CREATE KEYSPACE in coodie server cql"
        )


def _password(options: argparse.Namespace) -> str | None:
    if options.password_file is not None:
        lines = _readable(options.password_file, "--password-file").read_text(encoding="utf-8").splitlines()
        if not lines or not lines[0]:
            raise CommandError(f"--password-file: {options.password_file} is empty", Exit.USAGE)
        return lines[0]
    user = options.user or os.environ.get("COODIE_USERNAME")
    if user and not os.environ.get("COODIE_PASSWORD") and sys.stdin.isatty():
        return getpass.getpass(f"Password of {user}: ")
    return None  # the environment's, if there is one


def _readable(path: str, option: str) -> Path:
    file = Path(path)
    try:
        with file.open("rb"):
            return file
    except OSError as error:
        raise CommandError(f"{option}: {path}: {error.strerror}", Exit.USAGE) from error
