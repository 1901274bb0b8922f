"""Text for the page: what comes from a test is escaped here, Markdown is rendered without raw HTML."""

from __future__ import annotations

import textwrap
from functools import cache
from html import escape

from markdown_it import MarkdownIt

# `html: False` turns raw HTML into text, and markdown-it itself refuses javascript: and data: links; an image would
# be a request to elsewhere.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
MINUTE = 60
FEW = 10


def e(value: object) -> str:
    """Escape for element content and quoted attributes."""
    return escape(str(value))


@cache
def prose(text: str) -> str:
    """Render the description of a feature, a rule or a scenario."""
    dedented = textwrap.dedent(text).strip()
    return f'<div class="prose">{_MARKDOWN.render(dedented)}</div>' if dedented else ""


def on_demand(html: str) -> str:
    """Write what a reader unfolds: to a browser with scripts it is one text until then, without them it is there.

    A whole run has half a million elements of evidence, of which one reader looks at a few hundred.
    """
    return f"<noscript>{html}</noscript>"


def duration(seconds: float) -> str:
    """Write a duration the way that a person says it."""
    if seconds < 1:
        return milliseconds(seconds * 1000)
    if seconds < MINUTE:
        return f"{seconds:.1f} s"
    return f"{int(seconds // MINUTE)} min {int(seconds % MINUTE)} s"


def milliseconds(ms: float) -> str:
    """Write milliseconds, with a decimal when they are few."""
    return f"{ms:.1f} ms" if ms < FEW else f"{ms:,.0f} ms"


def plural(count: int, noun: str) -> str:
    """Write a count with its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def table(header: list[str], rows: list[list[str]], style: str) -> str:
    """Write a table of plain cells, which scrolls by itself when it is wider than the column."""
    return table_of(header, [[e(cell) for cell in row] for row in rows], style)


def table_of(header: list[str], rows: list[list[str]], style: str) -> str:
    """Write such a table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{e(cell)}</th>' for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<div class="scroll" tabindex="0"><table class="{style}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
