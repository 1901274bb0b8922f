"""The page in a browser: evidence beside the step, search, filter, keys, and no request but for the page itself."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from steps import axe
from tests.livingdoc.test_messages import BAD_DAYS, FAILING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
)
WIDE, NARROW = {"width": 1400, "height": 900}, {"width": 375, "height": 800}
ENDS = "library.ttl.a-session-ends-by-itself"
COLOURS = """
import pytest


@pytest.fixture(params=["aio", "sync"], autouse=True)
def colour(request):
    return request.param
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        if os.environ.get("COODIE_REQUIRE_BROWSER"):
            pytest.fail("COODIE_REQUIRE_BROWSER is set and no Chromium is installed")
        pytest.skip("no Chromium is installed")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - needed only where there is a browser

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture
def visit(project: Project, browser: Any) -> Iterator[Callable[..., Any]]:
    """Run the sample project in two colours and open its page; whatever the page asks for or throws is a failure."""
    project.write("phrases/colours.py", COLOURS)
    project.run()
    address = (project.root / "reports/index.html").as_uri()
    contexts, troubles = [], []

    def open_at(anchor: str = "", size: dict[str, int] = WIDE, **options: Any) -> Any:
        context = browser.new_context(viewport=size, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: said.type in {"error", "warning"} and troubles.append(said.text))
        page.on(
            "request", lambda asked: asked.url.startswith(("file:", "data:")) or troubles.append(asked.url)
        )
        page.goto(f"{address}#{anchor}")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not troubles


def test_the_evidence_of_a_linked_step_stands_beside_it(visit: Callable[..., Any]) -> None:
    page = visit(f"{ENDS}.2")
    beside = page.locator(".beside")
    assert "INSERT INTO" in beside.inner_text()
    assert "the same in aio" in beside.inner_text()
    assert beside.locator("button.copy").count() == 1


def test_a_model_that_stands_elsewhere_is_shown_beside_each_scenario(visit: Callable[..., Any]) -> None:
    page = visit("library.ttl.it-lives-for-seconds-seconds.x2.2")
    beside = page.locator(".beside .models")
    assert page.locator("main .models .same").count() >= 1
    assert "class Session" in beside.inner_text()
    assert beside.locator("figure.model").count() == 1


def test_pointing_and_pinning(visit: Callable[..., Any]) -> None:
    page = visit(f"{ENDS}.2")
    beside = page.locator(".beside h2")
    page.locator(f"[id='{ENDS}.3'] .sentence").hover()
    page.wait_for_function("document.querySelector('.beside h2').textContent.includes('nobody')")
    page.locator(f"[id='{ENDS}.2'] .sentence").click()
    page.locator(f"[id='{ENDS}.3'] .sentence").hover()
    page.wait_for_timeout(200)
    assert "ada" in beside.inner_text()


def test_keys(visit: Callable[..., Any]) -> None:
    page = visit(f"{ENDS}.1")
    page.keyboard.press("j")
    assert "ada" in page.locator(".beside h2").inner_text()
    page.keyboard.press("k")
    assert "a table" in page.locator(".beside h2").inner_text()
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.keyboard.press("?")
    assert page.locator("dialog.help").is_visible()


def test_another_run_of_the_scenario(visit: Callable[..., Any]) -> None:
    page = visit("library.ttl.a-text.1")
    page.keyboard.press("r")
    chosen = page.locator("[id='library.ttl.a-text'] input:checked")
    assert chosen.get_attribute("id").endswith(".run2")


def test_search_finds_cql_and_leads_there(visit: Callable[..., Any]) -> None:
    page = visit()
    page.keyboard.press("/")
    page.keyboard.type("select user from session")
    assert page.locator(".hits a").count() >= 1
    page.keyboard.press("Enter")
    assert "nobody finds it" in page.locator(".beside h2").inner_text()


@pytest.mark.parametrize(
    ("expression", "count"), [("@slow", 3), ("not @slow", 0), ("@none or (@slow and not @none)", 3)]
)
def test_tags_filter(visit: Callable[..., Any], expression: str, count: int) -> None:
    page = visit()
    page.keyboard.press("/")
    page.keyboard.type(expression)
    page.keyboard.press("Enter")
    assert page.locator("section.scenario:not([hidden])").count() == count
    assert f"{count} of 3" in page.locator(".filter").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("section.scenario:not([hidden])").count() == 3


def test_on_a_narrow_screen_evidence_folds_under_the_step(visit: Callable[..., Any]) -> None:
    page = visit(ENDS, NARROW)
    assert not page.locator(".beside").is_visible()
    page.locator(f"[id='{ENDS}.2'] .ev > summary").click()
    assert page.locator(f"[id='{ENDS}.2'] .stmt").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_without_javascript(visit: Callable[..., Any], size: dict[str, int]) -> None:
    page = visit(ENDS, size, java_script_enabled=False)
    page.locator(f"[id='{ENDS}.2'] .ev > summary").click()
    assert "INSERT INTO" in page.locator(f"[id='{ENDS}.2']").inner_text()
    text = page.locator("[id='library.ttl.a-text']")
    text.locator("label").nth(1).click()
    assert text.locator("input").nth(1).is_checked()


def test_a_click_on_a_step_makes_its_address_the_page_s(visit: Callable[..., Any]) -> None:
    page = visit()
    page.locator(f"[id='{ENDS}.3'] .sentence").click()
    assert page.url.endswith(f"#{ENDS}.3")
    page.locator(f"[id='{ENDS}.2'] a.kw").click()
    assert page.url.endswith(f"#{ENDS}.2")
    assert page.locator(".beside .meta a").get_attribute("href") == f"#{ENDS}.2"


def test_on_a_narrow_screen_the_highlight_follows(visit: Callable[..., Any]) -> None:
    page = visit(ENDS, NARROW)
    for number in (3, 2):
        page.locator(f"[id='{ENDS}.{number}'] .sentence").click()
        assert page.locator(".step.on").get_attribute("id") == f"{ENDS}.{number}"
        assert page.url.endswith(f"#{ENDS}.{number}")


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_picture_enlarges_and_goes_back(visit: Callable[..., Any], size: dict[str, int]) -> None:
    page = visit("library.ttl.a-text.2", size)
    if size is NARROW:
        page.locator("[id='library.ttl.a-text.2'] .ev > summary").click()
    shown = page.locator(".shot .pic").filter(visible=True)
    assert "data:image/png" in shown.first.evaluate("it => getComputedStyle(it).backgroundImage")
    page.get_by_role("button", name="enlarge").filter(visible=True).first.click()
    assert page.locator("dialog.light .pic").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog.light").is_visible()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_axe_finds_nothing(visit: Callable[..., Any], size: dict[str, int]) -> None:
    page = visit("library.ttl.a-text.2", size)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    assert axe.findings(page) == []


def test_axe_finds_nothing_in_a_failure(visit: Callable[..., Any], project: Project) -> None:
    project.write("phrases/failing.py", FAILING)
    project.feature(BAD_DAYS)
    project.run("features")
    page = visit("library.other.a-comparison-fails.2")
    assert axe.findings(page) == []
