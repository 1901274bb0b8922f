"""Whatever happens to a run, its document says it, and nothing that should be in it is missing without a word."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from coodie.livingdoc import records
from coodie.livingdoc.merge import merge
from coodie.livingdoc.render import render
from tests.livingdoc.strict import check
from tests.livingdoc.test_messages import check_references, statuses

if TYPE_CHECKING:
    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]

UNSTEADY = """
from pathlib import Path
from pytest_bdd import when
from phrases.basics import INSERT

@when("it works the second time")
def unsteady(server):
    server.send(INSERT, 1, "x", "y")
    tried = Path("tried")
    if not tried.exists():
        tried.touch()
        raise ConnectionError("the first time never works")

@when("it never works")
def never():
    raise ConnectionError("not today")
"""
UNSTEADY_FEATURE = (
    "Feature: unsteady\n  Scenario: second time\n    Given a table of sessions\n    When it works the second time\n"
    "    Then nobody finds it\n  Scenario: never\n    When it never works\n"
)


class TestRepeated:
    @pytest.mark.parametrize("arguments", [[], ["-n", "2"]])
    def test_every_attempt_is_shown_and_the_last_counts(self, project: Project, arguments: list[str]) -> None:
        project.write("phrases/unsteady.py", UNSTEADY)
        project.feature(UNSTEADY_FEATURE)
        result = project.run("features/library/other.feature", "--reruns", "1", *arguments, apart=True)
        result.assert_outcomes(passed=1, failed=1)
        for envelope in project.messages:
            check(envelope)
        check_references(project.messages)
        started = [each["attempt"] for each in project.of("testCaseStarted")]
        retried = [each["willBeRetried"] for each in project.of("testCaseFinished")]
        assert sorted(started) == [0, 0, 1, 1]
        assert retried.count(True) == 2
        assert statuses(project)["second time"] == [
            *("PASSED", "FAILED", "SKIPPED"),
            *("PASSED", "PASSED", "PASSED"),
        ]
        page = project.page
        assert "Passed when repeated" in page
        assert page.count("</b> attempt 1") == page.count("</b> attempt 2") == 2
        entry = json.loads((project.root / "reports/history.ndjson").read_text())
        assert (entry["passed"], entry["failed"]) == (1, 1)

    def test_merged_runs_keep_the_attempts(self, project: Project) -> None:
        project.write("phrases/unsteady.py", UNSTEADY)
        project.feature(UNSTEADY_FEATURE)
        streams = []
        for _ in range(2):
            project.run("features/library/other.feature", "--reruns", "1", apart=True)
            (project.root / "tried").unlink()
            streams.append(project.messages)
        merged = merge(streams)
        check_references(merged)
        assert sorted(each["testCaseStarted"]["attempt"] for each in merged if "testCaseStarted" in each) == [
            *([0] * 4),
            *([1] * 4),
        ]
        assert "1 scenario passed in every run, 1 failed" in render(merged)


class TestCollection:
    def test_a_feature_that_cannot_be_collected_is_named(self, project: Project) -> None:
        project.feature("Feature: f\n  Scenario: s\n    Given a\n    Sow the wind\n")
        result = project.run("--continue-on-collection-errors")
        result.assert_outcomes(passed=4, errors=1)
        page = project.page
        assert page.index("Not in this document") < page.index("features/library/other.feature</code>")
        assert "is not Gherkin" in page
        assert not project.of("testRunFinished")[0]["success"]

    def test_where_nothing_ran_the_last_document_stays_and_that_is_said(self, project: Project) -> None:
        project.run()
        before = project.page
        project.feature("Feature: f\n  Scenario: s\n    Given a\n    Sow the wind\n")
        result = project.run()
        assert result.ret == pytest.ExitCode.INTERRUPTED
        assert result.outlines[-1] == "living document: not written, for no scenario ran"
        assert project.page == before

    def test_a_merged_run_names_what_is_absent_from_either(self, project: Project) -> None:
        project.run()
        first = project.messages
        project.feature("Feature: f\n  Scenario: s\n    Given a\n    Sow the wind\n")
        project.run("--continue-on-collection-errors")
        merged = merge([first, project.messages])
        check_references(merged)
        assert "Not in this document" in render(merged)


class TestWriting:
    def test_a_folder_that_cannot_be_written_fails_the_run_and_the_document_is_elsewhere(
        self, project: Project
    ) -> None:
        project.write("reports", "a file stands where the folder should be")
        result = project.run()
        result.assert_outcomes(passed=4)
        assert result.ret == pytest.ExitCode.INTERNAL_ERROR
        why, where = result.outlines[-2:]
        assert why.startswith(f"living document: cannot be written to {project.root / 'reports'}: ")
        with open(where.removeprefix("living document: "), encoding="utf-8") as page:  # noqa: PTH123
            assert "a session ends by itself" in page.read()

    def test_a_page_that_cannot_be_made_does_not_hide_how_the_tests_went(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(*_: object) -> str:
            raise LookupError("no such chapter")

        monkeypatch.setattr("coodie.livingdoc.publisher.render", fails)
        result = project.run()
        result.assert_outcomes(passed=4)
        assert result.ret == pytest.ExitCode.INTERNAL_ERROR
        assert result.outlines[-1] == "living document: not written: LookupError: no such chapter"
        result.stdout.no_fnmatch_line("*INTERNALERROR*")
        assert project.of("testCaseStarted")  # the messages are there


NO_GUARD = ("-o", "livingdoc_steps=nowhere")  # the steps below are used by one test each
BROKEN = """
from pytest_bdd import then, when
from coodie.livingdoc.adapters import statement

told = []

def watch(sent):
    told.append(sent)
    return told.clear

def pytest_livingdoc_adapters():
    return [watch]

def fails():
    raise LookupError("nobody can describe this")

@when("something indescribable is sent")
def indescribable(server):
    told[0]("??", fails)

@when("it is sent again and again")
def again(server):
    for number in range(60):
        told[0]("SELECT 1", fails if number > 57 else lambda: statement("SELECT 1"))

class Unwritable:
    def __repr__(self):
        raise LookupError("no words for it")

@then("things without words differ")
def differ():
    assert [Unwritable()] == [1]
"""


class TestEvidence:
    @pytest.mark.parametrize(
        ("step", "count"), [("something indescribable is sent", 1), ("it is sent again and again", 2)]
    )
    @pytest.mark.parametrize("arguments", [[], ["-n", "2"]])
    def test_what_cannot_be_recorded_fails_its_scenario_and_is_told_there(
        self, project: Project, step: str, count: int, arguments: list[str]
    ) -> None:
        project.write("phrases/broken.py", BROKEN)
        project.feature(f"Feature: f\n  Scenario: s\n    When {step}\n    Then nobody finds it\n")
        result = project.run("features", *NO_GUARD, *arguments, apart=bool(arguments))
        result.assert_outcomes(passed=5, errors=1)
        result.stdout.fnmatch_lines(
            ["*living document: evidence could not be recorded: LookupError: nobody can*"]
        )
        found = [each for each in project.of("attachment") if each["mediaType"] == records.TROUBLE]
        assert [each["body"] for each in found] == ["LookupError: nobody can describe this"] * count
        assert statuses(project)["s"] == ["PASSED", "PASSED"]
        assert "This could not be recorded: LookupError: nobody can describe this" in project.page
        assert not project.of("testRunFinished")[0]["success"]

    def test_a_comparison_without_words_is_a_failure_like_any_other(self, project: Project) -> None:
        project.write("phrases/broken.py", BROKEN)
        project.feature("Feature: f\n  Scenario: s\n    Then things without words differ\n")
        project.run("features/library/other.feature", *NO_GUARD).assert_outcomes(failed=1)
        assert statuses(project)["s"] == ["FAILED"]
        assert "no words for it" in project.page


class TestProcesses:
    def test_a_process_that_ends_is_named(self, project: Project) -> None:
        project.write(
            "phrases/ending.py",
            "import os\nfrom pytest_bdd import when\n\n\n@when('its process ends')\ndef ends():\n    os._exit(3)\n",
        )
        project.feature(
            "Feature: f\n  Scenario: s\n    When its process ends\n", "features/library/z.feature"
        )
        result = project.run("-n", "2", apart=True)
        assert result.ret == pytest.ExitCode.TESTS_FAILED
        page = project.page
        assert "crashed while running" in page[page.index("Not in this document") :]
        assert "a session ends by itself" in page

    @pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
    def test_interrupted_while_distributed(self, project: Project) -> None:
        project.write(
            "phrases/waiting.py",
            "import time\nfrom pathlib import Path\nfrom pytest_bdd import when\n\n\n"
            "@when('it waits')\ndef waits():\n    Path('waits').touch()\n    time.sleep(60)\n",
        )
        project.feature("Feature: z\n  Scenario: s\n    When it waits\n", "features/library/z.feature")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n",
            "1",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:hypothesispytest",
        ]
        running = subprocess.Popen(
            command, cwd=project.root, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        deadline = time.monotonic() + 60
        while not (project.root / "waits").exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGINT)
        said, _ = running.communicate(timeout=60)
        assert running.returncode == pytest.ExitCode.INTERRUPTED, said
        assert said.splitlines()[-1].startswith("living document: ")
        assert "a session ends by itself" in project.page
        assert len(project.of("testCaseStarted")) >= 4


FRENCH = """# language: fr
Fonctionnalité: Une ligne qui s'oublie
  Une *durée de vie* est faite pour les sessions.

  Contexte:
    Étant donné une table

  Règle: une ligne expirée a disparu

    Scénario: une session se termine d'elle-même
      Quand elle expire
      Alors personne ne la trouve

    Plan du scénario: elle vit <secondes> secondes
      Quand <secondes> secondes ont passé
      Alors personne ne la trouve

      Exemples:
        | secondes |
        | 2        |
"""
FRENCH_STEPS = """
from pytest_bdd import given, parsers, then, when

@given("une table")
def table(server):
    assert server

@when("elle expire")
@when(parsers.parse("{secondes:d} secondes ont passé"))
def passe(server):
    pass

@then("personne ne la trouve")
def personne(server):
    pass
"""


def test_a_feature_in_another_language(project: Project) -> None:
    project.write("phrases/francais.py", FRENCH_STEPS)
    project.feature(FRENCH, "features/library/duree.feature")
    project.run("features/library/duree.feature").assert_outcomes(passed=2)
    project.run("features/library/duree.feature::une session se termine d'elle-même").assert_outcomes(
        passed=1
    )
    project.run("features/library/duree.feature")
    for envelope in project.messages:
        check(envelope)
    check_references(project.messages)
    page = project.page
    assert 'id="library.duree" lang="fr"' in page
    for word in ("Étant donné", "Quand", "Alors", "Scénario", "Plan du scénario", "Règle", "Exemples"):
        assert word in page, word
    assert ">Rule<" not in page
