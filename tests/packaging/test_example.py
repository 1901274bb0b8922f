"""The example of the living document works where only the wheel is installed, as a project of its own."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, fresh_python, run

EXAMPLE = ROOT / "docs/examples/livingdoc"
CODE = """
from importlib.util import find_spec
print(find_spec("cassandra"), find_spec("coodie").origin)
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel and its extra; skips where no registry can be asked."""
    return fresh_python(tmp_path_factory.mktemp("fresh"), "gherkin-official", f"{wheel}[livingdoc]")


@pytest.fixture(scope="module")
def project(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example, after a run in the fresh environment."""
    folder = tmp_path_factory.mktemp("project") / "notes"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("reports", "__pycache__", ".pytest_cache"))
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))}
    done = run(python, "-m", "pytest", cwd=folder, env=own)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == f"living document: {folder / 'reports/index.html'}"
    return folder


def test_it_runs_on_the_wheel_and_no_driver(project: Path, python: Path) -> None:
    done = run(python, "-c", CODE, cwd=project)
    driver, origin = done.stdout.split()
    assert driver == "None"
    assert Path(origin).is_relative_to(python.parents[1])


def test_its_statements_stand_at_their_steps(project: Path) -> None:
    lines = (project / "reports/messages.ndjson").read_text("utf-8").splitlines()
    attached = [json.loads(line)["attachment"] for line in lines if line.startswith('{"attachment"')]
    sent = [json.loads(each["body"]) for each in attached if "statement+json" in each["mediaType"]]
    (refused,) = [each for each in sent if each["error"]]
    assert refused["error"]["message"] == "UNIQUE constraint failed: note.author, note.title"
    assert {each["language"] for each in sent} == {"sql"}
    assert {"name": "author", "type": "str", "value": "'ada'"} in refused["params"]
    assert {"name": "pin", "type": "str", "value": "•••"} in refused["params"]
    (found,) = [each for each in sent if each["rows"] and each["rows"]["sample"] == [["'Engines'"]]]
    assert found["text"].startswith("SELECT title FROM note")


def test_its_page_is_whole(project: Path) -> None:
    page = (project / "reports/index.html").read_text("utf-8")
    assert "<i class=k>INSERT</i> <i class=k>INTO</i> note" in page
    assert "two people write" in page
    assert "SQLite 3" in page
    assert "class</i> Notes" in page
    assert "1815" not in page
