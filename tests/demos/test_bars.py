import io

from demokit.bars import bar
from rich.console import Console


def shown(*, remaining: bool = False, transient: bool = False) -> str:
    """What a terminal has been sent by a bar that went half way."""
    terminal = io.StringIO()
    out = Console(file=terminal, force_terminal=True, color_system=None, width=100)
    with bar(out, remaining=remaining, transient=transient) as progress:
        progress.update(progress.add_task("copying loan", total=8), completed=4)
    return terminal.getvalue()


def test_a_bar_says_what_is_done_and_how_much_of_it() -> None:
    assert "copying loan" in shown()
    assert "4/8" in shown()


def test_what_takes_minutes_also_says_what_is_left() -> None:
    assert "-:--:--" in shown(remaining=True)
    assert "-:--:--" not in shown()


def test_a_bar_that_is_done_can_leave_no_trace() -> None:
    erased = "\x1b[1A\x1b[2K"
    assert shown(transient=True).endswith(erased)
    assert not shown().endswith(erased)
