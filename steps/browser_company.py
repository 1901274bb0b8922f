"""Two visitors at once, each with a window of their own, and what both see."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from pytest_bdd import parsers, then, when

from steps.browser import come

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from coodie.livingdoc.attach import LivingDoc
    from steps.browser import Visitor
    from steps.demo_app import DemoApp

PATIENCE = 20_000


@when(
    parsers.re(r"another visitor opens (?P<path>/\S*) on a (?P<screen>desktop|phone)"), target_fixture="other"
)
def another_opens(
    visitor: Visitor,
    visitors: list[Visitor],
    chromium: Browser,
    demo_app: DemoApp,
    livingdoc: LivingDoc,
    path: str,
    screen: str,
) -> Visitor:
    """Open a page in another window; the first visitor stays the one who acts."""
    assert visitor is visitors[-1]
    return come(visitors, chromium, demo_app, livingdoc, path, screen)


@when(parsers.parse('the other visitor presses "{name}"'))
def other_presses(other: Visitor, name: str) -> None:
    """Press a button or follow a link in the other window."""
    other.begin()
    other.find(name).click()


@when(parsers.parse('the other visitor types "{text}" into "{label}"'))
def other_types(other: Visitor, text: str, label: str) -> None:
    """Type into the field of that label in the other window."""
    other.begin()
    other.page.get_by_label(label, exact=True).fill(text)


@then(parsers.parse('the other page shows "{text}"'))
def other_shows(other: Visitor, text: str) -> None:
    """Wait until the words are in the other window, and take a picture."""
    expect(other.page.get_by_text(text).filter(visible=True).first).to_be_visible(timeout=PATIENCE)
    other.show(f"the other page: {text}")


@then(parsers.parse('both pages show the same of "{name}"'))
def both_agree(visitor: Visitor, other: Visitor, name: str) -> None:
    """Wait until the article of that name reads alike in both windows."""
    deadline = time.monotonic() + PATIENCE / 1000
    while len(found := {_read(each, name) for each in (visitor, other)}) > 1:
        assert time.monotonic() < deadline, f"they still differ: {found}"
        visitor.page.wait_for_timeout(200)
    visitor.show(name)
    other.show(f"{name}, the other page")


def _read(visitor: Visitor, name: str) -> str:
    return " ".join(visitor.page.get_by_role("article", name=name).inner_text().split())
