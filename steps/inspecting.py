"""Keyspaces that are there already, and programs of cqlengine, for the commands that turn them into models."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from pytest_bdd import given, parsers, then, when

from steps.demo_app import DEMOS, MODELS

if TYPE_CHECKING:
    import pytest

    from coodie.livingdoc.attach import LivingDoc
    from steps.commands import Project
    from steps.world import World

LONGEST = 60


@given("somebody has made these with CQL")
def made_with_cql(world: World, coodie_cql: Any, docstring: str) -> None:
    """Run statements in the scenario's keyspace, one a paragraph."""
    coodie_cql.set_keyspace(world.workspace.keyspace)
    for statement in docstring.split(";"):
        if statement.strip():
            coodie_cql.execute(statement)


@given(parsers.parse('the tables of the demo "{name}"'))
def tables_of_demo(project: Project, name: str) -> None:
    """Sync a demo's models into the scenario's keyspace, without starting its app."""
    shutil.copytree(DEMOS / name, project.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("static"))
    models = next(each for each in MODELS if (project.folder / each).is_file())
    project.run(f"sync {models}")
    assert project.exit_code == 0, project.complained
    assert "0 statements" not in project.printed


@given(parsers.parse("there is no keyspace {name}"))
def no_keyspace(coodie_cql: Any, request: pytest.FixtureRequest, name: str) -> None:
    """Drop a keyspace, now and after the scenario."""
    drop = partial(coodie_cql.execute, f'DROP KEYSPACE IF EXISTS "{name}"')
    drop()
    request.addfinalizer(drop)


@when(parsers.parse('somebody has cqlengine make the tables of "{name}"'))
def cqlengine_makes(project: Project, world: World, livingdoc: LivingDoc, name: str) -> None:
    """Run cqlengine's own `sync_table` for each model of a file, in a process of its own."""
    program = (
        "import sys, warnings; warnings.simplefilter('ignore')\n"
        "from cassandra.cqlengine import connection, management, models as base\n"
        f"import {name.removesuffix('.py')} as program\n"
        "connection.setup([sys.argv[1]], sys.argv[3], port=int(sys.argv[2]), protocol_version=4)\n"
        "for model in list(vars(program).values()):\n"
        "    if isinstance(model, type) and issubclass(model, base.Model) and not model.__abstract__:\n"
        "        management.sync_table(model)\n"
    )
    place = [world.server.host, str(world.server.port), world.workspace.keyspace]
    done = subprocess.run(  # noqa: S603 - a program of the step's own
        [sys.executable, "-c", program, *place],
        cwd=project.folder,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    livingdoc.attach_text("cqlengine", program + done.stdout + done.stderr)
    assert done.returncode == 0, done.stderr


@then(parsers.parse('the file "{name}" holds'))
def file_holds(project: Project, livingdoc: LivingDoc, name: str, docstring: str) -> None:
    """Find lines in a file that a command wrote."""
    text = (project.folder / name).read_text("utf-8")
    livingdoc.attach_text(name, text, "text/x-python")
    assert docstring in text, text


@then(parsers.parse('"{name}" needs no formatting'))
def needs_no_formatting(project: Project, name: str) -> None:
    """Ask a formatter, with its own defaults."""
    done = subprocess.run(  # noqa: S603 - the formatter
        [sys.executable, "-m", "ruff", "format", "--isolated", "--check", name],
        cwd=project.folder,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
