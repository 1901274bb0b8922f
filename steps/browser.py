"""A visitor of a demo's pages, in Chromium: what is seen stands beside the step as a picture."""

from __future__ import annotations

import base64
import os
import re
import shutil
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright
from pytest_bdd import parsers, then, when

from steps import axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from coodie.livingdoc.attach import LivingDoc
    from steps.demo_app import DemoApp

SCREENS = {"desktop": (1280, 860), "phone": (375, 812)}
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
REQUIRED, PICTURES = "COODIE_REQUIRE_BROWSER", "COODIE_PICTURES"
DEVELOP = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', 0.75);
}"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Visitor:
    """One person with one page open; everything that goes wrong is noted."""

    page: Page
    context: BrowserContext
    app: DemoApp
    livingdoc: LivingDoc
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._heard(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.context.on("request", lambda request: self._asked(request.url))

    def begin(self) -> None:
        """Tell the app for which step it works from now on."""
        self.context.set_extra_http_headers(self.livingdoc.headers)

    def show(self, name: str) -> None:
        """Take a picture of what is on the screen."""
        self.page.evaluate("document.fonts.ready")
        if self.livingdoc.enabled:
            shot = self.page.screenshot(animations="disabled")
            self.livingdoc.attach_image(name, smaller(shot, self.context.browser), "image/webp")

    def find(self, name: str) -> Locator:
        """Find what a person would press, by its words."""
        exact = re.compile(rf"^\s*{re.escape(name)}", re.IGNORECASE)
        button, link = self.page.get_by_role("button", name=exact), self.page.get_by_role("link", name=exact)
        fold = self.page.locator("summary").filter(has_text=exact)
        return button.or_(link).or_(fold).filter(visible=True).first

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(f"{kind}: {text}")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme.startswith("http") and parts.hostname != "127.0.0.1":
            self.elsewhere.append(url)


def smaller(png: bytes, browser: Browser | None) -> bytes:
    """Turn a PNG into a WebP, which takes a third of the room and looks the same."""
    assert browser is not None
    address: str = _darkroom(browser).evaluate(DEVELOP, base64.b64encode(png).decode())
    return base64.b64decode(address.removeprefix("data:image/webp;base64,"))


@cache
def _darkroom(browser: Browser) -> Page:
    """A blank page of our own: one that is tested may forbid pictures that are not its own."""
    return browser.new_page()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; where there is none its scenarios are skipped, unless one is required."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"no Chromium is installed, and {REQUIRED}=1 asks for one", pytrace=False)
        pytest.skip(f"no Chromium is installed; with {REQUIRED}=1 this would be a failure")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visitors() -> Iterator[list[Visitor]]:
    """The visitor of this scenario, once one has come."""
    came: list[Visitor] = []
    yield came
    for visitor in came:
        visitor.context.close()


@pytest.fixture
def visitor(visitors: list[Visitor]) -> Visitor:
    """The visitor who has come."""
    return visitors[-1]


@when(parsers.re(r"a visitor opens (?P<path>/\S*) on a (?P<screen>desktop|phone)"))
def opens(
    visitors: list[Visitor],
    chromium: Browser,
    demo_app: DemoApp,
    livingdoc: LivingDoc,
    path: str,
    screen: str,
) -> None:
    """Open a page on a screen of that size."""
    come(visitors, chromium, demo_app, livingdoc, path, screen)


def come(
    visitors: list[Visitor],
    chromium: Browser,
    demo_app: DemoApp,
    livingdoc: LivingDoc,
    path: str,
    screen: str,
) -> Visitor:
    """Let one more visitor come, with a window of their own."""
    width, height = SCREENS[screen]
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        is_mobile=screen == "phone",
        has_touch=screen == "phone",
        color_scheme="dark",
    )
    visitors.append(Visitor(context.new_page(), context, demo_app, livingdoc))
    visitor = visitors[-1]
    visitor.begin()
    visitor.page.goto(demo_app.url + path)
    visitor.show(f"{path} on a {screen}")
    return visitor


@when(parsers.parse('the visitor types "{text}" into "{label}"'))
def types(visitor: Visitor, text: str, label: str) -> None:
    """Type into the field of that label."""
    visitor.begin()
    visitor.page.get_by_label(label, exact=True).fill(text)


@when(parsers.parse('the visitor chooses "{option}" for "{label}"'))
def chooses(visitor: Visitor, option: str, label: str) -> None:
    """Choose an option of the field of that label."""
    visitor.begin()
    visitor.page.get_by_label(label, exact=True).select_option(label=option)


@when(parsers.parse('the visitor presses "{name}"'))
def presses(visitor: Visitor, name: str) -> None:
    """Press a button or follow a link."""
    visitor.begin()
    visitor.find(name).click()


@then(parsers.parse('the page shows "{text}"'))
def page_shows(visitor: Visitor, text: str) -> None:
    """Wait until the words are on the page, and take a picture."""
    expect(visitor.page.get_by_text(text).filter(visible=True).first).to_be_visible(timeout=10_000)
    visitor.show(text)


@then(parsers.parse('within {seconds:d} seconds the page shows "{text}"'))
def page_shows_in_time(visitor: Visitor, seconds: int, text: str) -> None:
    """Wait longer until the words are on the page, and take a picture."""
    shown = visitor.page.get_by_text(text).filter(visible=True).first
    expect(shown).to_be_visible(timeout=seconds * 1000)
    visitor.show(text)


@then(parsers.parse('under the hood stands "{text}"'))
def drawer_shows(visitor: Visitor, text: str) -> None:
    """Wait until the words are in the drawer, and take a picture."""
    expect(visitor.page.locator("#hood").get_by_text(text).first).to_be_visible(timeout=10_000)
    visitor.show(f"under the hood: {text}")


@then(parsers.parse('within {seconds:d} seconds the page no longer shows "{text}"'))
def page_hides(visitor: Visitor, seconds: int, text: str) -> None:
    """Wait until the words are gone, and take a picture."""
    expect(visitor.page.locator("main").get_by_text(text)).to_have_count(0, timeout=seconds * 1000)
    visitor.show(f"without “{text}”")


@then("this is the picture of its README")
def picture(visitor: Visitor) -> None:
    """Take a picture; with COODIE_PICTURES=1 it also becomes the one in the demo's folder."""
    visitor.page.mouse.move(0, 0)
    visitor.show("README")
    if os.environ.get(PICTURES) == "1":
        visitor.page.screenshot(path=visitor.app.folder / "screenshot.png", animations="disabled")


@then("nothing is wrong with the page")
def page_is_sound(visitor: Visitor) -> None:
    """Expect what the step below expects, and no finding of axe in either theme."""
    browser_is_content(visitor)
    assert axe.findings(visitor.page) == []


@then("the browser complains of nothing")
def browser_is_content(visitor: Visitor) -> None:
    """Expect no message in the console, no request to another machine, nothing wider than the screen."""
    assert visitor.complaints == []
    assert visitor.elsewhere == []
    assert visitor.page.evaluate(WIDER) <= 0
