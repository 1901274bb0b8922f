"""Leaving cqlengine, as the demo about it does: its commands, what they find, what the right side is made of."""

from __future__ import annotations

import ast
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import httpx
from pytest_bdd import given, parsers, then, when

if TYPE_CHECKING:
    from coodie.livingdoc.attach import LivingDoc
    from steps.cells import Table
    from steps.demo_app import DemoApp
    from steps.web import Program

EARLY = 8  # parts of sixteen
PATIENCE = 120


@given("the rows are copied")
def rows_are_copied(program: Program) -> None:
    """Copy every row, and wait for the end of it."""
    program.client.timeout = PATIENCE
    assert program.send("PUT", "/api/copy").status_code == 200, program.answer


@when(
    parsers.re(r"somebody runs `python (?P<command>\w+\.py[^`]*)`(?P<killed> and kills it half way)?"),
    target_fixture="fed",
)
def runs_python(
    demo_app: DemoApp, livingdoc: LivingDoc, command: str, killed: str | None
) -> subprocess.CompletedProcess[str]:
    """Run one of the demo's commands to its end, or until a comparison is half way."""
    process = subprocess.Popen(  # noqa: S603 - the demo's own command
        [sys.executable, *command.split()],
        cwd=demo_app.folder,
        env={
            **demo_app.environment,
            **dict(each.split("=", 1) for each in demo_app.settings),
            "COLUMNS": "200",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    reached = ""
    try:
        if killed:
            reached = _half_way(demo_app)
            process.kill()
        printed, complained = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert not killed or process.returncode == -signal.SIGKILL, "it had ended by itself"
    livingdoc.attach_text(f"python {command}", f"{printed}{complained}{reached}")
    return subprocess.CompletedProcess(command, process.returncode, printed, complained)


@then("every one of them has")
def each_has(program: Program, datatable: Table) -> None:
    """Compare parts of each element of the list that was answered."""
    found = program.part("")
    assert found
    for place in range(len(found)):
        for path, cell in datatable[1:]:
            assert str(program.part(f"{place}.{path}")) == cell, found[place]


@then(parsers.re(r'its `(?P<path>[^`]+)` (?P<no>does not hold|holds) "(?P<words>.*)"'))
def part_holds(program: Program, path: str, no: str, words: str) -> None:
    """Look for words in a part of the answer."""
    assert (words in program.part(path)) is (no == "holds"), program.part(path)


@then(parsers.parse("its `errors` are of the fields {fields}"))
def errors_are_of(program: Program, fields: str) -> None:
    """Compare the fields that were refused."""
    assert sorted(error["field"] for error in program.part("errors")) == sorted(fields.split(", "))


@then("it has found the damage, and nothing else")
def has_found(program: Program, fed: subprocess.CompletedProcess[str], datatable: Table) -> None:
    """Compare table, column and kind of all differences; the command must have named the row and the column too."""
    header, *expected = datatable
    found = [one for table in program.part("tables") for one in table["first"]]
    assert [[one[name] for name in header] for one in found] == expected
    said = " ".join(fed.stdout.split())
    for one in found:
        assert f"{one['row']} {'column ' + one['column'] if one['column'] else ''}" in said


@then("its models are those that coodie_models.py has")
def models_are_converted(program: Program, demo_app: DemoApp) -> None:
    """Compare what the command wrote with the file, comments, layout and the order of imports aside."""
    written = ast.parse(_converted(program, "coodie_models.py"))
    kept = ast.parse((demo_app.folder / "coodie_models.py").read_text("utf-8"))
    assert _parts(written) == _parts(kept)
    assert _imports(written) == _imports(kept)


@then(parsers.parse("its program is coodie_program.py but for the functions {functions}"))
def program_is_converted(program: Program, demo_app: DemoApp, functions: str) -> None:
    """Compare function by function; those that are named must differ, because a person has changed them."""
    written = _parts(ast.parse(_converted(program, "coodie_program.py")))
    kept = _parts(ast.parse((demo_app.folder / "coodie_program.py").read_text("utf-8")))
    assert written.keys() == kept.keys()
    assert [name for name in written if written[name] != kept[name]] == functions.split(", ")


def _converted(program: Program, name: str) -> str:
    return str(next(each["source"] for each in program.part("") if each["becomes"] == name))


def _parts(tree: ast.Module) -> dict[str, str]:
    """Return each class, function and constant of a module by its name, as a syntax tree in text."""
    named: dict[str, Any] = {}
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                named[name] = node
            case ast.Assign(targets=[ast.Name(id=name)]):
                named[name] = node
    return {name: ast.dump(node) for name, node in named.items()}


def _imports(tree: ast.Module) -> set[str]:
    return {
        f"{getattr(node, 'module', '')}.{each.name} {each.asname}"
        for node in tree.body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for each in node.names
    }


def _half_way(app: DemoApp) -> str:
    """Poll until a table is at its first parts: what an earlier comparison left is done, or not begun."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        tables = httpx.get(f"{app.url}/api/verification", timeout=PATIENCE).json()["tables"]
        if any(0 < table["part"] <= EARLY for table in tables):
            return f"SIGKILL at {[(table['table'], table['part']) for table in tables]}"
        time.sleep(0.05)
    raise AssertionError(f"nothing to interrupt within {PATIENCE} seconds")
