"""How-to pages, followed word by word: their files are written, their commands run, their output compared.

A block of Python with a title is a file; in a block `console` the lines that begin with `$` are commands, and what
follows each is what it prints. Dates, times and durations may be any.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_bdd import parsers, then, when

from steps.commands import lines

if TYPE_CHECKING:
    import pytest

    from steps.commands import Project

_BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ANY = (
    (re.compile(r"\b20\d{6}_(\d{3})_"), r"YYYYMMDD_\1_"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?"), "YYYY-MM-DD HH:MM:SS"),
    (re.compile(r"\d+\.\d+ s\b"), "N s"),
)


class Transcript(NamedTuple):
    """A command of a page: what the page says that it prints, and what it did print."""

    command: str
    shown: list[str]
    printed: list[str]


@when(parsers.parse('somebody follows "{page}"'), target_fixture="transcripts")
def follow(project: Project, pytestconfig: pytest.Config, page: str) -> list[Transcript]:
    """Write the files and run the commands of a page, one after the other."""
    text = (pytestconfig.rootpath / page).read_text("utf-8")
    found = []
    for kind, title, body in _BLOCK.findall(text):
        if title:
            project.write(title, body.rstrip("\n"))
        elif kind == "console":
            found += [
                _run(project, part) for part in re.split(r"^\$ ", body, flags=re.MULTILINE) if part.strip()
            ]
    assert found, f"{page} has no command"
    return found


@then("every command does what the page shows")
def as_shown(transcripts: list[Transcript]) -> None:
    """Compare what was printed with the page."""
    assert [(each.command, each.printed) for each in transcripts] == [
        (each.command, each.shown) for each in transcripts
    ]


def _run(project: Project, part: str) -> Transcript:
    command, _, shown = part.partition("\n")
    words = command.removeprefix("coodie ")
    assert words != command, f"not a command of coodie's: {command}"
    project.run(words)
    assert project.exit_code == 0, project.complained
    wanted = _settled(shown.rstrip("\n"))
    # A scenario is connected, which nobody needs to be who has a query explained: no keyspace is known then.
    printed = project.printed if words.startswith("explain ") else project.whole
    return Transcript(command, wanted.splitlines(), lines(_settled(printed), wanted))


def _settled(text: str) -> str:
    for pattern, word in _ANY:
        text = pattern.sub(word, text)
    return text
