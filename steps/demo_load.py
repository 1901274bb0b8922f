"""A demo under load: several clients at once, what they are answered, and what it costs the demo."""

from __future__ import annotations

import itertools
import re
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pytest_bdd import given, parsers, then, when

from coodie.livingdoc.statement_log import VARIABLE
from steps.demo_workers import SERVE
from steps.processes import Usage, usage_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coodie.livingdoc.attach import LivingDoc
    from coodie.server import Server
    from steps.demo_app import DemoApp

CLIENTS, MORE = 6, 30
SECONDS, WARM_UP = 3.0, 2.0
PATIENCE = 60.0
FAULT = 500
GROWTH = 24 * 1024 * 1024  # bytes: a leak of a few KB a request would be more
_QUOTED = re.compile(r'"([^"]*)"')
OPEN_DRAWER = 'data-hood="open"'


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the command line say how long each demo is under load."""
    parser.getgroup("coodie").addoption(
        "--load-seconds",
        type=float,
        default=None,
        metavar="N",
        help=f"how long each demo is under load (default: {SECONDS:g}, and not all of them)",
    )


class Rows:
    """A column with another value for each write, which the request or its answer names: before the load, and since."""

    def __init__(self, session: Any, keyspace: str, column: str) -> None:
        table, _, name = column.partition(".")
        self._session, self._query = session, f"SELECT {name} FROM {keyspace}.{table}"
        self._before = self._read()

    def compare(self, exchanges: list[str]) -> tuple[list[str], set[str]]:
        """Return the exchanges that name no new row, and the new rows that no exchange names."""
        new = self._read() - self._before
        named = [new.intersection(_QUOTED.findall(exchange)) for exchange in exchanges]
        lost = [exchange for exchange, rows in zip(exchanges, named, strict=True) if not rows]
        return lost, new.difference(*named)

    def _read(self) -> set[str]:
        return {str(row[0]) for row in self._session.execute(self._query)}


@dataclass
class Load:
    """Clients of one demo, and what came of all that they have asked."""

    app: DemoApp
    clients: list[httpx.Client]
    paths: list[str]
    write: tuple[str, str] | None
    rows: Rows | None = None
    answers: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    unanswered: int = 0
    ends: threading.Event = field(default_factory=threading.Event)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def run(self, over: Callable[[], bool]) -> None:
        """Let all clients ask for one thing after another until it is over."""
        with ThreadPoolExecutor(len(self.clients)) as threads:
            for each in [threads.submit(self._visit, client, over) for client in self.clients]:
                each.result()

    def run_for(self, seconds: float) -> None:
        """Let all clients ask for some seconds."""
        end = time.monotonic() + seconds
        self.run(lambda: time.monotonic() >= end)

    def _visit(self, client: httpx.Client, over: Callable[[], bool]) -> None:
        for path in itertools.cycle([*self.paths, None] if self.write else self.paths):
            if over() or not self._ask(client, path):
                return

    def _ask(self, client: httpx.Client, path: str | None) -> bool:
        """Ask for a path, or write; return whether the demo still answers, as it must unless it was asked to end."""
        ending = self.ends.is_set()
        try:
            answer = client.get(path) if path is not None else self._post(client)
        except httpx.TransportError as error:
            self.unanswered += path is None
            self.broken.append(f"{path or 'a write'}: {type(error).__name__}: {error}")
            # The connection may have broken between the question and the end, but not before anybody asked for it.
            assert ending or self.ends.is_set(), f"{self.app.folder.name} broke off: {self.broken[-1]}"
            return False
        self.answers[answer.status_code] += 1
        if answer.status_code >= FAULT or answer.is_error:
            self.faults.append(f"{answer.status_code} for {path or 'a write'}: {answer.text[:300]}")
        if OPEN_DRAWER in answer.text:
            self.faults.append(f"{path} shows statements, and nobody has opened the drawer")
        return True

    def _post(self, client: httpx.Client) -> httpx.Response:
        assert self.write is not None
        path, body = self.write
        content = body.replace("{n}", str(next(self._numbers)))
        answer = client.post(path, content=content, headers={"Content-Type": "application/json"})
        if answer.is_success:
            self.written.append(f"{content} {answer.text}")
        return answer


class Measured:
    """Runs a load, and measures the demo when it is warm and at the end."""

    def __init__(self, seconds: float, port: int, livingdoc: LivingDoc) -> None:
        self._seconds, self._port, self._livingdoc = seconds, port, livingdoc
        self.before: Usage | None = None
        self.after: Usage | None = None

    def run(self, load: Load) -> Load:
        """Warm up, measure, load, measure."""
        load.run_for(max(WARM_UP, self._seconds / 2))
        self.before = self._measure(load)
        warm = load.answers.total()
        load.run_for(self._seconds)
        self.after = self._measure(load)
        self._livingdoc.attach_text(
            "load",
            f"{load.answers.total()} answers, by status: {dict(load.answers)}; {len(load.written)} of them to writes\n"
            f"after {warm} answers: {self.before}\nat the end: {self.after}",
        )
        return load

    def _measure(self, load: Load) -> Usage:
        assert load.app.process is not None
        return usage_of(load.app.process.pid, self._port)


@pytest.fixture
def measured(request: pytest.FixtureRequest, coodie_server: Server, livingdoc: LivingDoc) -> Measured:
    """What the demo holds before and after."""
    asked = request.config.getoption("--load-seconds")
    return Measured(SECONDS if asked is None else asked, coodie_server.port, livingdoc)


@given(
    parsers.parse('a demo "{name}" of its own runs, and writes nothing down of what it sends'),
    target_fixture="demo_app",
)
def unobserved_demo_runs(
    request: pytest.FixtureRequest, own_app: Callable[..., DemoApp], name: str
) -> DemoApp:
    """Start it without its log of statements; what takes long only when the command line asks for it."""
    if sys.platform != "linux":
        pytest.skip("what a process holds is read from /proc, which only Linux has")
    if request.node.get_closest_marker("long") and request.config.getoption("--load-seconds") is None:
        pytest.skip("it takes long: `make load` runs it")
    serve = [SERVE] if name == "flask-blog" and find_spec("gunicorn") else []
    return own_app(name, f"{VARIABLE}=", *serve)


@pytest.fixture
def clients(demo_app: DemoApp) -> Iterator[list[httpx.Client]]:
    """Browsers and programs, each with a connection that stays open."""
    made = [httpx.Client(base_url=demo_app.url, timeout=PATIENCE) for _ in range(CLIENTS)]
    yield made
    for client in made:
        client.close()


@when(parsers.parse("six clients at once ask for / and {path}"), target_fixture="load")
def ask(demo_app: DemoApp, clients: list[httpx.Client], measured: Measured, path: str) -> Load:
    """Ask again and again, as long as the command line says; measure after the first answers, and at the end."""
    return measured.run(Load(demo_app, clients, ["/", path], None))


@when(
    parsers.parse("six clients at once ask for / and {path}, and post to {target}, each time a new {column}"),
    target_fixture="load",
)
def ask_and_post(
    demo_app: DemoApp,
    clients: list[httpx.Client],
    measured: Measured,
    coodie_cql: Any,
    path: str,
    target: str,
    column: str,
    docstring: str,
) -> Load:
    """Ask and write again and again, as long as the command line says; `{n}` is another number each time."""
    rows = Rows(coodie_cql, demo_app.keyspace, column)
    return measured.run(Load(demo_app, clients, ["/", path], (target, docstring), rows))


@then("no answer was an error, and no page showed statements, as no drawer was open")
def no_error(load: Load) -> None:
    """Look at what was wrong with any answer."""
    assert load.answers.total() > len(load.clients)
    assert load.faults == []


@then("the demo holds no more memory and no more connections than when it was warm")
def no_growth(measured: Measured) -> None:
    """Compare; memory may grow by what a cache or an arena takes, and not by as much as a leak."""
    before, after = measured.before, measured.after
    assert before is not None
    assert after is not None
    assert after.memory - before.memory < GROWTH, f"from {before} to {after}"
    assert 0 < after.connections <= before.connections, f"from {before} to {after}"
    assert after.files <= before.files + CLIENTS, f"from {before} to {after}"


@when("the demo is asked to end, while they go on")
def asked_to_end(load: Load, livingdoc: LivingDoc) -> None:
    """Send SIGTERM when some more answers have come, and wait until the demo has ended by itself."""
    enough, before = load.answers.total() + MORE, len(load.faults)

    def end() -> None:
        _await(lambda: load.answers.total() >= enough, "the clients go on")
        load.ends.set()
        load.app.ask_to_stop()

    ending = threading.Thread(target=end)
    ending.start()
    load.run(lambda: False)
    ending.join()
    process = load.app.process
    assert process is not None
    _await(lambda: process.poll() is not None, "the demo has ended by itself")
    livingdoc.attach_text("end", "\n".join([f"{load.unanswered} writes without an answer", *load.broken]))
    assert load.faults[before:] == []


@then("each write that was answered is there")
def nothing_lost(load: Load, livingdoc: LivingDoc) -> None:
    """Read the table."""
    assert load.rows is not None
    lost, others = load.rows.compare(load.written)
    livingdoc.attach_text(
        "writes",
        f"{len(load.written)} were answered, {len(lost)} of them lost; {load.unanswered} were not answered, "
        f"{len(others)} of them carried out",
    )
    assert len(load.written) > CLIENTS
    assert lost == []
    assert len(others) <= load.unanswered


def _await(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"not within {PATIENCE:.0f} s: {what}"
        time.sleep(0.02)
