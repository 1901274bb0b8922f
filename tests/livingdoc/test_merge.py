"""Runs of several environments become one stream that is as valid, and one page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from coodie.livingdoc.__main__ import main
from coodie.livingdoc.merge import merge
from coodie.livingdoc.messages import read
from coodie.livingdoc.render import render
from tests.livingdoc.strict import check
from tests.livingdoc.test_messages import check_references

if TYPE_CHECKING:
    import pytest

    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]


def two_runs(project: Project) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    project.run()
    first = project.messages
    steps = project.root / "phrases/basics.py"
    steps.write_text(steps.read_text().replace("Fake 1.0", "Fake 2.0"))
    project.feature("Feature: other\n  Scenario: o\n    Given a table of sessions\n")
    project.run()
    return first, project.messages


def test_a_merged_stream_is_valid(project: Project) -> None:
    merged = merge(two_runs(project))
    for envelope in merged:
        check(envelope)
    check_references(merged)


def test_features_are_kept_once_and_cases_all(project: Project) -> None:
    first, second = two_runs(project)
    merged = merge([first, second])

    def count(stream: list[dict[str, Any]], kind: str) -> int:
        return sum(kind in envelope for envelope in stream)

    assert count(merged, "gherkinDocument") == 2
    assert (
        count(merged, "testCaseStarted")
        == count(first, "testCaseStarted") + count(second, "testCaseStarted")
        == 9
    )
    assert count(merged, "meta") == count(merged, "testRunStarted") == count(merged, "testRunFinished") == 1
    page = render(merged)
    assert page.count('<section class="scenario"') == 4
    assert "Fake 1.0, Fake 2.0" in page


def test_a_scenario_that_only_one_stream_ran_is_not_shown_as_unrun(project: Project) -> None:
    project.run("-k", "ends")
    first = project.messages
    project.run("-k", "text")
    merged = merge([first, project.messages])
    check_references(merged)
    names = [each["pickle"]["name"] for each in merged if "pickle" in each]
    assert sorted(names) == [
        "a session ends by itself",
        "a text",
        "it lives for 2 seconds",
        "it lives for 86400 seconds",
    ]


def test_a_text_with_other_ends_of_lines_is_read_back(project: Project) -> None:
    project.feature('Feature: f\n  Scenario: s\n    Given a session of "\u2028\x85x" for 2 seconds\n')
    project.run("features/library/other.feature")
    assert read(project.root / "reports/messages.ndjson")[0].keys() == {"meta"}


def test_the_command_line(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = two_runs(project)
    a, b = (
        project.write(name, "\n".join(map(json.dumps, run))) for name, run in (("a", first), ("b", second))
    )
    out, page = project.root / "deep/out.ndjson", project.root / "page.html"
    assert main(["merge", str(a), str(b), "-o", str(out)]) == 0
    assert main(["render", str(out), "-o", str(page)]) == 0
    assert "Fake 2.0" in page.read_text("utf-8")
    assert main(["render", str(project.root / "absent"), "-o", str(page)]) == 1
    assert "absent" in capsys.readouterr().err
