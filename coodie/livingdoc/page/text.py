"""Text for the page: everything that comes from a test is escaped here; Markdown is rendered without raw HTML."""

from __future__ import annotations

import textwrap
from functools import cache
from html import escape

from markdown_it import MarkdownIt

# `html=False` turns raw HTML into text; markdown-it itself refuses javascript: and data: links. Images would be
# requests to elsewhere.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def e(value: object) -> str:
    """Escape for element content and quoted attributes."""
    return escape(str(value))


@cache
def prose(text: str) -> str:
    """Render the description of a feature, a rule or a scenario."""
    dedented = textwrap.dedent(text).strip()
    return f'<div class="prose">{_MARKDOWN.render(dedented)}</div>' if dedented else ""


def duration(seconds: float) -> str:
    """Write a duration the way that a person says it."""
    if seconds < 1:
        return milliseconds(seconds * 1000)
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)} min {int(seconds % 60)} s"


def milliseconds(ms: float) -> str:
    """Write milliseconds with two significant digits below ten."""
    return f"{ms:.1f} ms" if ms < 10 else f"{ms:.0f} ms"


def plural(count: int, noun: str) -> str:
    """Write a count with its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
