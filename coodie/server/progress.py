"""How a long download is shown: a bar with rich on a terminal, two plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[str], None]


def quiet(_line: str) -> None:
    """Report nothing."""


def to_stderr(line: str) -> None:
    """Report on the error stream, so that a command's own output stays clean."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@contextmanager
def counting(title: str, total: int, report: Report) -> Iterator[Callable[[], None]]:
    """Show how many of `total` steps are done; the yielded function counts one."""
    try:
        from rich.console import Console  # noqa: PLC0415 - optional: the extra `embedded`
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415
    except ImportError:
        report(title)
        yield _nothing
        return
    console = Console(stderr=True)
    if report is not to_stderr or not console.is_terminal:
        report(title)
        yield _nothing
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)


def _nothing() -> None:
    pass
