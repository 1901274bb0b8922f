"""The whole page: head, bar, tree, title page and chapters, with style and script in place."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from coodie.livingdoc.page.chapter import chapter, folder_name
from coodie.livingdoc.page.front import front, totals, where
from coodie.livingdoc.page.marks import NAMES, SIGNS, sign, word
from coodie.livingdoc.page.pictures import sheet
from coodie.livingdoc.page.shelf import Shelf
from coodie.livingdoc.page.text import duration, e

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coodie.livingdoc.history import Entry
    from coodie.livingdoc.model import Book, Feature, Scenario

_BEGINNING = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
)


def page(book: Book, history: Sequence[Entry]) -> str:
    """Write the page."""
    project = next((facts["project"] for facts in book.environments if facts.get("project")), "specification")
    shelf = Shelf()
    chapters = "".join(chapter(feature, shelf) for feature in book.features)
    return (
        f"{_BEGINNING}<title>{e(project)} · specification</title><style>{_style(book)}</style></head><body>"
        f'<a class="skip" href="#content">Skip to the text</a>{_bar(book, project)}<div class="columns">'
        f'<nav class="tree" id="tree" aria-label="Contents">{_tree(book.features)}</nav>'
        f'<main id="content" tabindex="-1">{front(book, project, history)}{chapters}</main>'
        '<aside class="beside" aria-label="Evidence of the step" hidden></aside></div>'
        f"<script>{_asset('viewer.js')}</script>{sheet(book)}</body></html>\n"
    )


def _bar(book: Book, project: str) -> str:
    count = totals(book)
    marks = " ".join(_total(kind, count[kind]) for kind in ("passed", "failed", "skipped"))
    place = " · ".join(filter(None, (where(book), duration(book.finished - book.started))))
    return (
        '<header class="bar"><input class="vh" type="checkbox" id="show-tree" aria-label="Show the contents">'
        '<label class="to-tree" for="show-tree">Contents</label>'
        f'<p class="brand"><a href="#top"><b>{e(project)}</b> specification</a></p><div class="find"></div>'
        f'<p class="status">{marks}</p><p class="where">{e(place)}</p></header>'
    )


def _total(kind: str, count: int) -> str:
    shade = kind if count else "none"
    return (
        f'<a class="mark {shade}" href="#{kind}" data-status="{kind}" title="{count:,} {NAMES[kind]}">'
        f'<b aria-hidden="true">{SIGNS[kind]}</b> {count:,}<span class="vh"> {NAMES[kind]}</span></a>'
    )


def _tree(features: Sequence[Feature], depth: int = 0) -> str:
    items: list[str] = []
    folders: dict[str, list[Feature]] = {}
    for feature in features:
        if len(feature.folders) > depth:
            folders.setdefault(feature.folders[depth], []).append(feature)
        else:
            items.append(_feature(feature))
    for folder, inside in folders.items():
        name = e(folder_name(folder))
        items.append(
            f'<li class="folder"><p class="d{min(depth, 2)}">{name}</p>{_tree(inside, depth + 1)}</li>'
        )
    return f"<ul>{''.join(items)}</ul>"


def _feature(feature: Feature) -> str:
    parts = []
    for rule in feature.rules:
        scenarios = "".join(_entry(scenario) for scenario in rule.scenarios)
        title = f'<a class="rule" href="#{e(rule.id)}">{e(rule.name)}</a>' if rule.name else ""
        parts.append(f"<li>{title}<ul>{scenarios}</ul></li>" if title else scenarios)
    flag = "" if word(feature.status) == "passed" else f" {sign(feature.status)}"
    return (
        f'<li class="chapter"><a class="to" href="#{e(feature.id)}">{e(feature.name)}</a>{flag}<details><summary>'
        f'<span class="vh">scenarios of {e(feature.name)}</span></summary><ul>{"".join(parts)}</ul></details></li>'
    )


def _entry(scenario: Scenario) -> str:
    flag = "" if word(scenario.status) == "passed" else f" {sign(scenario.status)}"
    return f'<li><a href="#{e(scenario.id)}">{e(scenario.name)}</a>{flag}</li>'


def _asset(name: str) -> str:
    return files("coodie.livingdoc").joinpath("assets", name).read_text("utf-8")


def _style(book: Book) -> str:
    """Return the style, with rules that let the radio buttons of a scenario choose among its runs."""
    most = max((len(example.runs) for _, _, example in book.examples()), default=0)
    rules = []
    for run in range(most if most > 1 else 0):
        chosen = f".case>input:nth-of-type({run + 1})"
        rules.append(
            f"{chosen}:checked~.rv:not(.r{run}),{chosen}:checked~.steps .rv:not(.r{run}){{display:none}}"
        )
        label = f"~.runs label:nth-of-type({run + 1})"
        rules.append(f"{chosen}:checked{label}{{border-color:var(--accent);color:var(--ink)}}")
        rules.append(f"{chosen}:focus-visible{label}{{outline:2px solid var(--accent)}}")
    return _asset("viewer.css") + "\n".join(rules)
