"""Statuses on the page: a sign, a word and a colour each, so that none of the three carries it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coodie.livingdoc.page.text import e

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGNS = {"passed": "✓", "failed": "✗", "skipped": "◌", "unrun": "·"}
NAMES = {"passed": "passed", "failed": "failed", "skipped": "skipped", "unrun": "not run"}
_WORDS = {"PASSED": "passed", "SKIPPED": "skipped", "": "unrun"}


def word(status: str) -> str:
    """Return the page's word for a status; whatever is neither passed nor skipped has failed."""
    return _WORDS.get(status, "failed")


def mark(status: str, label: str = "") -> str:
    """Write a status with its name, or with a label instead of it."""
    kind = word(status)
    name = e(label) if label else NAMES[kind]
    hidden = f'<span class="vh"> {NAMES[kind]}</span>' if label else ""
    return f'<span class="mark {kind}"><b aria-hidden="true">{SIGNS[kind]}</b> {name}{hidden}</span>'


def sign(status: str) -> str:
    """Write a status as its sign; the name is there for those who do not see it."""
    kind = word(status)
    return (
        f'<span class="mark {kind}" title="{NAMES[kind]}"><b aria-hidden="true">{SIGNS[kind]}</b>'
        f'<span class="vh">{NAMES[kind]}</span></span>'
    )


def of_runs(runs: Iterable[int]) -> str:
    """Return the classes of something that belongs to these runs of a scenario."""
    return "rv " + " ".join(f"r{run}" for run in runs)
