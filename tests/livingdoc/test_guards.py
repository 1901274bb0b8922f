"""What would be dropped, or would pass, in silence is an error of the collection with file, line and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]


def with_steps(project: Project, *lines: str) -> None:
    text = (
        "import pytest\nfrom pytest_bdd import given, parsers, step, then, when\n\n\n"
        + "\n".join(lines)
        + "\n"
    )
    project.write("phrases/more.py", text)


def test_two_scenarios_of_one_name(project: Project) -> None:
    project.feature(
        "Feature: f\n  Scenario: same\n    Given a table of sessions\n"
        "  Rule: r\n    Scenario: same\n      Given a table of sessions\n"
    )
    result = project.run()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "*features/library/other.feature:5: a second scenario is called “same” (the first: line 2)*own name."
        ]
    )


def test_an_async_step(project: Project) -> None:
    with_steps(project, "@given('an async thing')", "async def thing():", "    pass")
    project.feature("Feature: f\n  Scenario: s\n    Given an async thing\n")
    result = project.run()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(
        ["*phrases/more.py:5: the step “an async thing” is an `async def`*Make it a plain*"]
    )


def test_a_wrapped_async_step_is_fine(project: Project) -> None:
    with_steps(
        project,
        "import asyncio, functools",
        "def runs(function):",
        "    @functools.wraps(function)",
        "    def run(*args, **kwargs):",
        "        return asyncio.run(function(*args, **kwargs))",
        "    return run",
        "@given('an async thing')",
        "@runs",
        "async def thing():",
        "    pass",
    )
    project.feature("Feature: f\n  Scenario: s\n    Given an async thing\n")
    project.run("features/library/other.feature").assert_outcomes(passed=1)


@pytest.mark.parametrize("selection", [[], ["features/library/ttl.feature"], ["-k", "ends"]])
def test_an_unused_step_whatever_is_selected(project: Project, selection: list[str]) -> None:
    with_steps(project, "@when(parsers.parse('{nobody} says this'))", "def unused(nobody):", "    pass")
    result = project.run(*selection)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(
        [
            "*phrases/more.py:5: no feature under features/ uses the step when “{nobody} says this”. Remove it,*"
        ]
    )


@pytest.mark.parametrize(
    ("decorator", "sentence"),
    [
        ("@given('plain words')", "Given plain words"),
        ("@given(parsers.parse('{n:d} rows of \"{who}\"'))", 'Given 7 rows of "ada"'),
        ("@given(parsers.parse('Rows: {n:d}'))", "Given rows: 7"),  # parse ignores case
        ("@given(parsers.cfparse('{n:Number} rows', extra_types={'Number': int}))", "Given 7 rows"),
        ("@given(parsers.re(r'(?P<n>\\d+) rows?'))", "Given 1 row"),
        ("@step('any keyword')", "Then any keyword"),
        ("@when('that too')", "When a table of sessions\n    And that too"),
        ("@given(parsers.parse('{{braces}} {x}'))", "Given {braces} too"),
    ],
)
def test_every_kind_of_parser_counts_as_used(project: Project, decorator: str, sentence: str) -> None:
    with_steps(project, decorator, "def used():", "    pass")
    if "Number" in decorator:
        with_steps(
            project, "import parse", "@parse.with_pattern(r'\\d+')", "def Number(text):", "    return int(text)",
            decorator.replace("int}", "Number}"), "def used():", "    pass",
        )  # fmt: skip
    project.feature(f"Feature: f\n  Scenario: s\n    {sentence}\n")
    result = project.run("--collect-only", "-q")
    assert result.ret == pytest.ExitCode.OK, result.outlines


@pytest.mark.parametrize(
    "feature",
    [
        "Feature: f\n  Background:\n    Given used here\n  Scenario: s\n    Given a table of sessions\n",
        "Feature: f\n  Rule: r\n    Background:\n      Given used here\n    Scenario: s\n      Given a thing\n",
        "Feature: f\n  Scenario Outline: s\n    Given used <where>\n    Examples:\n      | where |\n      | here  |\n",
    ],
)
def test_backgrounds_rules_and_outlines_count(project: Project, feature: str) -> None:
    with_steps(project, "@given('used here')", "def used():", "    pass")
    project.feature(feature)
    assert project.run("--collect-only", "-q").ret == pytest.ExitCode.OK


def test_a_step_of_another_keyword_does_not_count(project: Project) -> None:
    with_steps(project, "@then('used here')", "def used():", "    pass")
    project.feature("Feature: f\n  Scenario: s\n    Given used here\n")
    assert project.run("--collect-only", "-q").ret == pytest.ExitCode.INTERRUPTED


def test_nothing_is_checked_where_no_feature_is_collected(project: Project) -> None:
    with_steps(project, "@when('nobody says this')", "def unused():", "    pass")
    project.write("tests/test_unit.py", "def test_it():\n    pass\n")
    project.run("tests").assert_outcomes(passed=1)


def test_guards_fail_a_distributed_run_too(project: Project) -> None:
    with_steps(project, "@when('nobody says this')", "def unused():", "    pass")
    result = project.run("-n", "2", apart=True)
    assert result.ret != pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*no feature under features/ uses the step when “nobody says this”*"])
