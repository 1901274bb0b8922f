"""How-to pages, followed word by word: their files are written, their commands run, their output compared.

A block of Python with a title is a file; in a block `console` the lines that begin with `$` are commands, and what
follows each is what it prints. Dates, times and durations may be any.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_bdd import parsers, then, when

from steps.commands import lines
from steps.markdown import blocks

if TYPE_CHECKING:
    import pytest

    from steps.commands import Project

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
    for block in blocks(text):
        if block.title:
            project.write(block.title, block.body.rstrip("\n"))
        elif block.kind == "console":
            found += [_run(project, *command) for command in block.commands]
    assert found, f"{page} has no command"
    return found


@then("every command does what the page shows")
def as_shown(transcripts: list[Transcript]) -> None:
    """Compare what was printed with the page."""
    assert [(each.command, each.printed) for each in transcripts] == [
        (each.command, each.shown) for each in transcripts
    ]


def _run(project: Project, command: str, shown: str) -> Transcript:
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
