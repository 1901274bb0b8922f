"""The programs that the README begins with, run as they stand there, in a keyspace of the scenario's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_bdd import then, when

from steps.markdown import blocks

if TYPE_CHECKING:
    import pytest

    from coodie.livingdoc.attach import LivingDoc
    from steps.commands import Project
    from steps.world import World

PATIENCE = 90.0
COMMAND = ".venv/bin/python shop.py"
NAMES = {"sync": "shop.py", "aio": "shop_aio.py"}
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TAGS = re.compile(r"\{'(desk|sale)', '(desk|sale)'\}")


class Printed(NamedTuple):
    """What the README shows, and what its program wrote."""

    shown: str
    found: str


@when("somebody runs the first program of the README", target_fixture="printed")
def run_program(world: World, project: Project, pytestconfig: pytest.Config, livingdoc: LivingDoc) -> Printed:
    """Run that of the scenario's colour with its own Python."""
    page = blocks((pytestconfig.rootpath / "README.md").read_text("utf-8"))
    name, keyspace = NAMES[world.colour], world.workspace.keyspace
    [program] = [block.body for block in page if block.title == name]
    livingdoc.attach_text(name, program, "text/x-python")
    assert '"shop"' in program
    (project.folder / name).write_text(program.replace('"shop"', f'"{keyspace}"'), "utf-8")
    process = project.python(name)
    printed, complained = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, complained
    shown = dict(command for block in page if block.kind == "console" for command in block.commands)
    found = printed.replace(keyspace, "shop")
    livingdoc.attach_text("it prints", found)
    return Printed(_settled(shown[COMMAND]), _settled(found))


@then("it prints what the README shows")
def as_shown(printed: Printed) -> None:
    """Compare the two, whatever the id and the order of a set."""
    assert printed.found == printed.shown


def _settled(text: str) -> str:
    """Leave out what is another one in each run."""
    return _TAGS.sub("{'desk', 'sale'}", _ID.sub("…", text)).strip()
