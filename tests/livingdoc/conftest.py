"""A small project with features of its own; its steps send statements through coodie to a driver that only answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import coodie.livingdoc.publisher  # noqa: F401 - loaded here once, not in every run of the sample project

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent

SETTINGS = """
[project]
name = "sample"
description = "a sample"

[tool.pytest.ini_options]
addopts = ["--strict-markers", "--livingdoc=reports", "-p", "no:randomly"]
markers = ["slow: x", "nowhere: x"]
livingdoc_steps = "phrases"
filterwarnings = ["error"]
"""

ROOT = """
from pathlib import Path

from coodie.livingdoc.collect import step_modules

pytest_plugins = ["coodie.livingdoc.collect", *step_modules(Path(__file__).with_name("phrases"))]
"""

TTL = '''
@slow
Feature: A row that forgets itself
  A *time to live* is for **sessions**. <script>alert(1)</script>

  Background:
    Given a table of sessions

  Rule: an expired row is gone

    Scenario: a session ends by itself
      Given a session of "ada" for 2 seconds
      Then nobody finds it

    Scenario Outline: it lives for <seconds> seconds
      Given a session of "<name>" for <seconds> seconds
      Then these rows exist
        | user   | ttl       |
        | <name> | <seconds> |

      Examples: short and long
        | name | seconds |
        | ada  | 2       |
        | bob  | 86400   |

  Scenario: a text
    When the text is
      """cql
      SELECT 1
      """
'''


class Project:
    """The sample project, and what its runs leave."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.root = pytester.path
        pytester.makefile(".toml", pyproject=SETTINGS)
        pytester.makeconftest(ROOT)
        self.write("phrases/basics.py", (HERE / "sample_steps.py").read_text("utf-8"))
        self.write("features/library/ttl.feature", TTL)

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def feature(self, text: str, path: str = "features/library/other.feature") -> Path:
        return self.write(path, text)

    def run(self, *arguments: str, apart: bool = False) -> pytest.RunResult:
        """Run pytest on it, in this process unless `apart`."""
        run = self.pytester.runpytest_subprocess if apart else self.pytester.runpytest_inprocess
        return run("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:faker", *arguments)

    @property
    def page(self) -> str:
        return (self.root / "reports/index.html").read_text("utf-8")

    @property
    def messages(self) -> list[dict[str, Any]]:
        lines = (self.root / "reports/messages.ndjson").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [envelope[kind] for envelope in self.messages if kind in envelope]

    def evidence(self, media: str) -> list[Any]:
        return [json.loads(each["body"]) for each in self.of("attachment") if each["mediaType"] == media]


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    return Project(pytester)


@pytest.fixture
def recorded(project: Project) -> Callable[..., Project]:
    """Run the sample project with further arguments, and hand it back."""

    def run(*arguments: str, **options: bool) -> Project:
        project.run(*arguments, **options)
        return project

    return run
