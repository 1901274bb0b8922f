"""What is recorded is valid Cucumber Messages, and says what happened."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from cucumber_messages import message_converter

from coodie.livingdoc import records
from tests.livingdoc.strict import check

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]

FAILING = """
from pytest_bdd import then, when, parsers
import pytest

@then("it breaks")
def breaks(server):
    assert [{"id": 1}] == [{"id": 2}]

@when("it gives up")
def gives_up():
    pytest.skip("no patience")

@when("the table is missing")
def missing(server, livingdoc):
    from coodie.cql.statement import Kind, Shape
    server.send(Shape("SELECT * FROM nowhere", Kind.SELECT))
"""

BAD_DAYS = """
Feature: Bad days
  Scenario: a comparison fails
    Given a table of sessions
    Then it breaks
    And nobody finds it
  Scenario: a step skips
    When it gives up
    Then nobody finds it
  Scenario: nobody defined this
    When something undefined happens
  Scenario: the server says no
    When the table is missing
"""


REFUTED = """
from pytest_bdd import then
from hypothesis import given, settings, strategies

@then("whatever is written is read back")
def back(server):
    @settings(max_examples=50, deadline=None, database=None)
    @given(text=strategies.text("a "))
    def holds(text):
        assert text.strip() == text, "what was read is not what was written"
    holds()
"""


@pytest.fixture
def bad_days(project: Project) -> Project:
    project.write("phrases/failing.py", FAILING)
    project.feature(BAD_DAYS)
    project.run("features")
    return project


def statuses(project: Project) -> dict[str, list[str]]:
    """Map each scenario to the statuses of its steps."""
    pickles = {each["id"]: each["name"] for each in project.of("pickle")}
    names = {each["id"]: pickles[each["pickleId"]] for each in project.of("testCase")}
    cases = {each["id"]: names[each["testCaseId"]] for each in project.of("testCaseStarted")}
    found: dict[str, list[str]] = {}
    for step in project.of("testStepFinished"):
        found.setdefault(cases[step["testCaseStartedId"]], []).append(step["testStepResult"]["status"])
    return found


@pytest.mark.parametrize("arguments", [[], ["-n", "2"]])
def test_every_line_is_valid(project: Project, arguments: list[str]) -> None:
    project.write("phrases/failing.py", FAILING)
    project.feature(BAD_DAYS)
    project.run("features", *arguments, apart=bool(arguments))
    for envelope in project.messages:
        check(envelope)
        assert message_converter.to_dict(message_converter.from_dict(envelope, _envelope())) == envelope
    check_references(project.messages)


def _envelope() -> Any:
    from cucumber_messages import Envelope  # noqa: PLC0415

    return Envelope


def check_references(messages: list[dict[str, Any]]) -> None:
    """Every id is said once, before anything refers to it; started and finished come in pairs."""
    known: set[str] = set()
    open_steps: set[tuple[str, str]] = set()
    assert next(iter(messages[0])) == "meta"
    assert next(iter(messages[-1])) == "testRunFinished"
    for envelope in messages:
        ((kind, message),) = envelope.items()
        for own in defined(message):
            assert own not in known, f"{kind} defines {own} again"
            known.add(own)
        for other in referred(message):
            assert other in known, f"{kind} refers to {other}, which nothing has defined"
        if kind == "testStepStarted":
            open_steps.add((message["testCaseStartedId"], message["testStepId"]))
        elif kind == "testStepFinished":
            open_steps.remove((message["testCaseStartedId"], message["testStepId"]))
    assert not open_steps
    assert len([each for each in messages if "testCaseStarted" in each]) == len(
        [each for each in messages if "testCaseFinished" in each]
    )


def defined(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["id"]] if "id" in value else []
        return own + [each for inner in value.values() for each in defined(inner)]
    return [each for inner in value for each in defined(inner)] if isinstance(value, list) else []


def referred(value: Any, key: str = "") -> list[str]:
    if isinstance(value, dict):
        return [each for name, inner in value.items() for each in referred(inner, name)]
    if isinstance(value, list):
        return [each for inner in value for each in referred(inner, key)]
    return [value] if isinstance(value, str) and key.endswith(("Id", "Ids")) and key != "workerId" else []


def test_statements_stand_at_their_step_with_values_and_rows(recorded: Callable[..., Project]) -> None:
    project = recorded("features/library/ttl.feature::a session ends by itself")
    table, insert, select = project.evidence(records.STATEMENT)
    assert table["phase"] == "fixtures"
    assert insert["text"] == 'INSERT INTO "s"."session" ("id", "user") VALUES (?, ?)'
    assert [each["value"] for each in insert["params"]] == ["2", "'ada'", "•••"]
    assert insert["phase"] == "step"
    assert insert["partitions"] == [{"id": "2"}]
    assert select["rows"]["sample"] == [["1", "'<b>ada</b>'"]]
    assert select["scan"]
    assert "hunter2" not in (project.root / "reports/messages.ndjson").read_text("utf-8") + project.page


def test_attachments(recorded: Callable[..., Project]) -> None:
    project = recorded("features/library/ttl.feature::a text")
    by_media = {each["mediaType"]: each for each in project.of("attachment")}
    assert base64.b64decode(by_media["image/png"]["body"]).startswith(b"\x89PNG")
    assert by_media["image/png"]["fileName"] == "a picture"
    assert by_media["text/x-cql"]["body"] == "SELECT 1"
    assert json.loads(by_media[records.HTTP]["body"])["status"] == 200
    assert json.loads(by_media[records.MODEL]["body"])["text"].startswith("class Session:")
    (doc,) = [
        step["argument"]["docString"] for step in project.of("pickle")[0]["steps"] if "argument" in step
    ]
    assert doc["mediaType"] == "cql"


def test_statuses(bad_days: Project) -> None:
    found = statuses(bad_days)
    assert found["a comparison fails"] == ["PASSED", "FAILED", "SKIPPED"]
    assert found["a step skips"] == ["SKIPPED", "SKIPPED"]
    assert found["nobody defined this"] == ["UNDEFINED"]
    assert found["the server says no"] == ["FAILED"]
    assert found["a session ends by itself"] == ["PASSED", "PASSED", "PASSED"]
    assert not bad_days.of("testRunFinished")[0]["success"]


def test_a_failure_keeps_both_sides_and_its_trace(bad_days: Project) -> None:
    (sides,) = bad_days.evidence(records.COMPARISON)
    assert (sides["actual"], sides["expected"]) == ("[{'id': 1}]", "[{'id': 2}]")
    failed = [each["testStepResult"] for each in bad_days.of("testStepFinished")]
    (exception,) = [
        each["exception"] for each in failed if each.get("exception", {}).get("type") == "AssertionError"
    ]
    assert "def breaks(server):" in exception["stackTrace"]


def test_skips_say_why(bad_days: Project) -> None:
    reasons = [case["reason"] for case in bad_days.evidence(records.CASE) if case["status"] == "SKIPPED"]
    assert reasons == ["no patience"]
    assert "no patience" in bad_days.page


def test_failing_and_skipping_fixtures_are_recorded(project: Project) -> None:
    project.write(
        "phrases/around.py",
        "import pytest\n\n\n@pytest.fixture(autouse=True)\ndef around(request):\n"
        "    if request.node.get_closest_marker('nowhere'):\n        pytest.skip('no such server')\n"
        "    if 'before' in request.node.name:\n        raise OSError('before')\n"
        "    yield\n    if 'after' in request.node.name:\n        raise OSError('after')\n",
    )
    project.feature(
        "Feature: f\n  @nowhere\n  Scenario: nowhere\n    Given a table of sessions\n"
        "  Scenario: broken before\n    Given a table of sessions\n"
        "  Scenario: broken after\n    Given a table of sessions\n"
    )
    project.run("features/library/other.feature")
    found = statuses(project)
    assert found["nowhere"] == ["SKIPPED", "SKIPPED"]
    assert found["broken before"] == ["FAILED", "SKIPPED"]
    assert found["broken after"] == ["PASSED", "FAILED"]
    cases = {case["node"].split("test_")[1]: case for case in project.evidence(records.CASE)}
    assert cases["nowhere"]["reason"] == "no such server"
    assert cases["broken_after"]["status"] == "FAILED"
    for envelope in project.messages:
        check(envelope)


def test_thousands_of_statements_in_a_step_are_counted_not_kept(project: Project) -> None:
    project.write(
        "phrases/many.py",
        "from pytest_bdd import when\nfrom phrases.basics import INSERT\n\n\n@when('many rows are written')\n"
        "def many(server):\n    for n in range(1000):\n        server.send(INSERT, n, 'x', 'y')\n",
    )
    project.feature("Feature: f\n  Scenario: s\n    When many rows are written\n")
    project.run("features/library/other.feature")
    statements = project.evidence(records.STATEMENT)
    assert statements[-1]["params"][0]["value"] == "999"
    (omitted,) = project.evidence(records.OMITTED)
    assert omitted["count"] + len(statements) == 1001
    assert "more statements" in project.page


def test_parameters_make_cases_of_one_scenario(project: Project) -> None:
    project.write(
        "phrases/colours.py",
        "import pytest\n\n\n@pytest.fixture(params=['aio', 'sync'], autouse=True)\ndef colour(request):\n"
        "    return request.param\n",
    )
    project.run("features/library/ttl.feature::a session ends by itself")
    assert [case["params"] for case in project.evidence(records.CASE)] == [
        {"colour": "aio"},
        {"colour": "sync"},
    ]
    assert project.page.count('<section class="scenario"') == 3
    assert "the same in aio" in project.page


def test_a_property_that_does_not_hold_shows_its_words_both_sides_and_the_counterexample(
    project: Project,
) -> None:
    project.write("phrases/refuted.py", REFUTED)
    project.feature("Feature: f\n  Scenario: s\n    Then whatever is written is read back\n")
    project.run("features/library/other.feature")
    (note,) = [each for each in project.of("attachment") if each["mediaType"] == records.NOTE]
    assert note["fileName"] == "counterexample"
    assert "text=" in note["body"]
    (sides,) = project.evidence(records.COMPARISON)
    assert sides["actual"] == "''" != sides["expected"]  # a space alone would be invisible
    page = project.page
    words = [
        page.index(each)
        for each in ("not what was written</pre>", ">expected<", "counterexample<", "traceback<")
    ]
    assert words == sorted(words)
