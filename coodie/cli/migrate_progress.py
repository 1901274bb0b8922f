"""What `coodie migrate` shows while it works: a line for each migration, and how far a scan has come."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from coodie.migrations.progress import Progress

if TYPE_CHECKING:
    from coodie.cli.output import Output

_EVERY = 10.0
_HUNDRED = 100


class Shown(Progress):
    """Prints what happens; on a terminal a scan has one line that is written over, elsewhere one every ten seconds."""

    def __init__(self, output: Output, *, quiet: bool) -> None:
        self._output, self._quiet = output, quiet
        self._sent = self._skipped = 0
        self._next_line = 0.0

    def began(self, name: str, description: str, *, again: bool) -> None:
        """Begin a migration's line."""
        self._sent = self._skipped = 0
        self._next_line = time.monotonic() + _EVERY
        if not self._quiet:
            told = f": {description}" if description else ""
            self._output.say(f"{name}{told}", "bold")
            if again:
                self._output.say("  goes on where it was interrupted", "yellow")

    def sent(self, name: str, cql: str, seconds: float) -> None:
        """Show a schema statement."""
        del name
        self._sent += 1
        if not self._quiet:
            self._output.say(f"  {_line(cql)}  ({seconds:.2f} s)")

    def skipped(self, name: str, cql: str) -> None:
        """Show a schema statement that was sent before."""
        del name
        if not self._quiet:
            self._output.say(f"  done before: {_line(cql)}", "dim")

    def scanned(self, name: str, table: str, rows: int, share: float) -> None:
        """Show how far a scan is."""
        percent = int(_HUNDRED * share)
        told = f"{table}: {rows:,} rows"
        self._output.progress(percent, _HUNDRED, told)
        if not sys.stderr.isatty() and time.monotonic() >= self._next_line:
            self._next_line = time.monotonic() + _EVERY
            self._output.note(f"{name}: {told}, {percent} %")

    def ended(self, name: str, seconds: float) -> None:
        """End a migration."""
        del name
        if not self._quiet:
            self._output.say(f"  done in {seconds:.2f} s", "green")


def _line(cql: str) -> str:
    return " ".join(cql.split())
