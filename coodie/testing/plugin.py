"""The pytest plugin: a real CQL server for the tests that ask for one, a fresh keyspace for each module."""

from __future__ import annotations

import os
import re
import secrets
from typing import TYPE_CHECKING, Any

import pytest

from coodie.drivers import AbstractDriver, init_coodie
from coodie.drivers.admin import admin_session
from coodie.server import Server, ServerError
from coodie.testing.supply import Supply
from coodie.testing.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUPPLY: pytest.StashKey[Supply] = pytest.StashKey()
WORKER_INPUT = "coodie_server"
LONGEST_KEYSPACE = 48


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that forces a server."""
    parser.getgroup("coodie").addoption(
        "--coodie-server",
        metavar="SERVER",
        default=None,
        help="the CQL server of the tests: scylla, embedded or HOST:PORT "
        "(default: COODIE_HOSTS, else ScyllaDB in a container, else an embedded Cassandra)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Prepare to supply a server; nothing is started before a test asks for it."""
    ticket = getattr(config, "workerinput", {}).get(WORKER_INPUT)
    config.stash[SUPPLY] = Supply(config.getoption("--coodie-server"), ticket)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give a worker of pytest-xdist the ticket with which it asks the controller for the server."""
    node.workerinput[WORKER_INPUT] = node.config.stash[SUPPLY].ticket()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the server, if this process owns it."""
    if SUPPLY in config.stash:
        config.stash[SUPPLY].close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which server the tests used, and why that one."""
    server = config.stash[SUPPLY].server
    if server is not None:
        terminalreporter.write_line(f"coodie server: {server.line()}")


@pytest.fixture(scope="session")
def coodie_server(pytestconfig: pytest.Config) -> Server:
    """A CQL server that answers: `.host`, `.port`, `.product`, `.rung` and `.why` say which."""
    try:
        return pytestconfig.stash[SUPPLY].get()
    except ServerError as error:
        pytest.fail(f"coodie has no server for the tests.\n{error}", pytrace=False)


@pytest.fixture(scope="session")
def coodie_replication() -> str:
    """The replication map of test keyspaces; override it for another one."""
    return "{'class': 'SimpleStrategy', 'replication_factor': 1}"


@pytest.fixture(scope="session")
def coodie_cql(coodie_server: Server) -> Iterator[Any]:
    """A session of the cassandra driver for statements about keyspaces; your own code brings its own."""
    with admin_session(coodie_server.hosts, coodie_server.port) as session:
        yield session


@pytest.fixture(scope="module")
def coodie_keyspace(
    request: pytest.FixtureRequest, coodie_cql: Any, coodie_replication: str
) -> Iterator[str]:
    """The name of a fresh keyspace of this module and worker; it is dropped after the module."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    name = keyspace_name(request.node.name, worker)
    # Rows of tests need not survive the server; without a commit log a TRUNCATE takes a third of the time.
    coodie_cql.execute(
        f"CREATE KEYSPACE {name} WITH replication = {coodie_replication} AND durable_writes = false"
    )
    try:
        yield name
    finally:
        coodie_cql.execute(f"DROP KEYSPACE {name}")


@pytest.fixture(scope="session")
def coodie_driver_type() -> str:
    """The driver of `coodie_connection`; override it for another one."""
    return "cassandra"


@pytest.fixture(scope="module")
def coodie_connection(
    coodie_server: Server, coodie_keyspace: str, coodie_driver_type: str
) -> Iterator[AbstractDriver]:
    """The default connection of sync and async code alike, to the module's keyspace; it is closed after the module."""
    hosts = [f"{host}:{coodie_server.port}" for host in coodie_server.hosts]
    driver = init_coodie(
        hosts=hosts,
        keyspace=coodie_keyspace,
        driver_type=coodie_driver_type,
        name=coodie_keyspace,
        default=True,
    )
    try:
        yield driver
    finally:
        driver.close()


@pytest.fixture(scope="session")
def coodie_models() -> Sequence[type[Any]]:
    """The models and views whose tables `coodie_tables` makes; override it, in a module or for all of them."""
    return ()


@pytest.fixture(scope="module")
def coodie_made_tables(coodie_connection: AbstractDriver, coodie_models: Any, coodie_cql: Any) -> Tables:
    """The tables of `coodie_models` in the module's keyspace, made once."""
    if not coodie_models:
        pytest.fail("coodie_tables was asked for, and coodie_models names no model: override that fixture")
    return Tables(coodie_connection, coodie_models, coodie_cql)


@pytest.fixture
def coodie_tables(coodie_made_tables: Tables) -> None:
    """Empty tables of `coodie_models`, whatever an earlier test of the module has left in them."""
    coodie_made_tables.empty()


def keyspace_name(module: str, worker: str = "") -> str:
    """Return a new keyspace name that shows whose it is: lower case, unquoted, at most 48 characters."""
    stem = re.sub(r"[^a-z0-9]+", "_", module.rpartition("/")[2].removesuffix(".py").lower()).strip("_")
    tail = f"{f'_{worker}' if worker else ''}_{secrets.token_hex(4)}"
    return f"k_{stem}"[: LONGEST_KEYSPACE - len(tail)] + tail
