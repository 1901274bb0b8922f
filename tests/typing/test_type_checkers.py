"""mypy and pyright read the public API as its users do: results have their types, mistakes are reported."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RIGHT = ["read_by_type_checkers_async.py", "read_by_type_checkers_sync.py"]
WRONG = "wrong_on_purpose.py"
LINE = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+):(?:\d+:)? error: (?P<text>.*)$", re.MULTILINE)


@cache
def reported(checker: str) -> dict[str, dict[int, list[str]]]:
    """Return what a checker reports: file to line to messages."""
    return {"mypy": _mypy, "pyright": _pyright}[checker]()


def _add(found: dict[str, dict[int, list[str]]], file: str, line: int, text: str) -> None:
    found.setdefault(Path(file).name, {}).setdefault(line, []).append(text)


def _mypy() -> dict[str, dict[int, list[str]]]:
    command = [sys.executable, "-m", "mypy", "--config-file", ROOT / "pyproject.toml", "--no-error-summary"]
    done = subprocess.run(
        [*command, *(HERE / name for name in (*RIGHT, WRONG))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: dict[str, dict[int, list[str]]] = {}
    for match in LINE.finditer(done.stdout):
        _add(found, match["file"], int(match["line"]), match["text"])
    return found


def _pyright() -> dict[str, dict[int, list[str]]]:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pyright", "--outputjson"),
            # Without it pyright reads the packages of whichever python comes first on the path.
            *("--pythonpath", sys.executable, "--project", HERE / "pyrightconfig.json"),
        ],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    answer = json.loads(done.stdout)
    assert answer["summary"]["filesAnalyzed"] == len(RIGHT) + 1
    found: dict[str, dict[int, list[str]]] = {}
    for each in answer["generalDiagnostics"]:
        if each["severity"] == "error":
            _add(found, each["file"], each["range"]["start"]["line"] + 1, each["message"])
    return found


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
class TestCheckers:
    @pytest.mark.parametrize("name", RIGHT)
    def test_results_have_their_types(self, checker, name):
        assert reported(checker).get(name, {}) == {}

    def test_every_mistake_is_reported_and_nothing_else(self, checker):
        lines = (HERE / WRONG).read_text().splitlines()
        marked = {number for number, line in enumerate(lines, 1) if "# wrong" in line}
        found = reported(checker).get(WRONG, {})
        assert len(marked) > 10
        missed = {number: lines[number - 1].strip() for number in marked - found.keys()}
        assert missed == {}, f"{checker} does not see these"
        assert found.keys() - marked == set(), found

    def test_no_other_file_is_at_fault(self, checker):
        assert reported(checker).keys() <= {*RIGHT, WRONG}, "the library itself is reported"


def test_the_two_flavours_are_asserted_alike():
    one, other = ((HERE / name).read_text() for name in RIGHT)
    plain = one.replace("async ", "").replace("await ", "")
    assert plain.count("assert_type") == other.count("assert_type") > 20
