"""What axe finds wrong with a page for those who see, point or listen otherwise, in both themes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

FILE: Final = Path(__file__).parent / "vendor/axe.min.js"
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN: Final = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
# Else a colour is measured on its way from the other theme. What turns for ever has no end to go to.
SETTLED: Final = """() => {
  for (const one of document.getAnimations()) {
    if (one.effect.getComputedTiming().endTime !== Infinity) one.finish();
  }
}"""
THEMES: Final[tuple[Any, ...]] = ("light", "dark")


def findings(page: Page) -> list[str]:
    """Return what breaks WCAG 2.2 AA or good practice, a line for each element, once with each theme."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        page.evaluate(SETTLED)
        for violation in page.evaluate(RUN, RULES)["violations"]:
            found += [
                f"{theme}: {violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
                for node in violation["nodes"]
            ]
    page.emulate_media(color_scheme="dark")
    return found


@cache
def _source() -> str:
    return FILE.read_text(encoding="utf-8")
