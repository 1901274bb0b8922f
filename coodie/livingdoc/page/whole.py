"""The whole page: head, bar, tree, title page and chapters, with style and script in place."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

from coodie.livingdoc.page.chapter import chapter, folder_name
from coodie.livingdoc.page.scenario import MARKS
from coodie.livingdoc.page.text import duration, e

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coodie.livingdoc.history import Entry
    from coodie.livingdoc.model import Book, Feature

FIRST_FACTS = ("server", "driver")


def page(book: Book, history: Sequence[Entry]) -> str:
    """Write the page."""
    del history
    project = next((facts["project"] for facts in book.environments if "project" in facts), "specification")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
        f"<title>{e(project)} · specification</title><style>{_asset('viewer.css')}</style></head><body>"
        f'<a class="skip" href="#content">Skip to the text</a>{_bar(book, project)}<div class="columns">'
        f'<nav class="tree" aria-label="Contents">{_tree(book.features)}</nav>'
        f'<main id="content" tabindex="-1">{_title_page(book, project)}{"".join(chapter(each) for each in book.features)}'
        f'</main><aside class="beside" aria-label="Evidence" hidden></aside></div>'
        f"<script>{_asset('viewer.js')}</script></body></html>\n"
    )


def totals(book: Book) -> Counter[str]:
    """Count the examples by their worst run."""
    return Counter(
        MARKS.get(example.status, ("", "failed"))[1] if example.status else ""
        for _, _, example in book.examples()
    )


def _bar(book: Book, project: str) -> str:
    count = totals(book)
    counts = "".join(
        f'<span class="mark {word}" title="{count[word]} {word}"><b>{sign}</b> {count[word]:,}<span class="word"> {word}</span></span> '
        for sign, word in (("✓", "passed"), ("✗", "failed"), ("◌", "skipped"))
    )
    return (
        f'<header class="bar"><p class="brand"><a href="#top">{e(project)}</a> <span>specification</span></p>'
        f'<p class="status">{counts}<span class="where">{e(_where(book))} · {duration(book.finished - book.started)}</span></p>'
        "</header>"
    )


def _where(book: Book) -> str:
    return ", ".join(dict.fromkeys(facts["server"] for facts in book.environments if facts.get("server")))


def _tree(features: Sequence[Feature], depth: int = 0) -> str:
    items, folders = [], {}
    for feature in features:
        if len(feature.folders) > depth:
            folders.setdefault(feature.folders[depth], []).append(feature)
        else:
            items.append(f'<li><a href="#{e(feature.id)}">{e(feature.name)}</a></li>')
    for folder, inside in folders.items():
        items.append(
            f"<li><details open><summary>{e(folder_name(folder))}</summary>{_tree(inside, depth + 1)}</details></li>"
        )
    return f"<ul>{''.join(items)}</ul>"


def _title_page(book: Book, project: str) -> str:
    when = datetime.fromtimestamp(book.started, UTC)
    facts = "".join(
        f"<div><dt>{e(key)}</dt><dd>{e(value)}</dd></div>"
        for each in book.environments
        for key, value in each.items()
    )
    return (
        f'<section class="title" id="top"><h1>{e(project)}</h1><p>{when:%d %B %Y, %H:%M} UTC</p>'
        f'<dl class="env">{facts}</dl></section>'
    )


def _asset(name: str) -> str:
    return files("coodie.livingdoc").joinpath("assets", name).read_text("utf-8")
