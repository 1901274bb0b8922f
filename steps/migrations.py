"""Migrations: rehearsed, interrupted, and watched by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then

from coodie.cql.statement import Kind, Statement
from coodie.migrations import state
from coodie.migrations.cqltext import is_read
from steps.statements import bare

if TYPE_CHECKING:
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


def _statements(world: World) -> list[Statement]:
    return [each.statement for each in world.sent if isinstance(each.statement, Statement)]
