"""What a visitor does with a mouse beside pressing, and without one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from pytest_bdd import parsers, then, when

if TYPE_CHECKING:
    from steps.browser import Visitor

FAR = 200
FOCUSED = "(document.activeElement.ariaLabel || document.activeElement.textContent || '').trim()"


@when(parsers.parse('the visitor drags "{what}" to "{where}"'))
def drags(visitor: Visitor, what: str, where: str) -> None:
    """Drag the thing of that name to the region whose heading begins so."""
    visitor.begin()
    target = visitor.page.get_by_role("region", name=re.compile(rf"^{re.escape(where)}"))
    thing = visitor.page.get_by_role("link", name=what, exact=True).first
    thing.drag_to(target, target_position={"x": 24, "y": 24})


@when(parsers.parse('the visitor presses the keys to "{name}"'))
def tabs_to(visitor: Visitor, name: str) -> None:
    """Press Tab until that is focused, then Enter."""
    visitor.begin()
    for _ in range(FAR):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate(FOCUSED) == name:
            break
    else:
        raise AssertionError(f"no {name!r} within {FAR} presses of Tab")
    visitor.page.keyboard.press("Enter")


@when(parsers.parse('the visitor presses the keys to what begins "{start}"'))
def tabs_to_beginning(visitor: Visitor, start: str) -> None:
    """Press Tab until what is focused begins so, then Enter."""
    visitor.begin()
    for _ in range(FAR):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate(FOCUSED).startswith(start):
            break
    else:
        raise AssertionError(f"nothing begins with {start!r} within {FAR} presses of Tab")
    visitor.page.keyboard.press("Enter")


@then(parsers.parse('the keyboard is at "{name}"'))
def focus_is_at(visitor: Visitor, name: str) -> None:
    """Expect that what is focused has that name."""
    expect(visitor.page.locator(":focus")).to_have_text(name)
