"""Failures as records: the exception in words, and both sides of a comparison that did not hold."""

from __future__ import annotations

import json
import pprint
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from coodie.livingdoc.records import COMPARISON, NOTE

if TYPE_CHECKING:
    import pytest
    from _pytest._code.code import Traceback

    from coodie.livingdoc.records import Evidence, Failure

LONGEST_SIDE = 8_000
LONGEST_TABLE = 50
_COUNTEREXAMPLES = ("Failing test case", "Falsifying example")  # as versions of Hypothesis say it
_HERE = Path(__file__).parent
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def failure_of(exception: BaseException, root: Path) -> Failure:
    """Describe an exception; files of the project are named as they lie in it."""
    return {"type": type(exception).__name__, "message": _within(plain(str(exception)), root), "trace": ""}


def comparison(operator: str, left: object, right: object) -> Evidence:
    """Keep a failed comparison; pytest's convention is actual on the left, expected on the right."""
    body: dict[str, object] = {"operator": operator, "actual": _written(left), "expected": _written(right)}
    tables = _table(left), _table(right)
    if operator == "==" and all(tables):
        body["actual_rows"], body["expected_rows"] = tables
    return {"media": COMPARISON, "name": "comparison", "body": json.dumps(body, ensure_ascii=False)}


def notes(exception: BaseException) -> list[Evidence]:
    """Keep what was added to an exception on its way, such as the example with which Hypothesis refutes a property.

    Its blob for `@reproduce_failure` is for programs, not for readers.
    """
    told: list[str] = []
    for note in map(str, getattr(exception, "__notes__", ())):
        if told and note.startswith("    ") and told[-1].startswith("Explanation"):  # a note per line
            told[-1] += f"\n{note}"
        elif note.strip() and not note.lstrip().startswith("You can reproduce"):
            told.append(note)
    return [
        {"media": NOTE, "name": _title(note), "body": plain(note)}
        for note in told
        if not _explains_by_us(note)
    ]


def _explains_by_us(note: str) -> bool:
    """Tell whether Hypothesis explains a failure by the lines that record it, which run for every failure."""
    lines = re.findall(r"^ +(\S+):\d+$", note, re.MULTILINE)
    return note.startswith("Explanation") and all(Path(line).parent == _HERE for line in lines)


def _title(note: str) -> str:
    return "counterexample" if note.startswith(_COUNTEREXAMPLES) else "note"


def skip_reason(report: pytest.TestReport) -> str:
    """Return why a phase was skipped, or why its failure was expected."""
    expected = getattr(report, "wasxfail", None)
    if expected is not None:
        return f"expected failure: {expected or 'no reason given'}".removesuffix(": ")
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr or "")
    return reason.removeprefix("Skipped: ").removeprefix("Skipped") or "no reason given"


def trace_of(error: pytest.ExceptionInfo[BaseException], root: Path, whole: str) -> str:
    """Write the part of a traceback that lies in the project; `whole`, pytest's own, where none does."""

    def ours(info: pytest.ExceptionInfo[BaseException]) -> Traceback:
        return info.traceback.filter(
            lambda entry: _lies_in(Path(entry.path), root) and not entry.ishidden(info)
        )

    return _within(plain(str(error.getrepr(tbfilter=ours)) if ours(error) else whole), root)


def _within(text: str, root: Path) -> str:
    return text.replace(f"{root}/", "")


def _lies_in(path: Path, root: Path) -> bool:
    return path.is_relative_to(root) and "site-packages" not in path.parts


def plain(text: str) -> str:
    """Remove a terminal's colours."""
    return _COLOURS.sub("", text)


def _printable(text: str) -> bool:
    return all(character.isprintable() or character == "\n" for character in text)


def _table(value: object) -> list[list[str]]:
    """Return the cells of a list of rows, the header first where rows are mappings; empty where it is none."""
    if not isinstance(value, list) or not 0 < len(value) <= LONGEST_TABLE:
        return []
    if all(isinstance(row, Mapping) for row in value):
        header = list(dict.fromkeys(str(key) for row in value for key in row))
        return [header, *([_cell(row[key]) if key in row else "" for key in header] for row in value)]
    if all(isinstance(row, list | tuple) for row in value):
        return [[_cell(cell) for cell in row] for row in value]
    return []


def _cell(value: object) -> str:
    return value if isinstance(value, str) else repr(value)


def _written(value: object) -> str:
    """Write one side: a text as it stands, unless a reader would not see what is in it."""
    readable = isinstance(value, str) and value == value.strip() != "" and _printable(value)
    text = str(value) if readable else pprint.pformat(value, width=60, sort_dicts=False)
    return text if len(text) <= LONGEST_SIDE else f"{text[:LONGEST_SIDE]}…"
