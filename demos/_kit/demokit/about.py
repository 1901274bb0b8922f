"""What a demo shows about itself: its source and its scenarios, read from the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from demokit import highlight

if TYPE_CHECKING:
    from pathlib import Path

    from markupsafe import Markup

MODULES: Final = ("models.py", "main.py", "app.py", "api.py", "seed.py")


@dataclass(frozen=True)
class Listing:
    """A file to read on a page."""

    name: str
    lines: int
    code: Markup


def source_page(folder: Path) -> dict[str, Any]:
    """Return what the source page shows: the demo's modules, the models first."""
    return {
        "heading": "Source",
        "lead": "Every line of this demo, models first. What all demos share is in demos/_kit/.",
        "listings": [_listing(folder / name, "python") for name in MODULES if (folder / name).is_file()],
        "nothing": "This demo has no module of its own.",
    }


def scenarios_page(folder: Path) -> dict[str, Any]:
    """Return what the scenarios page shows: the feature files that tell what the demo promises."""
    features = folder.parents[1] / "features" / "demos" / folder.name
    return {
        "heading": "Scenarios",
        "lead": "What this demo promises. `make test` in its folder runs every sentence against the app; "
        "`make spec` at the root writes reports/index.html, which shows the statements behind each step.",
        "listings": [_listing(path, "gherkin") for path in sorted(features.glob("*.feature"))],
        "nothing": f"The scenarios are in features/demos/{folder.name}/ of the repository, which is not here.",
    }


def _listing(path: Path, language: str) -> Listing:
    text = path.read_text(encoding="utf-8")
    return Listing(path.name, len(text.splitlines()), highlight.code(text, language))
