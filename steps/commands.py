"""Commands of coodie's that somebody runs in the folder of a project: its files, what was printed, the exit code."""

from __future__ import annotations

import asyncio
import io
import os
import shlex
import signal
import subprocess
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import given, parsers, then, when

from coodie.cli.main import main
from steps.errors import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.livingdoc.attach import LivingDoc
    from steps.world import World

LONGEST = 60


class Project:
    """A folder with files of a program, in which commands run against the scenario's keyspace."""

    def __init__(self, folder: Path, world: World, livingdoc: LivingDoc) -> None:
        self.folder, self._world, self._livingdoc = folder, world, livingdoc
        self.printed = self.complained = self.whole = ""
        self.exit_code: int | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Where the commands connect to."""
        return {
            "COODIE_HOSTS": str(self._world.server.address),
            "COODIE_KEYSPACE": self._world.workspace.keyspace,
        }

    def write(self, name: str, text: str) -> None:
        """Write a file; what is written for sync code is of the scenario's colour."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("coodie.sync", f"coodie.{self._world.colour}") + "\n", "utf-8")

    def arguments(self, command: str) -> list[str]:
        """Return the words after `coodie`, the scenario's driver among them."""
        words = shlex.split(command)
        kind = self._world.workspace.driver.driver_type
        offline = words[0] == "convert"  # needs no server, and so no driver
        return words if offline or kind in ("scylla", "cassandra") else [*words, "--driver-type", kind]

    def run(self, command: str) -> None:
        """Run a command in this process, so that its statements are seen."""
        modules, path = set(sys.modules), list(sys.path)
        printed, complained = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed), redirect_stderr(complained):
            patch.chdir(self.folder)
            for name, value in self.environment.items():
                patch.setenv(name, value)
            try:
                with self._world.acting(), _no_running_loop():
                    self.exit_code = main(self.arguments(command))
            except SystemExit as end:  # argparse's way of ending
                self.exit_code = int(end.code or 0)
            finally:
                self._forget(modules)
                sys.path[:] = path
                self._world.workspace.become_default()
        self.ended(command, printed.getvalue(), complained.getvalue())

    def start(self, command: str) -> subprocess.Popen[str]:
        """Start a command as a process of its own."""
        return self.python("-m", "coodie.cli.main", *self.arguments(command))

    def python(self, *words: str) -> subprocess.Popen[str]:
        """Start Python in the folder, warnings being errors."""
        # A run in the background of a shell ignores Ctrl-C, and what it starts would ignore it too.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            return subprocess.Popen(  # noqa: S603 - a program of the feature's own
                [sys.executable, "-W", "error", *words],
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        finally:
            signal.signal(signal.SIGINT, before)

    def ended(self, command: str, printed: str, complained: str) -> None:
        """Keep what a command has written."""
        self.printed, self.complained = self._bare(printed), self._bare(complained)
        self.whole = self._named(printed)
        self._livingdoc.attach_text(f"coodie {command}", f"{self.printed}{self.complained}")

    def _bare(self, text: str) -> str:
        return self._named(text).replace('"shop".', "")

    def _named(self, text: str) -> str:
        return text.replace(self._world.workspace.keyspace, "shop").replace(f"{self.folder}/", "")

    def _forget(self, known: set[str]) -> None:
        """Let the project's modules be imported anew by the next command, and by the next scenario."""
        for name in set(sys.modules) - known:
            file = getattr(sys.modules[name], "__file__", None)
            if file is not None and Path(file).is_relative_to(self.folder):
                del sys.modules[name]


@contextmanager
def _no_running_loop() -> Iterator[None]:
    """Let a command run a loop of its own, though Playwright has left its own marked as running in this thread."""
    browsers = asyncio._get_running_loop()  # noqa: SLF001 - the loop that the thread is marked with is told nowhere else
    asyncio._set_running_loop(None)  # noqa: SLF001
    try:
        yield
    finally:
        asyncio._set_running_loop(browsers)  # noqa: SLF001


@pytest.fixture
def project(world: World, tmp_path: Path, livingdoc: LivingDoc) -> Project:
    """The folder of the scenario's program."""
    return Project(tmp_path, world, livingdoc)


@given("a keyspace without tables")
def empty_keyspace(world: World, coodie_cql: Any) -> None:
    """Remove what earlier scenarios made."""
    keyspace = world.workspace.keyspace
    for what, table, column in (
        ("MATERIALIZED VIEW", "views", "view_name"),
        ("TABLE", "tables", "table_name"),
    ):
        query = f"SELECT {column} FROM system_schema.{table} WHERE keyspace_name = %s"
        for row in coodie_cql.execute(query, (keyspace,)):
            coodie_cql.execute(f'DROP {what} "{keyspace}"."{row[0]}"')
    types = "SELECT type_name, field_types FROM system_schema.types WHERE keyspace_name = %s"
    found = {row[0]: " ".join(row[1]) for row in coodie_cql.execute(types, (keyspace,))}
    while found:  # those that others are made of come last
        free = [
            name for name in found if not any(name in text for other, text in found.items() if other != name)
        ]
        for name in free:
            coodie_cql.execute(f'DROP TYPE "{keyspace}"."{name}"')
            del found[name]


@given(parsers.parse('the file "{name}"'))
def file_is_there(project: Project, name: str, docstring: str) -> None:
    """Write a file of the project."""
    project.write(name, docstring)


@given(parsers.re(r"somebody has run `coodie (?P<command>[^`]+)`"))
def has_run(project: Project, command: str) -> None:
    """Run a command that succeeds."""
    project.run(command)
    assert project.exit_code == 0, project.complained or project.printed


@given(parsers.re(r"somebody has run `coodie (?P<command>[^`]+)`, which failed"))
def has_failed(project: Project, command: str) -> None:
    """Run a command that does not succeed."""
    project.run(command)
    assert project.exit_code == 1, project.printed


@when(parsers.re(r"somebody runs `coodie (?P<command>[^`]+)`(?: again)?"))
def runs(project: Project, command: str) -> None:
    """Run a command to its end."""
    project.run(command)


@given(parsers.re(r'somebody has run `coodie (?P<command>[^`]+)`, and the file "(?P<name>\w+)" is there'))
@when(parsers.re(r'somebody runs `coodie (?P<command>[^`]+)`, and the file "(?P<name>\w+)" is there'))
def runs_beside(project: Project, command: str, name: str) -> None:
    """Run a command to its end, in a folder with one more file, which is gone again afterwards."""
    (project.folder / name).touch()
    project.run(command)
    (project.folder / name).unlink()


@when(parsers.parse('somebody runs the program "{name}"'))
def program_of_project(project: Project, name: str) -> None:
    """Run a program of the project to its end."""
    process = project.python(name)
    printed, complained = process.communicate(timeout=LONGEST)
    project.ended(name, printed, complained)
    project.exit_code = process.returncode
    assert project.exit_code == 0, complained


@given(parsers.parse('the file "{old}" was renamed to "{new}"'))
def renamed(project: Project, old: str, new: str) -> None:
    """Rename a file."""
    (project.folder / old).rename(project.folder / new)


@then("it prints")
def it_prints(project: Project, docstring: str) -> None:
    """Compare what the command printed, its lines' ends aside; `…` stands for any words of a line."""
    assert lines(project.printed, docstring) == docstring.splitlines(), project.complained


@then("it complains")
def it_complains(project: Project, docstring: str) -> None:
    """Compare the words on the error stream; `…` stands for any words."""
    assert folded(project.complained, docstring) == docstring


@then(parsers.parse("the exit code is {code:d}"))
def exit_code_is(project: Project, code: int) -> None:
    """Compare the exit code."""
    assert project.exit_code == code, project.printed + project.complained


def lines(text: str, pattern: str) -> list[str]:
    """Return the text's lines, each as its pattern has it where it fits."""
    found = [line.rstrip() for line in text.strip("\n").splitlines()]
    wanted = pattern.splitlines()
    return [folded(line, wanted[place]) if place < len(wanted) else line for place, line in enumerate(found)]
