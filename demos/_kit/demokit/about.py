"""What a demo shows about itself and its family: its source and its scenarios, read from the files; the gallery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from demokit import highlight, running

if TYPE_CHECKING:
    from pathlib import Path

    from markupsafe import Markup

    from demokit.settings import Settings

FIRST: Final = ("models.py", "cassandra_models.py", "main.py", "app.py", "views.py", "api.py")
MADE: Final = ("migrations", "__init__.py")


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
        "listings": [_listing(path, "python", str(path.relative_to(folder))) for path in _modules(folder)],
        "nothing": "This demo has no module of its own.",
    }


def scenarios_page(folder: Path) -> dict[str, Any]:
    """Return what the scenarios page shows: the feature files that tell what the demo promises."""
    features = folder.parents[1] / "features" / "demos" / folder.name
    return {
        "heading": "Scenarios",
        "lead": "What this demo promises. `make test` in its folder runs every sentence against the app; "
        "`make spec` at the root writes reports/index.html, which shows the statements behind each step.",
        "listings": [_listing(path, "gherkin", path.name) for path in sorted(features.glob("*.feature"))],
        "nothing": f"The scenarios are in features/demos/{folder.name}/ of the repository, which is not here.",
    }


def gallery_page(settings: Settings) -> str | dict[str, Any]:
    """Return the gallery's address when it is open, else what to show in its place: the demos that run now."""
    if running.is_gallery(settings.gallery_url):
        return settings.gallery_url
    others = running.alive(settings.state_dir)
    return {"gallery": settings.gallery_url, "running": others}


def _modules(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*.py") if not {path.name, path.parent.name} & {*MADE}]
    places = {name: place for place, name in enumerate(FIRST)}
    return sorted(found, key=lambda path: (places.get(path.name, len(FIRST)), path))


def _listing(path: Path, language: str, name: str) -> Listing:
    text = path.read_text(encoding="utf-8")
    return Listing(name, len(text.splitlines()), highlight.code(text, language))
