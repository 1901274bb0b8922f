"""What other tools read of a run: Cucumber's own HTML formatter the messages, a CI server the JUnit XML."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.livingdoc.test_messages import BAD_DAYS, FAILING
from tests.livingdoc.test_viewer import browser  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]

PACKAGES = ("@cucumber/html-formatter@24.2.0", "@cucumber/messages@34.2.1")
SCRIPT = Path(__file__).with_name("formatter.mjs")


@pytest.fixture(scope="module")
def formatter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the official formatter; where it cannot be had, say so and skip."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("the official formatter needs Node.js with npm")
    folder = tmp_path_factory.mktemp("formatter")
    (folder / "package.json").write_text("{}", "utf-8")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", *PACKAGES]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("npm does not answer, so the official formatter cannot be had")
    if done.returncode:
        pytest.skip(f"npm cannot install the official formatter: {done.stderr.strip()[-300:]}")
    return Path(shutil.copy(SCRIPT, folder))


@pytest.mark.browser
def test_the_official_formatter_renders_the_messages(
    project: Project,
    formatter: Path,
    browser: Any,  # noqa: F811
) -> None:
    project.write("phrases/failing.py", FAILING)
    project.feature(BAD_DAYS)
    project.run("features")
    page = project.root / "official.html"
    command = [
        shutil.which("node") or "node",
        str(formatter),
        str(project.root / "reports/messages.ndjson"),
        str(page),
    ]
    subprocess.run(command, cwd=formatter.parent, check=True, timeout=60)
    shown = browser.new_page()
    errors: list[str] = []
    shown.on("pageerror", lambda error: errors.append(str(error)))
    shown.goto(page.as_uri())
    shown.get_by_text("a comparison fails").first.wait_for()
    text = shown.inner_text("body")
    assert "(4 / 8) passed" in text
    assert "AssertionError: assert [{'id': 1}] == [{'id': 2}]" in text
    assert "no patience" in text
    assert errors == []
    shown.close()


def test_junit_xml_has_every_run_with_its_reason(project: Project) -> None:
    project.write("phrases/failing.py", FAILING)
    project.feature(BAD_DAYS)
    project.run("features", "--junitxml=reports/junit.xml")
    text = (project.root / "reports/junit.xml").read_text("utf-8")
    cases = {case.get("name"): case for case in ET.fromstring(text).iter("testcase")}  # noqa: S314 - our own file
    assert len(cases) == sum(1 for _ in project.of("testCaseStarted"))
    failure, skipped = (
        cases["test_a_comparison_fails"].find("failure"),
        cases["test_a_step_skips"].find("skipped"),
    )
    assert failure is not None
    assert skipped is not None
    assert "[{'id': 1}] == [{'id': 2}]" in str(failure.get("message"))
    assert skipped.get("message") == "no patience"
    assert cases["test_a_comparison_fails"].get("classname") == "features.library.other.feature"
    assert "x.coodie" not in text  # the report's own records stay out of it
