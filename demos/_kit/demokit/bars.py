"""The bar that a demo's commands show while they work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from rich.console import Console


def bar(out: Console, *, remaining: bool = False, transient: bool = False) -> Progress:
    """Make a bar with its description, how many of how many, and the time that it took.

    `remaining` adds the time that is left, for what takes minutes; a `transient` bar is gone when it is done.
    """
    columns: list[ProgressColumn] = [
        TextColumn("[cyan]{task.description}"),
        BarColumn(complete_style="cyan", finished_style="green"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    ]
    if remaining:
        columns.append(TimeRemainingColumn())
    return Progress(*columns, console=out, transient=transient)
