"""Colours for code, made on the server: no script, and class names that the theme knows."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape
from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]

_FORMATTER: Final = HtmlFormatter(nowrap=True)
_CQL: Final = re.compile(
    r"(?P<s>'(?:[^']|'')*')|(?P<n>\"(?:[^\"]|\"\")*\")|(?P<k>\b[A-Z]{2,}\b)|(?P<m>\b\d+(?:\.\d+)?\b)|(?P<rest>.)",
    re.DOTALL,
)


def code(text: str, language: str) -> Markup:
    """Highlight `python`, `gherkin`, `bash` or `json`."""
    return Markup(highlight(text, get_lexer_by_name(language), _FORMATTER).rstrip("\n"))  # noqa: S704 - pygments escapes


def cql(text: str) -> Markup:
    """Highlight CQL as coodie writes it: capitals are keywords, double quotes are names."""
    parts = []
    for match in _CQL.finditer(text):
        kind, piece = match.lastgroup, escape(match.group())
        parts.append(
            Markup('<span class="{}">{}</span>').format(kind, piece) if kind in {"s", "k", "m"} else piece
        )
    return Markup("").join(parts)


def prose(text: str) -> Markup:
    """Show what stands between backticks as code."""
    parts = [escape(part) for part in text.split("`")]
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in enumerate(parts)
    )
