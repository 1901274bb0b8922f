"""`coodie server` as its user runs it, in processes of its own."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from coodie._version import __version__
from coodie.cli import cql_prompt
from coodie.cli.main import main
from coodie.server import Server, lock, ports, state
from coodie.server.embedded import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

unix = pytest.mark.skipif(os.name == "nt", reason="sends signals")


class CommandLine:
    """Runs `coodie` with a state folder of its own: `up` in a process, as it leaves a child; the rest here."""

    def __init__(self, folder: Path) -> None:
        self.environment = {**os.environ, "COODIE_STATE_DIR": str(folder)}
        self.environment.pop("COODIE_HOSTS", None)
        self.folder = folder

    def __call__(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        if "up" in arguments:
            command = [sys.executable, "-m", "coodie.cli.main", *arguments]
            return subprocess.run(
                command, capture_output=True, text=True, timeout=120, check=False, env=self.environment
            )
        output, errors = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(os.environ, self.environment, clear=True),
            mock.patch.object(sys, "stdin", io.StringIO(stdin)),
            redirect_stdout(output),
            redirect_stderr(errors),
        ):
            try:
                code = main(arguments)
            except SystemExit as end:
                code = int(end.code or 0)
        return subprocess.CompletedProcess(arguments, code, output.getvalue(), errors.getvalue())

    def status(self) -> dict[str, object]:
        facts: dict[str, object] = json.loads(self("server", "status", "--json").stdout)
        return facts


@pytest.fixture
def coodie(tmp_path: Path) -> CommandLine:
    """A command line that knows of no server."""
    return CommandLine(tmp_path / "state")


@pytest.fixture(scope="module")
def port() -> int:
    return ports.disposable_port(["127.0.0.1"])


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[CommandLine]:
    """A command line that has a server up, which it takes down at the end."""
    coodie = CommandLine(tmp_path_factory.mktemp("state"))
    done = coodie("server", "up", "--server=embedded", f"--port={port}")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"Cassandra 5.0.9 on 127.0.0.1:{port} (embedded: asked for)\n"
    assert "profile dev" in done.stderr
    yield coodie
    stopped = coodie("server", "down")
    assert stopped.stdout == f"Stopped Cassandra 5.0.9 on 127.0.0.1:{port}.\n"
    assert coodie("server", "down").stdout == "No server was running.\n"
    assert coodie("server", "status").returncode == 3
    assert not running(coodie.folder / "cassandra")
    assert (coodie.folder / "cassandra" / "node1" / "data").is_dir()
    coodie("server", "down", "--remove-data")
    assert not (coodie.folder / "cassandra").exists()


def test_version_and_help(coodie: CommandLine) -> None:
    assert coodie("--version").stdout == f"coodie {__version__}\n"
    shown = coodie("--help").stdout
    assert "exit codes: 0 done" in shown
    assert "server" in shown


def test_wrong_usage_has_a_code_of_its_own(coodie: CommandLine) -> None:
    assert coodie("server").returncode == 2
    assert coodie("server", "up", "--server=db:x").returncode == 2
    assert coodie("server", "up", "--nodes=0", "--server=embedded").returncode == 2


@pytest.mark.parametrize("action", [["status"], ["logs"], ["cql", "SELECT"]])
def test_without_a_server_the_remedy_is_named(coodie: CommandLine, action: list[str]) -> None:
    done = coodie("server", *action)
    assert done.returncode == 3
    assert "Start one with coodie server up" in done.stdout + done.stderr


def test_a_second_up_finds_the_first(up: CommandLine, port: int) -> None:
    done = up("server", "up")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Already running: Cassandra 5.0.9 on 127.0.0.1:{port}")


@pytest.mark.parametrize("other", ["--port=1", "--nodes=2", "--profile=test", "--server=scylla"])
def test_an_up_of_another_kind_is_refused(up: CommandLine, other: str) -> None:
    done = up("server", "up", other)
    assert done.returncode == 1
    assert "A server of another kind already runs" in done.stderr
    assert "coodie server down" in done.stderr


def test_status_tells_people_and_programs(up: CommandLine, port: int) -> None:
    facts = up.status()
    assert (facts["running"], facts["port"], facts["rung"], facts["profile"]) == (
        True,
        port,
        "embedded",
        "dev",
    )
    shown = up("server", "status")
    assert shown.returncode == 0
    assert f"process {facts['pid']}" in shown.stdout


def test_programs_discover_it(up: CommandLine, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COODIE_STATE_DIR", str(up.folder))
    assert state.discover() == ("127.0.0.1", port)


def test_one_statement(up: CommandLine) -> None:
    done = up("server", "cql", "SELECT cluster_name, tokens, data_center FROM system.local")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "cluster_name  tokens                  data_center\n"
        "------------  ----------------------  -----------\n"
        "coodie        {-9223372036854775808}  datacenter1\n"
        "(1 row)\n"
    )


def test_an_answer_for_programs(up: CommandLine) -> None:
    done = up(
        "server",
        "cql",
        "--json",
        "SELECT cluster_name, tokens, native_protocol_version, gossip_generation FROM system.local",
    )
    facts = json.loads(done.stdout)
    assert facts["columns"] == ["cluster_name", "tokens", "native_protocol_version", "gossip_generation"]
    [[*values, number]] = facts["rows"]
    assert values == ["coodie", "{-9223372036854775808}", "5"]
    assert isinstance(number, int)
    done = up("server", "cql", "--json", stdin="USE system;\nSELECT key FROM local;\n")
    assert json.loads(done.stdout) == [{"columns": [], "rows": []}, {"columns": ["key"], "rows": [["local"]]}]


def test_statements_from_a_pipe(up: CommandLine) -> None:
    script = (
        "-- a comment\n"
        "CREATE KEYSPACE piped WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};\n"
        "\n"
        "CREATE TABLE piped.t (\n  id int PRIMARY KEY,\n  v text\n);\n"
        "INSERT INTO piped.t (id, v) VALUES (1, 'a;b');\n"
        "SELECT * FROM piped.t"
    )
    done = up("server", "cql", stdin=script)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "id  v\n--  ---\n1   a;b\n(1 row)\n"


def test_an_error_of_the_server_is_one_readable_line(up: CommandLine) -> None:
    done = up("server", "cql", "SELECT nonsense FROM system.local")
    assert done.returncode == 1
    assert done.stderr.startswith("coodie: ServerRejected: ")
    assert "Undefined column name nonsense" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_server_that_does_not_answer_is_one_readable_line(coodie: CommandLine) -> None:
    closed = ports.disposable_port(["127.0.0.1"])
    done = coodie("server", "cql", f"--hosts=127.0.0.1:{closed}", "SELECT")
    assert done.returncode == 3
    assert "Connection refused" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_driver_the_extra_is_named(up: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "coodie.drivers.cassandra", raising=False)
    monkeypatch.setitem(sys.modules, "cassandra.cluster", None)
    done = up("server", "cql", "SELECT")
    assert done.returncode == 1
    assert (
        "install the extra coodie[scylla]" in done.stderr
    )  # the driver that is taken where nobody names one


def test_the_prompt_ends_with_ctrl_d(up: CommandLine) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "coodie.cli.main", "server", "cql"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        text=True,
        env={**up.environment, "TERM": "dumb"},
    ) as child:
        os.close(theirs)
        os.write(ours, b"SELECT nonsense\nFROM system.local;\nSELECT cluster_name FROM system.local;\n\x04")
        shown, _ = child.communicate(timeout=60)
    os.close(ours)
    assert child.returncode == 0
    assert "End a statement with a semicolon, the prompt with Ctrl-D." in shown
    assert "ServerRejected" in shown
    assert "(1 row)" in shown


def test_logs_show_the_last_lines(up: CommandLine) -> None:
    done = up("server", "logs", "-n", "7")
    assert len(done.stdout.splitlines()) == 7
    assert "INFO" in done.stdout


@unix
def test_logs_can_be_followed_until_ctrl_c(up: CommandLine) -> None:
    log = up.folder / "cassandra" / "node1" / "node.log"
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "coodie.cli.main", "server", "logs", "-f", "-n", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=up.environment,
    ) as child:
        assert child.stdout
        assert child.stderr
        impatience = threading.Timer(60, child.kill)
        impatience.start()
        child.stdout.readline()
        with log.open("a") as file:
            file.write("a line of the test\n")
        assert any("a line of the test" in line for line in child.stdout)
        child.send_signal(signal.SIGINT)
        assert child.wait(20) == 130
        assert child.stderr.read() == "coodie: interrupted\n"
        impatience.cancel()


@unix
def test_a_node_whose_launcher_was_killed_is_found_and_used_again(up: CommandLine, port: int) -> None:
    before = up.status()
    (up.folder / "server.json").unlink()
    done = up("server", "up")
    assert "A server was still running" in done.stderr
    assert (
        done.stdout
        == f"Already running: Cassandra 5.0.9 on 127.0.0.1:{port} (embedded: it was still running)\n"
    )
    assert up.status()["pid"] == before["pid"]


def test_down_finds_a_node_that_nobody_recorded(up: CommandLine, port: int) -> None:
    """Stop it without its record, then bring it up for the tests that follow: its data is still there."""
    up("server", "cql", "CREATE KEYSPACE IF NOT EXISTS kept WITH replication = "
       "{'class': 'SimpleStrategy', 'replication_factor': 1}")  # fmt: skip
    (up.folder / "server.json").unlink()
    assert up("server", "down").stdout == f"Stopped Cassandra 5.0.9 on 127.0.0.1:{port}.\n"
    assert not lock.is_locked(up.folder / "cassandra" / "node1" / "lock")
    done = up("server", "up", "--server=embedded", f"--port={port}")
    assert done.returncode == 0, done.stderr
    assert "kept" in up("server", "cql", "SELECT keyspace_name FROM system_schema.keyspaces").stdout


def test_another_number_of_nodes_than_the_data_has_is_refused(coodie: CommandLine) -> None:
    for number in (1, 2):
        (coodie.folder / "cassandra" / f"node{number}").mkdir(parents=True)
    done = coodie("server", "up", "--server=embedded", "--nodes=3")
    assert done.returncode == 1
    assert "holds the data of 2 nodes, which 3 nodes would not find" in done.stderr
    assert "coodie server down --remove-data" in done.stderr


def test_a_named_server_is_recorded_and_not_stopped(up: CommandLine, coodie: CommandLine, port: int) -> None:
    named = f"127.0.0.1:{port}"
    done = coodie("server", "up", f"--server={named}")
    assert done.stdout == f"Cassandra on {named} (hosts: asked for)\n"
    assert coodie("server", "logs").returncode == 1
    assert coodie("server", "down").stdout == f"{named} is forgotten; it is not ours to stop.\n"
    assert up.status()["running"] is True


@pytest.mark.usefixtures("up")
def test_the_record_of_a_server_that_is_gone_is_removed(
    coodie: CommandLine, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COODIE_STATE_DIR", str(coodie.folder))
    gone = ports.disposable_port(["127.0.0.1"])
    state.save(Server("127.0.0.1", gone, "Cassandra", "5.0.9", "embedded", "asked for"))
    assert "does not answer any more" in coodie("server", "status").stdout
    done = coodie("server", "up", f"--server=127.0.0.1:{port}")
    assert f"(Cassandra 5.0.9 on 127.0.0.1:{gone}) is gone: its record is removed" in done.stderr
    assert done.returncode == 0


@pytest.mark.usefixtures("up")
def test_a_port_in_use_is_said(coodie: CommandLine, port: int) -> None:
    done = coodie("server", "up", "--server=embedded", f"--port={port}")
    assert done.returncode == 1
    assert f"127.0.0.1:{port} is already in use by another program" in done.stderr
    assert "--port" in done.stderr


@unix
def test_sigterm_during_the_start_leaves_no_node(coodie: CommandLine) -> None:
    program = [sys.executable, "-m", "coodie.cli.main", "server", "up", "--server=embedded"]
    free = ports.disposable_port(["127.0.0.1"])
    with subprocess.Popen(
        [*program, f"--port={free}"], stderr=subprocess.PIPE, env=coodie.environment
    ) as child:
        assert child.stderr
        assert b"Starting Cassandra" in child.stderr.readline()
        child.terminate()
        assert child.wait(60) == 130
    assert not running(coodie.folder / "cassandra")
    assert coodie.status() == {"running": False}


def test_lines_become_statements() -> None:
    lines = ["", "-- no", "SELECT 1;", "SELECT 'a;", "b';", "SELECT 2"]
    assert list(cql_prompt.statements(lines)) == ["SELECT 1;", "SELECT 'a;", "b';", "SELECT 2"]


def test_an_empty_table_still_has_its_columns() -> None:
    assert cql_prompt.table(["a", "bb"], []) == "a  bb\n-  --\n(0 rows)\n"


def test_cells_stay_on_one_line() -> None:
    assert (
        cql_prompt.table(["v"], [(b"\x01",), ("a\nb",), (None,)]) == "v\n----\n0x01\na\\nb\nnull\n(3 rows)\n"
    )
