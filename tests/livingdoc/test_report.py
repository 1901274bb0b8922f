"""The report is written when scenarios ran, however the run ended, and only then."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from coodie.livingdoc import records

if TYPE_CHECKING:
    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]


def test_its_path_is_the_last_line(project: Project) -> None:
    result = project.run()
    assert result.outlines[-1] == f"living document: {project.root / 'reports/index.html'}"


def test_it_begins_with_what_the_project_is_and_what_it_ran_on(project: Project) -> None:
    project.run()
    assert '<p class="lead">a sample</p><p class="summary">On Fake 1.0 through typewriter 2, ' in project.page
    project.run("-o", "livingdoc_about=It is small.\nIt is <easy>.")
    assert '<p class="lead">It is small. It is &lt;easy&gt;.</p>' in project.page


def test_a_run_of_unit_tests_leaves_it_alone(project: Project) -> None:
    project.run()
    before = {path: path.read_bytes() for path in (project.root / "reports").iterdir()}
    project.write("tests/test_unit.py", "def test_it():\n    pass\n")
    result = project.run("tests")
    assert "living document" not in result.stdout.str()
    assert {path: path.read_bytes() for path in (project.root / "reports").iterdir()} == before


def test_without_the_option_nothing_is_recorded_and_the_fixture_is_silent(project: Project) -> None:
    project.run("-o", "addopts=", "--strict-markers").assert_outcomes(passed=4)
    assert not (project.root / "reports").exists()


def test_exit_at_the_first_failure(project: Project) -> None:
    project.write(
        "phrases/bad.py", "from pytest_bdd import then\n\n\n@then('it breaks')\ndef bad():\n    assert 0\n"
    )
    project.feature(
        "Feature: a\n  Scenario: one\n    Then it breaks\n  Scenario: two\n    Given a table of sessions\n",
        "features/library/a.feature",
    )
    project.run("-x").assert_outcomes(failed=1)
    assert "not run" in project.page
    assert len(project.of("testCase")) == 1
    assert {each["name"] for each in project.of("pickle")} == {"one", "two"}


def test_interrupted_from_the_keyboard(project: Project) -> None:
    project.write(
        "phrases/stop.py",
        "from pytest_bdd import when\n\n\n@when('somebody stops it')\ndef stop():\n    raise KeyboardInterrupt\n",
    )
    project.feature(
        "Feature: z\n  Scenario: stopped\n    When somebody stops it\n", "features/library/z.feature"
    )
    result = project.run(apart=True)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    cases = {case["node"].split("::")[1]: case["status"] for case in project.evidence(records.CASE)}
    assert cases["test_a_text"] == "PASSED"
    assert cases["test_stopped"] == "UNKNOWN"


def test_distributed(project: Project) -> None:
    result = project.run("-n", "2", apart=True)
    result.assert_outcomes(passed=4)
    assert len(project.of("testCaseStarted")) == 4
    assert {each["workerId"] for each in project.of("testCaseStarted")} <= {"gw0", "gw1"}
    assert len(project.evidence(records.STATEMENT)) == 8
    assert "data:image/png;base64," in project.page
    assert not list((project.root / "reports").glob(".*"))
    assert result.outlines[-1].startswith("living document: ")


def test_history_keeps_a_line_per_run(project: Project) -> None:
    project.run()
    project.run("-k", "ends")
    first, second = [
        json.loads(line) for line in (project.root / "reports/history.ndjson").read_text().splitlines()
    ]
    assert (first["passed"], second["passed"]) == (4, 1)
    assert first["server"] == "Fake 1.0"
    assert "the last runs" in project.page


def test_records_do_not_leak_into_other_reporters(project: Project) -> None:
    project.run("--junitxml=junit.xml")
    assert "livingdoc" not in (project.root / "junit.xml").read_text()


def test_a_feature_that_is_edited_while_it_runs_is_told_as_it_was(project: Project) -> None:
    project.write(
        "phrases/editing.py",
        "from pathlib import Path\nfrom pytest_bdd import when\n\n\n"
        "@when('somebody edits the file')\ndef edits():\n"
        "    file = Path('features/library/edited.feature')\n"
        "    file.write_text('# moved\\n' + file.read_text())\n",
    )
    project.feature(
        "Feature: e\n  Scenario: s\n    When somebody edits the file\n", "features/library/edited.feature"
    )
    project.run().assert_outcomes(passed=5)
    assert project.of("source")[0]["data"].startswith("Feature: e")


def test_a_missing_extra_is_named_with_its_remedy(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "coodie.livingdoc.publisher", None)
    result = project.run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["*--livingdoc needs coodie.livingdoc.publisher: pip install 'coodie[[]livingdoc]>=2*"]
    )
