"""Imports that are killed half way: on the command line, and with the whole app."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from pytest_bdd import parsers, then, when

if TYPE_CHECKING:
    from coodie.livingdoc.attach import LivingDoc
    from steps.browser import Visitor
    from steps.cells import Table
    from steps.demo_app import DemoApp
    from steps.web import Program

PATIENCE = 60.0


@dataclass(frozen=True)
class Own:
    """A file of somebody's own, and what came of the first try to import it."""

    file: Path
    done: subprocess.CompletedProcess[str]


@when(parsers.parse("somebody runs importer.py {arguments} and kills it half way"))
def runs_and_kills(demo_app: DemoApp, livingdoc: LivingDoc, arguments: str) -> None:
    """Start the command, wait until some rows are in, and send SIGKILL."""
    process = subprocess.Popen(  # noqa: S603 - the demo's own command
        [sys.executable, "importer.py", *arguments.split()],
        cwd=demo_app.folder,
        env=_environment(demo_app),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    rows = int(arguments.split()[arguments.split().index("--generate") + 1])
    mode = arguments.split()[arguments.split().index("--mode") + 1]
    try:
        reached = _wait_for_rows(demo_app, f"/api/imports/generated-{rows}.csv/{mode}")
    finally:
        process.kill()
        process.wait()
    assert process.returncode == -signal.SIGKILL, "it had ended by itself"
    livingdoc.attach_text("killed", f"SIGKILL when {reached} of {rows} rows were in")


@when(
    parsers.re(r"somebody runs importer\.py (?P<arguments>(?:(?! and kills it| with$).)+)"),
    target_fixture="fed",
)
def runs(demo_app: DemoApp, livingdoc: LivingDoc, arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    done = run_importer(demo_app, *arguments.split())
    livingdoc.attach_text(f"importer.py {arguments}", done.stdout + done.stderr)
    return done


@when(parsers.parse("somebody runs importer.py {name} with"), target_fixture="own")
def runs_with_file(demo_app: DemoApp, tmp_path: Path, datatable: Table, name: str) -> Own:
    """Write a file from a table of its lines, and try to import it as it is."""
    header, *lines = datatable
    assert header == ["text"]
    (tmp_path / name).write_text("\n".join(line for [line] in lines) + "\n", encoding="utf-8")
    return Own(tmp_path / name, run_importer(demo_app, str(tmp_path / name)))


@then(parsers.parse('it is told "{words}"'))
def is_told(own: Own, words: str) -> None:
    """Look for words in what the command wrote about the file."""
    assert own.done.returncode == 1
    assert words in " ".join(own.done.stderr.split())


@when(parsers.parse("somebody runs it again with {arguments}"), target_fixture="fed")
def runs_again(
    demo_app: DemoApp, livingdoc: LivingDoc, own: Own, arguments: str
) -> subprocess.CompletedProcess[str]:
    """Import the same file with more arguments."""
    done = run_importer(demo_app, str(own.file), *arguments.split())
    livingdoc.attach_text(f"importer.py {own.file.name} {arguments}", done.stdout + done.stderr)
    return done


@then("it warned of")
def warned_of(program: Program, datatable: Table) -> None:
    """Find each row's words in one of the kinds of warnings that the answer lists, and no other kind."""
    header, *rows = datatable
    assert header == ["who", "words"]
    found = program.part("warnings")
    assert len(found) == len(rows), found
    for who, words in rows:
        assert any(one.startswith(f"{who}:") and words in one for one in found), (words, found)


@when(parsers.parse('the visitor gives the file "{name}" to "{label}"'))
def gives_file(visitor: Visitor, tmp_path: Path, docstring: str, name: str, label: str) -> None:
    """Choose a file that holds the text below."""
    visitor.begin()
    (tmp_path / name).write_text(docstring, encoding="utf-8")
    visitor.page.get_by_label(label, exact=True).set_input_files(tmp_path / name)


@when(parsers.parse("the demo is killed while {path} grows, and started again"))
def kill_app(demo_app: DemoApp, livingdoc: LivingDoc, path: str) -> None:
    """Send SIGKILL to the whole process group once some rows are in, and `make run` again."""
    assert demo_app.process is not None
    reached = _wait_for_rows(demo_app, path)
    os.killpg(demo_app.process.pid, signal.SIGKILL)
    demo_app.process.wait()
    livingdoc.attach_text("killed", f"SIGKILL when {reached} rows were in")
    demo_app.start()


@then(parsers.parse('its words hold "{words}"'))
def words_hold(fed: subprocess.CompletedProcess[str], words: str) -> None:
    """Look for words in what the command wrote, however it broke its lines."""
    said = " ".join((fed.stdout + fed.stderr).split())
    assert words in said


@then(parsers.parse("it ends with {status:d}"))
def ends_with(fed: subprocess.CompletedProcess[str], status: int) -> None:
    """Compare the command's status."""
    assert fed.returncode == status, fed.stdout + fed.stderr


@then(parsers.parse("the answer is a table of {count:d} rows, each of another line"))
def is_table(program: Program, count: int) -> None:
    """Read the answer as CSV, and compare its lines of the file."""
    assert program.answer is not None
    lines = [row["line"] for row in csv.DictReader(program.answer.text.splitlines())]
    assert (len(lines), len(set(lines))) == (count, count)


def _wait_for_rows(app: DemoApp, path: str) -> int:
    """Poll until an import has rows in and is not done, and return how many."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = httpx.get(f"{app.url}{path}")
        if answer.is_success and answer.json()["rows"] and answer.json()["state"] != "done":
            return int(answer.json()["rows"])
    raise AssertionError(f"no import to interrupt within {PATIENCE:.0f} seconds")


def run_importer(app: DemoApp, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `importer.py` in the demo's folder, against the running app's keyspace."""
    return subprocess.run(  # noqa: S603 - the demo's own command
        [sys.executable, "importer.py", *arguments],
        cwd=app.folder,
        env=_environment(app),
        capture_output=True,
        text=True,
        timeout=3 * PATIENCE,
        check=False,
    )


def _environment(app: DemoApp) -> dict[str, str]:
    return {**app.environment, **dict(each.split("=", 1) for each in app.settings), "COLUMNS": "200"}
