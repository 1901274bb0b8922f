"""A real embedded node: it starts, answers, is exclusive, survives kill -9, and never outlives its owner."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coodie.drivers.admin import admin_session
from coodie.server import (
    Address,
    FolderLockedError,
    NodeDiedError,
    NotReadyError,
    PortInUseError,
    Server,
    Tls,
    config,
    lock,
    node,
    ports,
    protocol,
    ready,
    start,
)
from coodie.server.progress import quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEYSPACE = "CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
unix = pytest.mark.skipif(os.name == "nt", reason="sends signals")


def eventually(condition: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that the nodes of this module have one after another."""
    return tmp_path_factory.mktemp("cassandra")


@pytest.fixture(scope="module")
def dev(data: Path) -> Iterator[Server]:
    """A node of the dev profile, which one of the tests kills."""
    lines: list[str] = []
    port = ports.disposable_port(["127.0.0.1"])
    with start("embedded", profile="dev", folder=data, port=port, report=lines.append) as server:
        assert re.search(r"Starting Cassandra 5\.0\.9 with Java (17|21) from .*, profile dev", lines[-2])
        assert re.search(rf"It answers on 127\.0\.0\.1:{port} after \d", lines[-1])
        yield server


def write_until_it_breaks(server: Server, acknowledged: list[int], started: threading.Event) -> None:
    with admin_session(server.hosts, server.port) as cql:
        cql.execute(KEYSPACE)
        cql.execute("CREATE TABLE k.t (id int PRIMARY KEY)")
        insert = cql.prepare("INSERT INTO k.t (id) VALUES (?)")
        try:
            for number in range(1_000_000):
                cql.execute(insert, [number], timeout=2)
                acknowledged.append(number)
                if number == 100:
                    started.set()
        except Exception:  # noqa: BLE001, S110 - the node is killed under the driver: any error will do
            pass


def test_the_handle_says_what_was_started(dev: Server, data: Path) -> None:
    assert (dev.product, dev.version, dev.rung, dev.why) == ("Cassandra", "5.0.9", "embedded", "asked for")
    assert (dev.profile, dev.folder, dev.hosts) == ("dev", data, ("127.0.0.1",))
    assert dev.line() == f"Cassandra 5.0.9 on {dev.address} (embedded: asked for)"
    assert Server.from_dict(dev.to_dict()) == dev


def test_it_answers_cql_on_the_loopback_only(dev: Server) -> None:
    with admin_session(dev.hosts, dev.port) as cql:
        assert cql.execute("SELECT release_version FROM system.local").one().release_version == "5.0.9"
    name = socket.gethostbyname_ex(socket.gethostname())[2]
    assert all(protocol.options(Address(host, dev.port)) is None for host in name if host != "127.0.0.1")


def test_a_second_node_on_the_same_folder_is_refused(dev: Server, data: Path) -> None:
    with pytest.raises(FolderLockedError) as caught:
        start("embedded", profile="dev", folder=data, report=quiet)
    assert f"process {dev.pid}, {dev.address}" in caught.value.problem
    assert "coodie server down" in caught.value.remedy
    assert f"COODIE_HOSTS={dev.address}" in caught.value.remedy
    assert protocol.options(dev.address) is not None


def test_a_named_server_is_used_and_never_stopped(dev: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COODIE_HOSTS", str(dev.address))
    with start(report=quiet) as named:
        assert named.line() == f"Cassandra on {dev.address} (hosts: COODIE_HOSTS is set)"
    assert protocol.options(dev.address) is not None


def test_a_port_in_use_is_refused_before_anything_starts(dev: Server, tmp_path: Path) -> None:
    with pytest.raises(PortInUseError, match=f"{dev.address} is already in use by another program"):
        start("embedded", port=dev.port, folder=tmp_path / "n", report=quiet)
    assert not (tmp_path / "n").exists()


@unix
def test_what_was_acknowledged_survives_kill_9(dev: Server, data: Path) -> None:
    assert dev.pid
    acknowledged: list[int] = []
    started = threading.Event()
    writer = threading.Thread(target=write_until_it_breaks, args=(dev, acknowledged, started))
    writer.start()
    assert started.wait(30)
    os.kill(dev.pid, signal.SIGKILL)
    writer.join()
    assert eventually(lambda: not lock.is_locked(data / "node1" / "lock"))
    with (
        start("embedded", profile="dev", folder=data, report=quiet) as again,
        admin_session(again.hosts, again.port) as cql,
    ):
        found = {row.id for row in cql.execute("SELECT id FROM k.t")}
    assert len(acknowledged) > 100
    assert set(acknowledged) - found == set()


def test_a_stopped_node_frees_its_folder_and_port(tmp_path: Path) -> None:
    server = start("embedded", folder=tmp_path / "n", report=quiet)
    assert lock.is_locked(tmp_path / "n" / "node1" / "lock")
    server.stop()
    server.stop()
    assert not lock.is_locked(tmp_path / "n" / "node1" / "lock")
    assert ports.is_free("127.0.0.1", server.port)


OWNER = """
import sys
from coodie.server import start
server = start("embedded")
print(server.pid, server.port, server.folder, flush=True)
sys.stdin.read()
"""


@unix
def test_a_node_ends_with_an_owner_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout
        _, port, folder = owner.stdout.readline().split()
        server = Address("127.0.0.1", int(port))
        assert protocol.options(server) is not None
        owner.kill()
        assert eventually(lambda: protocol.options(server) is None)
        assert eventually(lambda: not Path(folder).exists())


STARTER = """
import pathlib, sys
from coodie.server import start
start("embedded", folder=pathlib.Path(sys.argv[1]))
"""


@unix
def test_ctrl_c_during_the_start_leaves_no_node(tmp_path: Path) -> None:
    held = tmp_path / "n" / "node1" / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", STARTER, str(tmp_path / "n")], stderr=subprocess.PIPE
    ) as child:
        assert eventually((tmp_path / "n" / "node1" / "node.json").exists)
        assert lock.is_locked(held)
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=30)
    assert b"KeyboardInterrupt" in errors
    assert not lock.is_locked(held)


def test_a_node_that_dies_while_starting_shows_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = config.cassandra_yaml

    def broken(spec: config.NodeSpec) -> str:
        return honest(spec).replace("SimpleSnitch", "NoSuchSnitch")

    monkeypatch.setattr(config, "cassandra_yaml", broken)
    with pytest.raises(NodeDiedError) as caught:
        start("embedded", folder=tmp_path / "n", report=quiet)
    assert "The node ended while it was starting" in caught.value.problem
    assert "NoSuchSnitch" in caught.value.problem
    assert str(tmp_path / "n" / "node1") in caught.value.remedy
    assert not lock.is_locked(tmp_path / "n" / "node1" / "lock")


def test_a_lost_race_for_a_port_is_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    with taken:
        offers = iter([taken.getsockname()[1]])
        honest = ports.disposable_port

        def offer(hosts: list[str], *, besides: int | None = None) -> int:
            return next(offers, None) or honest(hosts, besides=besides)

        monkeypatch.setattr("coodie.server.embedded.disposable_port", offer)
        monkeypatch.setattr(node, "require_free", lambda _address: None)
        lines: list[str] = []
        with start("embedded", report=lines.append) as server:
            assert server.port != taken.getsockname()[1]
        assert "Another program took a port in the meantime: trying others." in lines


def test_a_node_that_never_answers_is_given_up(tmp_path: Path) -> None:
    spec = config.NodeSpec(tmp_path, "127.0.0.1", 1, 2, "127.0.0.1", "test", 0)
    spec.log.write_text("INFO the last words\n")
    with pytest.raises(
        NotReadyError, match=r"did not answer on 127\.0\.0\.1:1 within 0 s(.|\n)*the last words"
    ):
        ready.await_ready(spec, lambda: True, 0)


def test_another_server_on_the_port_is_not_taken_for_the_node(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "options", lambda *_a, **_k: {"CQL_VERSION": []})
    spec = config.NodeSpec(tmp_path, "127.0.0.1", 1, 2, "127.0.0.1", "test", 0)
    with pytest.raises(NotReadyError):
        ready.await_ready(spec, lambda: True, 0)
    spec.log.write_text("INFO Starting listening for CQL clients on /127.0.0.1:1")
    ready.await_ready(spec, lambda: True, 0)
    with pytest.raises(NodeDiedError):
        ready.await_ready(spec, lambda: False, 0)


@pytest.fixture
def certificate(tmp_path: Path) -> Tls:
    """A key and a certificate of the loopback, made on the spot."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("the command openssl, which makes the certificate, is not installed")
    tls = Tls(tmp_path / "key.pem", tmp_path / "certificate.pem")
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    files = ["-keyout", str(tls.key), "-out", str(tls.certificate)]
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *files, *name]
    subprocess.run(command, check=True, capture_output=True)
    return tls


def test_passwords_over_tls(certificate: Tls) -> None:
    from cassandra.auth import PlainTextAuthProvider  # noqa: PLC0415 - only this test needs the parts
    from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile  # noqa: PLC0415
    from cassandra.policies import RoundRobinPolicy  # noqa: PLC0415

    with start("embedded", passwords=True, tls=certificate, report=quiet) as server:
        assert protocol.options(server.address) is None
        assert protocol.options(server.address, tls=True) is not None
        assert not protocol.login(server.address, "cassandra", "wrong", tls=True)
        options: dict[str, Any] = {
            "port": server.port,
            "protocol_version": 4,
            "ssl_context": ssl.create_default_context(cafile=str(certificate.certificate)),
            "auth_provider": PlainTextAuthProvider("cassandra", "cassandra"),
            "execution_profiles": {
                EXEC_PROFILE_DEFAULT: ExecutionProfile(load_balancing_policy=RoundRobinPolicy())
            },
        }
        with Cluster([server.host], **options) as cluster:
            rows = cluster.connect().execute("LIST ROLES")
            assert [row.role for row in rows] == ["cassandra"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 exists by itself on Linux only")
def test_several_nodes_are_one_cluster_and_keep_it_over_a_restart(tmp_path: Path) -> None:
    from cassandra import ConsistencyLevel, Unavailable, WriteFailure  # noqa: PLC0415 - only this test needs the parts
    from cassandra.cluster import NoHostAvailable  # noqa: PLC0415
    from cassandra.query import SimpleStatement  # noqa: PLC0415

    def of_all(text: str) -> SimpleStatement:
        return SimpleStatement(text, consistency_level=ConsistencyLevel.ALL)

    options: dict[str, Any] = {"profile": "dev", "folder": tmp_path / "c", "nodes": 2, "report": quiet}
    with start("embedded", **options) as server, admin_session(server.hosts, server.port) as cql:
        assert server.hosts == ("127.0.0.1", "127.0.0.2")
        cql.execute(KEYSPACE.replace("1}", "2}"))
        cql.execute("CREATE TABLE k.t (id int PRIMARY KEY)")
        deadline = time.monotonic() + 60
        while True:
            try:
                cql.execute(of_all("INSERT INTO k.t (id) VALUES (1)"))
                break
            except (
                NoHostAvailable,
                Unavailable,
                WriteFailure,
            ):  # one node has not heard of the other, or of the table
                assert time.monotonic() < deadline
                time.sleep(0.2)
    with start("embedded", **options) as server, admin_session(server.hosts, server.port) as cql:
        assert [row.id for row in cql.execute(of_all("SELECT id FROM k.t"))] == [1]


@pytest.mark.parametrize("nodes", [0, 10])
def test_the_number_of_nodes_is_checked(nodes: int) -> None:
    with pytest.raises(ValueError, match=f"nodes must be between 1 and 9, not {nodes}"):
        start("embedded", nodes=nodes, report=quiet)
