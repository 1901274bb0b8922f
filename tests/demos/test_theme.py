import re
from pathlib import Path

import pytest
from demokit.pages import STATIC

from tests.demo_family import DEMOS, NAMES

CSS = (STATIC / "theme.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")
PAIRS = {name: (light, dark) for name, light, dark in COLOUR.findall(CSS)}
GROUNDS = ("bg", "surface", "raised", "sunken")
WORDS = ("text", "muted", "accent", "success", "danger", "warning")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("word", WORDS)
def test_words_can_be_read(theme: int, ground: str, word: str) -> None:
    assert contrast(PAIRS[word][theme], PAIRS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("colour", [name for name in PAIRS if name.startswith("code-")])
def test_code_can_be_read(theme: int, colour: str) -> None:
    assert contrast(PAIRS[colour][theme], PAIRS["sunken"][theme]) >= 4.5
    assert contrast(PAIRS[colour][theme], PAIRS["surface"][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_buttons_and_fields_can_be_told_from_the_page(theme: int) -> None:
    assert contrast(PAIRS["on-accent"][theme], PAIRS["accent"][theme]) >= 4.5
    for ground in ("bg", "surface", "raised"):
        assert contrast(PAIRS["control"][theme], PAIRS[ground][theme]) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_a_demo_has_its_own_two_colours_and_they_show(name: str) -> None:
    [path] = (DEMOS / name).rglob("templates/base.html")
    base = path.read_text(encoding="utf-8")
    assert base.startswith('{% extends "kit/base.html" %}')
    pairs = {one: (light, dark) for one, light, dark in COLOUR.findall(base)}
    assert set(pairs) == {"demo", "demo-2"}
    for theme in (0, 1):
        assert contrast(pairs["demo"][theme], PAIRS["surface"][theme]) >= 3


def test_nobody_is_made_to_watch_things_move() -> None:
    assert "prefers-reduced-motion: reduce" in CSS
    assert all(int(ms) < 200 for ms in re.findall(r"(\d+)ms", CSS))


def sent_to_browsers() -> list[Path]:
    files = [*STATIC.rglob("*"), *STATIC.parent.glob("**/templates/**/*")]
    files += [
        path
        for name in NAMES
        for folder in ("templates", "static")
        for path in (DEMOS / name).rglob(f"{folder}/**/*")
    ]
    return [
        path
        for path in files
        if path.suffix in {".html", ".css", ".js", ".svg"} and "vendor" not in path.parts
    ]


@pytest.mark.parametrize("path", sent_to_browsers(), ids=lambda path: str(path.relative_to(DEMOS)))
def test_pages_need_nothing_from_elsewhere_and_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text)
    assert not re.search(r"\son\w+=|\sstyle=|<script(?![^>]*\ssrc=)|javascript:", text)
