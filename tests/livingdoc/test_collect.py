"""Feature files are test modules; scenarios can be selected in every way that tests can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]


def test_node_ids_begin_with_the_feature_file(project: Project) -> None:
    result = project.run("--collect-only", "-q")
    result.stdout.fnmatch_lines(
        [
            "features/library/ttl.feature::test_a_session_ends_by_itself",
            "features/library/ttl.feature::test_it_lives_for_seconds_seconds[[]ada-2[]]",
            "features/library/ttl.feature::test_it_lives_for_seconds_seconds[[]bob-86400[]]",
            "features/library/ttl.feature::test_a_text",
        ],
        consecutive=False,
    )


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["features"], 4),
        (["features/library/ttl.feature"], 4),
        (["features", "-k", "ends"], 1),
        (["features", "-m", "slow"], 4),
        (["features", "-m", "not slow"], 0),
        (["features/library/ttl.feature::test_a_text"], 1),
        (["features/library/ttl.feature::a session ends by itself"], 1),
        (["features/library/ttl.feature::it lives for <seconds> seconds"], 2),
    ],
)
def test_selection(project: Project, arguments: list[str], count: int) -> None:
    project.run(*arguments).assert_outcomes(
        passed=count, deselected=4 - count if "-" in arguments[-2:][0] else 0
    )


def test_from_another_working_directory(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    project.run(str(project.root / "features")).assert_outcomes(passed=4)
    assert (project.root / "reports/index.html").exists()


def test_reports_name_the_line_of_the_scenario(project: Project) -> None:
    project.feature("Feature: f\n\n  @nowhere\n  Scenario: it is skipped\n    Given a table of sessions\n")
    project.write(
        "phrases/skipping.py",
        "import pytest\n\ndef pytest_runtest_setup(item):\n"
        "    if item.get_closest_marker('nowhere'):\n        pytest.skip('no such server')\n",
    )
    result = project.run("-rs", "features/library/other.feature")
    result.stdout.fnmatch_lines(["SKIPPED*no such server"])


def test_step_modules_may_import_one_another_and_have_their_assertions_rewritten(project: Project) -> None:
    project.write("phrases/a_first.py", "from phrases.z_last import check  # noqa\n")
    project.write("phrases/z_last.py", "def check(x):\n    assert x == [1, 2, 4]\n")
    project.write(
        "phrases/using.py",
        "from pytest_bdd import then\nfrom phrases.a_first import check\n\n"
        "@then('it is checked')\ndef checked():\n    check([1, 2, 3])\n",
    )
    project.feature("Feature: f\n  Scenario: s\n    Then it is checked\n")
    result = project.run("features/library/other.feature")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*At index 2 diff: 3 != 4*"])


def test_a_broken_feature_is_an_error_that_names_the_line(project: Project) -> None:
    project.feature("Feature: f\n  Scenario: s\n    Given a\n    Sow the wind\n")
    result = project.run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*other.feature is not Gherkin:", "*other.feature:4: *"])
