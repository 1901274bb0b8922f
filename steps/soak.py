"""A long run: programs that write and read, faults that come one after another, and what is there at the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import parsers, then, when

from coodie.exceptions import OperationError
from steps.soak_faults import Storm
from steps.soak_ledger import Ledger
from steps.soak_load import Program
from steps.soak_model import Outcome

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal

    from coodie.livingdoc.attach import LivingDoc
    from steps.three_nodes import ThreeNodes
    from steps.world import World

MINUTES = 2.0
PATIENCE = 180.0
SHOWN = 5  # of the differences
LEVELS = ("QUORUM", "ALL")
Found = dict[Any, Any]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the command line say how long it takes, and which seed draws it."""
    group = parser.getgroup("coodie")
    group.addoption(
        "--soak-minutes",
        type=float,
        default=None,
        metavar="N",
        help=f"minutes of the long run with faults, all its turns together (default: {MINUTES:g})",
    )
    group.addoption(
        "--soak-seed", type=int, default=None, metavar="N", help="what draws it (default: drawn, and printed)"
    )


class LongRun:
    """The programs and the faults of one scenario, drawn from one seed."""

    def __init__(self, request: pytest.FixtureRequest, portal: BlockingPortal) -> None:
        config = request.config
        asked, seed = config.getoption("--soak-minutes"), config.getoption("--soak-seed")
        self.seed: int = SystemRandom().randrange(1_000_000) if seed is None else seed
        self.ledger = Ledger(self.seed)
        self._config, self._portal = config, portal
        self._told_of_progress = asked is not None
        scenario = request.node.nodeid.partition("[")[0]
        turns = [each for each in request.session.items if each.nodeid.partition("[")[0] == scenario]
        self._seconds = 60 * (MINUTES if asked is None else asked) / len(turns)
        self._over = threading.Event()
        self.survived: list[str] = []

    def run(self, nodes: ThreeNodes, tag: str) -> None:
        """Let the programs work and break something again and again, until the time is over."""
        storm = Storm(nodes, Random(f"{self.seed}/faults"), self._over)  # noqa: S311 - the same again
        self.survived = storm.survived
        self.print(f"a long run of {self._seconds:.0f} s; --soak-seed={self.seed} draws it again")
        began = time.monotonic()
        working = [self._start(number, tag) for number in range(1, 5)]
        timer = threading.Timer(self._seconds, self._over.set)
        timer.start()
        try:
            while not self._over.is_set() and not any(each.done() for each in working):
                storm.strike()
                if self._told_of_progress:
                    self.print(self._progress(time.monotonic() - began, storm))
        finally:
            timer.cancel()
            self._over.set()
            nodes.heal()
        hanging = wait(working, PATIENCE).not_done
        assert not hanging, f"{len(hanging)} programs still wait for an answer after {PATIENCE:.0f} s"
        for each in working:
            each.result()

    def _start(self, number: int, tag: str) -> Future[None]:
        colour = ("sync", "aio")[number % 2]
        program = Program(number, colour, tag, self.ledger, self._over)
        if colour == "aio":
            return self._portal.start_task_soon(program.run)
        future: Future[None] = Future()

        def run() -> None:
            try:
                program.run_sync()
            except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
                future.set_exception(error)
            else:
                future.set_result(None)

        threading.Thread(target=run, name=program.name, daemon=True).start()
        return future

    def print(self, text: str) -> None:
        """Write a line to the terminal, whatever is captured."""
        capture = self._config.pluginmanager.getplugin("capturemanager")
        reporter = self._config.pluginmanager.getplugin("terminalreporter")
        if reporter is not None and capture is not None:
            with capture.global_and_fixture_disabled():
                reporter.write_line(text)

    def _progress(self, seconds: float, storm: Storm) -> str:
        wrong = len(self.ledger.differences)
        return (
            f"{seconds:5.0f} s of {self._seconds:.0f}: {len(storm.survived)} faults, the last a {storm.survived[-1]}; "
            f"{self.writes}; {self.errors}; {wrong} differences"
        )

    @property
    def writes(self) -> str:
        """How many writes had which outcome."""
        told = self.ledger.outcomes
        return f"writes: {', '.join(f'{told[each]} {each}' for each in Outcome)}"

    @property
    def errors(self) -> str:
        """How many statements, reads among them, ended with which error."""
        return (
            f"errors: {', '.join(f'{count} {name}' for name, count in self.ledger.errors.items()) or 'none'}"
        )

    def agrees(self) -> None:
        """Fail with what is wrong, if anything is: the seed, the row, and the row's history."""
        wrong = self.ledger.differences
        if wrong:
            shown = "\n\n".join(wrong[:SHOWN])
            raise AssertionError(f"{len(wrong)} differences; the first of them:\n\n{shown}")


@pytest.fixture
def long_run(request: pytest.FixtureRequest, portal: BlockingPortal) -> LongRun:
    """The long run of this scenario."""
    return LongRun(request, portal)


@when("two programs of each colour write and read, while one fault after another comes")
def runs(world: World, nodes: ThreeNodes, long_run: LongRun) -> None:
    """Run as long as the command line says; the faults are drawn from a seed that is printed."""
    long_run.run(nodes, f"{world.colour}-{world.workspace.driver.driver_type}")


@then("nothing that was read meanwhile was wrong")
def reads_agree(long_run: LongRun, livingdoc: LivingDoc) -> None:
    """Look at what the programs have found; show the numbers of the run."""
    survived = long_run.survived
    counts = ", ".join(f"{survived.count(kind)} {kind}" for kind in sorted(set(survived)))
    ledger = long_run.ledger
    livingdoc.attach_text(
        "long run",
        f"seed {long_run.seed}\nfaults survived: {len(survived)} ({counts})\n"
        f"{long_run.writes}\n{long_run.errors}\n"
        f"rows compared while it went on: {ledger.read}\ndifferences from the model: {len(ledger.differences)}",
    )
    assert ledger.outcomes[Outcome.ACKNOWLEDGED], "nothing was written"
    long_run.agrees()


@then(parsers.re(r"each (?P<kind>article|order|seat|page|counter) .+"))
def is_there(world: World, long_run: LongRun, livingdoc: LivingDoc, kind: str) -> None:
    """Read a whole table at QUORUM and at ALL, and compare each row with the model."""
    if kind == "order":
        _await_batches(world)
    for level in LEVELS:
        compared = long_run.ledger.compare(kind, READERS[kind](world, level), f"at {level}")
        livingdoc.attach_text(
            "rows", f"{compared} compared at {level}; differences: {len(long_run.ledger.differences)}"
        )
    long_run.agrees()


def _await_batches(world: World) -> None:
    """Wait until no order stands in one table only: a node finishes the batches of another that died."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if all(one == other for one, other in _orders(world, "ALL").values()):
            return
        time.sleep(0.5)


def _rows(world: World, name: str, level: str, *columns: str) -> list[tuple[Any, ...]]:
    query = world.model(name).find().consistency(level).values_list(*columns)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            found: list[tuple[Any, ...]] = world.call(query.all)
        except OperationError:  # a driver whose connections were cut may count all nodes as down for a while
            assert time.monotonic() < deadline, f"{name} could not be read at {level}"
            time.sleep(0.5)
        else:
            return found


def _articles(world: World, level: str) -> Found:
    rows = _rows(world, "Article", level, "number", "name", "stock")
    return {number: (name, stock) for number, name, stock in rows}


def _orders(world: World, level: str) -> Found:
    one, other = (dict(_rows(world, name, level, "number", "total")) for name in ("Order", "OrderOfCustomer"))
    return {number: (one.get(number), other.get(number)) for number in one.keys() | other.keys()}


def _seats(world: World, level: str) -> Found:
    rows = _rows(world, "Reservation", level, "showing", "seat", "guest")
    return {(showing, seat): guest for showing, seat, guest in rows}


def _pages(world: World, level: str) -> Found:
    rows = _rows(world, "WikiPage", level, "title", "revision", "text")
    return {title: (revision, text) for title, revision, text in rows}


def _counters(world: World, level: str) -> Found:
    return dict(_rows(world, "Visits", level, "page", "visits"))


READERS: dict[str, Callable[[World, str], Found]] = {
    "article": _articles,
    "order": _orders,
    "seat": _seats,
    "page": _pages,
    "counter": _counters,
}
