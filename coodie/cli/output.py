"""How commands speak: text for people, JSON for programs, colours and progress on a terminal alone."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_BAR = 24


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """Add `--json`, which every command has."""
    parser.add_argument("--json", action="store_true", help="print one JSON document, for programs")


def coloured(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that shows colours; `NO_COLOR` and `TERM=dumb` say no."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, style: str, stream: TextIO) -> str:
    """Return the text in a style that `_STYLES` names, plain where the stream shows no colours."""
    return f"\033[{_STYLES[style]}m{text}\033[0m" if coloured(stream) else text


class Output:
    """What one command says: `say` and `table` for people, `document` for programs; never both on one run."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json

    @classmethod
    def of(cls, options: argparse.Namespace) -> Output:
        """Return the output that the options ask for."""
        return cls(as_json=bool(getattr(options, "json", False)))

    def say(self, text: str = "", style: str | None = None) -> None:
        """Print a line for people."""
        if not self.as_json:
            sys.stdout.write(f"{text if style is None else styled(text, style, sys.stdout)}\n")

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Print rows under their headers for people."""
        head, *rest = aligned(headers, rows)
        self.say(head, "bold")
        for line in rest:
            self.say(line)

    def document(self, facts: Any) -> None:
        """Print the one document for programs."""
        if self.as_json:
            sys.stdout.write(json.dumps(facts, indent=2, default=str) + "\n")

    def note(self, text: str) -> None:
        """Tell something beside the result, on the error stream."""
        sys.stderr.write(f"{styled(text, 'yellow', sys.stderr)}\n")

    def progress(self, done: int, total: int, what: str) -> None:
        """Show how far long work is: one line that is written over, on a terminal alone; the last one stays."""
        if not sys.stderr.isatty():
            return
        full = _BAR if total == 0 else _BAR * done // total
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r\033[K{'█' * full}{'░' * (_BAR - full)} {done}/{total} {what}{end}")
        sys.stderr.flush()


def aligned(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    """Return lines of text: the headers, a rule, the rows, each cell as wide as its column's widest."""
    cells = [["" if value is None else str(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headers, *cells, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (headers, ["-" * width for width in widths], *cells)
    ]
