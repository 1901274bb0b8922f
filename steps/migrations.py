"""Migrations: rehearsed, interrupted, and watched by others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_bdd import given, parsers, then

from coodie.cql.statement import Kind, Statement
from coodie.migrations import state
from coodie.migrations.cqltext import is_read
from steps.commands import lines
from steps.statements import bare

if TYPE_CHECKING:
    from steps.cells import Table
    from steps.commands import Project
    from steps.world import World


@given(parsers.re(r"somebody has rehearsed `coodie (?P<command>[^`]+)`"), target_fixture="script")
def rehearsed(project: Project, command: str) -> list[str]:
    """Run a dry run; return the statements that it printed."""
    project.run(command)
    return [line.removesuffix(";") for line in project.printed.splitlines() if not line.startswith("--")]


@then("nothing but reads was sent")
def nothing_but_reads(world: World) -> None:
    """Look at the statements of the last command."""
    assert world.sent
    assert [each.cql for each in _statements(world) if not is_read(each.cql)] == []


@then("what was sent is what the rehearsal printed")
def sent_as_rehearsed(world: World, script: list[str]) -> None:
    """Compare what changed something, but for the notes in the table that remembers."""
    sent = [
        bare(world, each.cql)
        for each in _statements(world)
        if not is_read(each.cql) and (each.shape.table != state.TABLE or each.shape.kind is Kind.DDL)
    ]
    assert sent == script


@then("the newest migration is")
def newest_is(project: Project, docstring: str) -> None:
    """Compare the migration that was written last."""
    assert lines(_newest(project).read_text("utf-8"), docstring) == docstring.splitlines()


@then("a formatter leaves the newest migration as it is")
def is_formatted(project: Project) -> None:
    """Format it, with what most people set."""
    done = subprocess.run(  # noqa: S603 - the formatter of this environment
        [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", str(_newest(project))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@given(parsers.parse('in the file "{name}" this was changed'))
def file_changed(project: Project, name: str, datatable: Table) -> None:
    """Replace text; `;` stands for a new line of a class."""
    path = project.folder / name
    text = path.read_text("utf-8")
    for before, after in datatable[1:]:
        old, new = (each.replace("; ", "\n    ") for each in (before, after))
        assert text.count(old) == 1, text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


@then(parsers.parse('the table "{table}" has {count:d} rows, each with "{column}" from its "{source}"'))
def filled(world: World, coodie_cql: Any, table: str, count: int, column: str, source: str) -> None:
    """Read the whole table."""
    keyspace = world.workspace.keyspace
    found = list(coodie_cql.execute(f'SELECT "{source}", "{column}" FROM "{keyspace}"."{table}"'))
    assert len(found) == count
    assert [row for row in found if row[1] != row[0].lower()] == []


@then(
    parsers.parse('the files "{first}" and "{second}" tell of every row, and "{again}" of at most {most:d}')
)
def every_row(project: Project, first: str, second: str, again: str, most: int) -> None:
    """Compare what two runs have seen."""
    seen = {name: (project.folder / name).read_text("utf-8").split() for name in (first, second)}
    assert set(seen[first]) | set(seen[second]) == {str(number) for number in range(200)}
    assert 0 < len(seen[again]) <= most


def _newest(project: Project) -> Path:
    return max((project.folder / "migrations").glob("[0-9]*.py"))


def _statements(world: World) -> list[Statement]:
    return [each.statement for each in world.sent if isinstance(each.statement, Statement)]
