"""The demos' apps, started as a user starts them: `make run`, once each, on a free port and a fresh keyspace."""

from __future__ import annotations

import csv
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pytest_bdd import given, parsers, then, when

from coodie.livingdoc.statement_log import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coodie.livingdoc.attach import LivingDoc
    from coodie.server import Server
    from steps.cells import Table

DEMOS = Path(__file__).parents[1] / "demos"
PATIENCE = 90.0
END = 15.0
COUNT, FEW, SEED = 50, 20, 7
APPS: pytest.StashKey[DemoApps] = pytest.StashKey()
MODELS = ("coodie_models.py", "models.py", "taskboard/cassandra_models.py")


@dataclass
class DemoApp:
    """A demo that runs: its folder, its address, its keyspace, and what `make` needs to find both."""

    folder: Path
    url: str
    keyspace: str
    settings: tuple[str, ...]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def sent(self) -> set[str]:
        """Return the text of every statement that its processes have sent, with the demo's name as the keyspace."""
        lines = Path(self.environment[VARIABLE]).read_text("utf-8").split("\n")
        ours = (json.loads(line)["record"]["cql"] for line in lines if self.keyspace in line)
        return {text.replace(self.keyspace, self.folder.name.replace("-", "_")) for text in ours}

    def make(self, target: str, *settings: str) -> subprocess.CompletedProcess[str]:
        """Run another target of the demo's Makefile against the running app's keyspace."""
        return subprocess.run(  # noqa: S603 - the demo's own Makefile
            self.command(target, *settings),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def command(self, target: str, *settings: str) -> list[str]:
        """Return the command line of a target."""
        return make_command(self.folder, target, *self.settings, *settings)

    def start(self) -> None:
        """Run `make run` in a process group of its own, and wait until the demo answers."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - the demo's own Makefile
                self.command("run"),
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._await(self.process)
        except BaseException as error:
            self.stop()
            said = self.log.read_text()[-2000:]
            raise AssertionError(f"make run of {self.folder.name} did not come up: {said}") from error

    def ask_to_stop(self) -> None:
        """Ask the whole process group to end."""
        assert self.process is not None, "it was never started"
        with suppress(ProcessLookupError):  # it may have ended by itself, which whoever waits for it reports
            os.killpg(self.process.pid, signal.SIGTERM)

    def stop(self) -> None:
        """End the whole process group."""
        self.ask_to_stop()
        self.await_end()

    def await_end(self) -> None:
        """Wait for the end of the process group, which was asked for; what does not go by itself is killed."""
        assert self.process is not None, "it was never started"
        try:
            self.process.wait(END)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(END)

    def _await(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                if httpx.get(f"{self.url}/health").is_success:
                    return
            except httpx.TransportError:
                assert process.poll() is None, "make has ended"
            assert time.monotonic() < deadline, f"no answer within {PATIENCE:.0f} s"


def make_command(folder: Path, target: str, *settings: str) -> list[str]:
    """Return `make -C folder target NAME=value …`, using the environment that runs the specification."""
    return ["make", "--no-print-directory", "-C", str(folder), target, f"VENV={sys.prefix}", *settings]


class DemoApps:
    """The demos that the features of one folder ask for; each is started once, and ends with them.

    A driver reads the schema again after each change of it: thirty demos that nobody visits would do so at every table
    that later features make.
    """

    def __init__(self, server: Server, admin: Any, logs: Path, environment: dict[str, str]) -> None:
        self._server, self._admin, self._logs = server, admin, logs
        log = {
            VARIABLE: str(logs / "statements.ndjson")
        }  # unless a document is recorded, which has one of its own
        self._environment = {**os.environ, **log, **environment, "DEMO_STATE_DIR": str(logs)}
        self._running: dict[tuple[str, ...], DemoApp] = {}

    def get(self, name: str, *settings: str) -> DemoApp:
        """Return a demo that answers; with other settings of `make` it is another one."""
        key = (name, *settings)
        if key not in self._running:
            self._running[key] = self._start(name, settings)
        return self._running[key]

    @contextmanager
    def own(self, name: str, *settings: str) -> Iterator[DemoApp]:
        """Run a demo that no other scenario sees."""
        app = self._start(name, settings)
        try:
            yield app
        finally:
            app.ask_to_stop()
            self._end(app)

    def stop(self) -> None:
        """End them all, and drop their keyspaces; each takes its time, so all are asked first."""
        apps = list(self._running.values())
        self._running.clear()
        for app in apps:
            app.ask_to_stop()
        for app in apps:
            self._end(app)

    def _end(self, app: DemoApp) -> None:
        app.await_end()
        self._admin.execute(f"DROP KEYSPACE IF EXISTS {app.keyspace}")

    def _start(self, name: str, more: tuple[str, ...]) -> DemoApp:
        port, keyspace = _free_port(), f"{name.replace('-', '_')}_{secrets.token_hex(4)}"
        settings = (f"PORT={port}", f"KEYSPACE={keyspace}", f"COUNT={COUNT}", f"SEED={SEED}", *more)
        environment = {**self._environment, "COODIE_HOSTS": str(self._server.address)}
        log = self._logs / f"{keyspace}.log"
        app = DemoApp(DEMOS / name, f"http://127.0.0.1:{port}", keyspace, settings, environment, log)
        app.start()
        return app


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def demo_apps(
    pytestconfig: pytest.Config,
    coodie_server: Server,
    coodie_cql: Any,
    livingdoc: LivingDoc,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[DemoApps]:
    """The apps of the demos; they end, and their keyspaces are dropped, with the features of a folder."""
    apps = DemoApps(coodie_server, coodie_cql, tmp_path_factory.mktemp("demos"), livingdoc.environment)
    pytestconfig.stash[APPS] = apps
    try:
        yield apps
    finally:
        apps.stop()


@pytest.fixture
def own_app(demo_apps: DemoApps, livingdoc: LivingDoc) -> Iterator[Callable[..., DemoApp]]:
    """Start a demo by its name and further arguments of `make run`; it ends with the scenario."""
    with ExitStack() as ends:
        yield lambda name, *settings: introduced(
            ends.enter_context(demo_apps.own(name, f"COUNT={FEW}", *settings)), livingdoc
        )


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """End the demos when the next scenario is of another folder."""
    apps = item.config.stash.get(APPS, None)
    if apps is not None and (nextitem is None or nextitem.path.parent != item.path.parent):
        apps.stop()


@given(parsers.parse('the demo "{name}" runs'), target_fixture="demo_app")
def demo_runs(demo_apps: DemoApps, livingdoc: LivingDoc, name: str) -> DemoApp:
    """Start the demo unless it runs; show its models."""
    return introduced(demo_apps.get(name), livingdoc)


@given(parsers.parse('a demo "{name}" of its own runs'), target_fixture="demo_app")
def own_demo_runs(own_app: Callable[..., DemoApp], name: str) -> DemoApp:
    """Start it with sample data of its own, as what a scenario does to it is not for others."""
    return own_app(name)


@when("the demo is ended and started again")
def restart(demo_app: DemoApp) -> None:
    """End the app, and `make run` it on the same keyspace."""
    demo_app.stop()
    demo_app.start()


def introduced(app: DemoApp, livingdoc: LivingDoc) -> DemoApp:
    """Show the models of a demo that runs, and which server it uses."""
    livingdoc.attach_model(next(path for path in map(app.folder.joinpath, MODELS) if path.is_file()))
    health = httpx.get(f"{app.url}/health").json()
    livingdoc.set_meta("server", health["server"])
    return app


@pytest.fixture
def rejected(demo_app: DemoApp) -> Iterator[Path]:
    """The file into which the demo writes the rows that it rejects; it is removed after the scenario."""
    [broken] = demo_app.folder.glob("*-broken.csv")
    file = broken.with_suffix(".rejected.csv")
    yield file
    file.unlink(missing_ok=True)


@given(parsers.parse("somebody feeds it the file {name}"))
@when(parsers.parse("somebody feeds it the file {name}"), target_fixture="fed")
def feed(
    demo_app: DemoApp, livingdoc: LivingDoc, rejected: Path, name: str
) -> subprocess.CompletedProcess[str]:
    """Run `make seed FEED=…`."""
    assert not rejected.exists()
    file = demo_app.folder / name
    livingdoc.attach_text(name, file.read_text("utf-8"), "text/csv")
    done = demo_app.make("seed", f"FEED={name}")
    livingdoc.attach_text(f"make seed FEED={name}", done.stdout + done.stderr)
    return done


@then("it succeeds")
def it_succeeds(fed: subprocess.CompletedProcess[str]) -> None:
    """Look at how the command ended."""
    assert fed.returncode == 0, fed.stdout + fed.stderr


@then("these rows are rejected")
def rows_are_rejected(fed: subprocess.CompletedProcess[str], rejected: Path, datatable: Table) -> None:
    """Compare lines and reasons in the file of rejected rows; the command must not have succeeded."""
    assert fed.returncode != 0
    with rejected.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    header, *expected = datatable
    assert [[row[name] for name in header] for row in rows] == expected
