"""A command that somebody else runs at the same time: it waits, is killed, falls asleep, goes on."""

from __future__ import annotations

import signal
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import given, parsers, then, when

from coodie.migrations import state
from steps.commands import lines
from steps.errors import folded

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

    from steps.commands import Project
    from steps.world import World

LONGEST = 30.0
_OTHERS = r"somebody else runs `coodie (?P<command>[^`]+)`"


class Other:
    """The other command; it is killed at the end, should it still run."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.command = ""
        self.process: subprocess.Popen[str] | None = None

    def start(self, command: str) -> None:
        """Start it."""
        self.command, self.process = command, self._project.start(command)

    def until(self, happened: Callable[[], bool], what: str) -> None:
        """Poll until something has happened, as long as the command runs."""
        deadline = time.monotonic() + LONGEST
        assert self.process is not None
        while not happened():
            if self.process.poll() is not None:
                raise AssertionError(f"it ended before {what}: {''.join(self.process.communicate())}")
            assert time.monotonic() < deadline, f"not within {LONGEST} seconds: {what}"
            time.sleep(0.02)

    def send(self, number: int) -> None:
        """Send it a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    def end(self) -> tuple[str, str, int]:
        """Wait for its end; return what it wrote on both streams, and its exit code."""
        assert self.process is not None
        printed, complained = self.process.communicate(timeout=LONGEST)
        self._project.ended(self.command, printed, complained)
        return self._project.printed, self._project.complained, self.process.returncode

    def close(self) -> None:
        """Kill it, if it runs."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.kill()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        self.process.wait(LONGEST)


@pytest.fixture
def other(project: Project) -> Iterator[Other]:
    """The command that somebody else runs."""
    running = Other(project)
    yield running
    running.close()


@given(parsers.re(_OTHERS + ", and it waits in the middle"))
def other_waits(other: Other, project: Project, command: str) -> None:
    """Start a command, and wait until its migration says by a file that it waits."""
    other.start(command)
    other.until((project.folder / "waiting").exists, "it waited")


@given(parsers.re(_OTHERS + r', and has noted (?P<rows>\d+) rows of "(?P<table>\w+)"'))
def other_scans(other: Other, world: World, coodie_cql: Any, command: str, rows: str, table: str) -> None:
    """Start a command, and wait until its scan has come so far."""
    other.start(command)
    query = f'SELECT scanned FROM "{world.workspace.keyspace}"."{state.TABLE}" WHERE scope = %s'

    def noted() -> bool:
        found = [row[0] or {} for row in coodie_cql.execute(query, (state.SCOPE,))]
        return any(dict(each).get(table, 0) >= int(rows) for each in found)

    other.until(noted, f"{rows} rows were noted")


@when(
    parsers.re(r"(?P<count>\d+) runners start at once with `coodie (?P<command>[^`]+)`"),
    target_fixture="crowd",
)
def many_run(project: Project, count: str, command: str) -> list[str]:
    """Run a command in several processes at once; return what each printed."""
    processes = [project.start(command) for _ in range(int(count))]
    printed = []
    for process in processes:
        out, complained = process.communicate(timeout=2 * LONGEST)
        project.ended(command, out, complained)
        assert process.returncode == 0, complained
        printed.append(project.printed)
    return printed


@then("one of them printed that 1 migration was applied, and the others that there was nothing to do")
def one_did_it(crowd: list[str]) -> None:
    """Compare what they printed."""
    ends = sorted(printed.splitlines()[-1] for printed in crowd)
    assert ends == ["1 migration applied", *["keyspace shop is up to date"] * (len(crowd) - 1)]


@given("its lock has ended")
def lock_ended(world: World, coodie_cql: Any) -> None:
    """Poll until nobody holds the lock."""
    query = f'SELECT lock_holder FROM "{world.workspace.keyspace}"."{state.TABLE}" WHERE scope = %s LIMIT 1'
    deadline = time.monotonic() + LONGEST
    while any(row[0] for row in coodie_cql.execute(query, (state.SCOPE,))):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@given("it goes on in a moment")
def goes_on_soon(project: Project) -> None:
    """Let the other command go on while the next one runs already."""
    threading.Timer(0.5, (project.folder / "go").touch).start()


@given("it is killed")
def is_killed(other: Other) -> None:
    """Kill it as a machine that loses its power would."""
    other.send(signal.SIGKILL)
    assert other.process is not None
    other.process.wait(LONGEST)


@given("it is interrupted")
def is_interrupted(other: Other) -> None:
    """Interrupt it as Ctrl-C does, and wait for its end."""
    other.send(signal.SIGINT)
    _, complained, code = other.end()
    assert (complained, code) == ("coodie: interrupted\n", 130)


@given(parsers.parse('it is killed, before it could note that "{cql}" was done'))
def is_killed_in_doubt(other: Other, world: World, coodie_cql: Any, cql: str) -> None:
    """Kill it, and take back the note of a statement, as if the runner had died before it could write it."""
    is_killed(other)
    keyspace = world.workspace.keyspace
    table = f'"{keyspace}"."{state.TABLE}"'
    rows = coodie_cql.execute(f"SELECT name, journal FROM {table} WHERE scope = %s", (state.SCOPE,))
    noted = {name: dict(journal or {}) for name, journal in rows}
    name = next(
        name
        for name, journal in noted.items()
        if any(cql in _bare(each, keyspace) for each in journal.values())
    )
    place, full = next((place, each) for place, each in noted[name].items() if cql in _bare(each, keyspace))
    coodie_cql.execute(
        f"UPDATE {table} SET journal[%s] = null, under_way = %s WHERE scope = %s AND name = %s IF EXISTS",
        (place, full, state.SCOPE, name),
    )


@given("it falls asleep")
def falls_asleep(other: Other) -> None:
    """Stop the process where it is."""
    other.send(signal.SIGSTOP)


@when("it wakes up")
def wakes_up(other: Other, project: Project) -> None:
    """Let the process go on, and its migration too."""
    (project.folder / "go").touch()
    other.send(signal.SIGCONT)


@then("the first one ended well, and printed")
@then("the first one goes on, ends well, and prints")
def other_ends_well(other: Other, project: Project, docstring: str) -> None:
    """Let the other command go on to its end, and compare what it printed."""
    (project.folder / "go").touch()
    printed, complained, code = other.end()
    assert (lines(printed, docstring), code) == (docstring.splitlines(), 0), complained


@then(parsers.parse("it ends with the exit code {code:d}, and complains"))
def other_ends_badly(other: Other, code: int, docstring: str) -> None:
    """Wait for the other command's end, and compare its complaint."""
    printed, complained, ended = other.end()
    assert (folded(complained, docstring), ended) == (docstring, code), printed


def _bare(cql: str, keyspace: str) -> str:
    return cql.replace(f'"{keyspace}".', "")
