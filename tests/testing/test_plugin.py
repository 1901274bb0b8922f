"""The pytest plugin, in runs of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coodie.server import protocol
from coodie.server.address import Address
from coodie.testing.plugin import LONGEST_KEYSPACE, keyspace_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from coodie.server import Server

pytest_plugins = ["pytester"]
NOBODY = "-pno:cacheprovider"


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("COODIE_HOSTS", "PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_TESTRUNUID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COODIE_STATE_DIR", str(tmp_path / "state"))


def eventually(condition: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def addresses(folder: Path) -> set[Address]:
    """Read what the tests of the inner run wrote down."""
    texts = [path.read_text().split() for path in folder.glob("*.address")]
    return {Address(host, int(port)) for host, port in texts}


WRITE_DOWN = """
import os, pathlib, pytest
def write_down(server, name):
    pathlib.Path(f"{name}.address").write_text(f"{server.host} {server.port}")
"""


def test_a_run_that_asks_for_no_server_starts_none(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_unit(): pass")
    result = pytester.runpytest_subprocess("--coodie-server=127.0.0.1:1")
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*coodie server*")


def test_a_server_that_is_not_to_be_had_fails_each_test_with_the_reason_once(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile("def test_a(coodie_server): pass\ndef test_b(coodie_server): pass")
    result = pytester.runpytest_subprocess("--coodie-server=127.0.0.1:1")
    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines(
        ["coodie has no server for the tests.", "No CQL server answers on 127.0.0.1:1 (asked for)."]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_the_environment_names_the_server(
    pytester: pytest.Pytester, coodie_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COODIE_HOSTS", str(coodie_server.address))
    pytester.makepyfile("def test_a(coodie_server): assert coodie_server.rung == 'hosts'")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [f"coodie server: Cassandra on {coodie_server.address} (hosts: COODIE_HOSTS is set)"]
    )
    assert protocol.options(coodie_server.address) is not None


def test_each_module_has_a_keyspace_of_its_own_which_is_dropped(
    pytester: pytest.Pytester, coodie_server: Server
) -> None:
    module = """
        from pathlib import Path
        def test_create(coodie_cql, coodie_keyspace):
            coodie_cql.execute(f"CREATE TABLE {coodie_keyspace}.t (k int PRIMARY KEY)")
        def test_again(coodie_cql, coodie_keyspace):
            assert coodie_keyspace.startswith(f"k_{Path(__file__).stem}_")
            assert list(coodie_cql.execute(f"SELECT * FROM {coodie_keyspace}.t")) == []
            with open("keyspaces", "a") as file:
                print(coodie_keyspace, file=file)
    """
    pytester.makepyfile(test_one=module, test_two=module)
    pytester.makepyfile(
        test_zz="""
        def test_dropped(coodie_cql):
            there = {row.keyspace_name for row in coodie_cql.execute(
                "SELECT keyspace_name FROM system_schema.keyspaces")}
            made = open("keyspaces").read().split()
            assert len(set(made)) == 2
            assert there.isdisjoint(made)
        """
    )
    pytester.runpytest_subprocess(f"--coodie-server={coodie_server.address}").assert_outcomes(passed=5)


def test_the_replication_can_be_overridden(pytester: pytest.Pytester, coodie_server: Server) -> None:
    pytester.makepyfile(
        """
        import pytest
        @pytest.fixture(scope="session")
        def coodie_replication():
            return "{'class': 'NetworkTopologyStrategy', 'datacenter1': 1}"
        def test_it(coodie_cql, coodie_keyspace):
            row = coodie_cql.execute(
                "SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = %s", [coodie_keyspace]).one()
            assert row.replication["datacenter1"] == "1"
        """
    )
    pytester.runpytest_subprocess(f"--coodie-server={coodie_server.address}").assert_outcomes(passed=1)


def test_the_workers_of_xdist_share_one_server_which_ends_with_the_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        WRITE_DOWN
        + """
@pytest.mark.parametrize("number", range(4))
def test_it(number, coodie_server, coodie_cql, coodie_keyspace, worker_id):
    write_down(coodie_server, f"{worker_id}-{number}")
    assert worker_id in coodie_keyspace
"""
    )
    result = pytester.runpytest_subprocess("-n2", "--dist=each", "--coodie-server=embedded")
    result.assert_outcomes(passed=8)
    assert (
        len(list(pytester.path.glob("gw0-*.address"))) == len(list(pytester.path.glob("gw1-*.address"))) == 4
    )
    (shared,) = addresses(pytester.path)
    result.stdout.fnmatch_lines([f"coodie server: Cassandra 5.0.9 on {shared} (embedded: asked for)"])
    assert protocol.options(shared) is None


def test_the_workers_of_xdist_are_told_why_there_is_no_server(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_a(coodie_server): pass\ndef test_b(coodie_server): pass")
    result = pytester.runpytest_subprocess("-n2", "--coodie-server=127.0.0.1:1")
    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines(["No CQL server answers on 127.0.0.1:1 (asked for)."])


@pytest.mark.skipif(os.name == "nt", reason="sends signals")
def test_no_server_outlives_a_run_that_is_killed(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        WRITE_DOWN
        + """
import time
def test_it(coodie_server):
    pathlib.Path("folder").write_text(str(coodie_server.folder))
    write_down(coodie_server, "it")
    time.sleep(60)
"""
    )
    command = [sys.executable, "-m", "pytest", "--coodie-server=embedded", NOBODY]
    with subprocess.Popen(command, cwd=pytester.path, stdout=subprocess.DEVNULL) as run:
        written = pytester.path / "it.address"
        assert eventually(lambda: written.exists() and bool(written.read_text()), 90)
        (server,) = addresses(pytester.path)
        folder = Path((pytester.path / "folder").read_text())
        assert protocol.options(server) is not None
        run.send_signal(signal.SIGKILL)
    assert eventually(lambda: protocol.options(server) is None)
    assert eventually(lambda: not folder.exists())


def test_the_package_can_be_imported_without_pytest() -> None:
    program = "import sys; sys.modules['pytest'] = None; import coodie.testing"
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    ("module", "worker", "stem"),
    [
        ("tests/unit/test_Users.py", "", "k_test_users_"),
        ("test_x.py", "gw12", "k_test_x_gw12_"),
        ("features/library/Row — that forgets.feature", "", "k_row_that_forgets_feature_"),
        ("test_" + "long_" * 20 + ".py", "gw0", "k_test_long_long_"),
    ],
)
def test_keyspace_names_are_readable_legal_and_new(module: str, worker: str, stem: str) -> None:
    name = keyspace_name(module, worker)
    assert name.startswith(stem)
    assert name.isidentifier()
    assert name.islower()
    assert len(name) <= LONGEST_KEYSPACE
    assert name != keyspace_name(module, worker)
