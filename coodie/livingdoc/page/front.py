"""The title page: how the run went, what failed, what could not run and why, where everything holds, the last runs."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coodie.livingdoc.page.cards import cards, slowest
from coodie.livingdoc.page.marks import mark, sign, word
from coodie.livingdoc.page.matrix import matrix
from coodie.livingdoc.page.text import duration, e, plural, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coodie.livingdoc.history import Entry
    from coodie.livingdoc.model import Book

_SHOWN_RUNS = 12


def totals(book: Book) -> Counter[str]:
    """Count the examples by their worst run."""
    return Counter(word(example.status) for _, _, example in book.examples())


def where(book: Book) -> str:
    """Name the servers of all merged runs."""
    return ", ".join(dict.fromkeys(facts["server"] for facts in book.environments if facts.get("server")))


def _through(book: Book) -> str:
    """Name the drivers of all merged runs."""
    found = {name for facts in book.environments for name in facts.get("driver", "").split(", ") if name}
    if not found:
        return ""
    *others, last = sorted(found)
    return f" through {', '.join(others)} and {last}" if others else f" through {last}"


def front(book: Book, project: str, history: Sequence[Entry]) -> str:
    """Write the title page."""
    about = next((facts["about"] for facts in book.environments if facts.get("about")), "")
    lead = f'<p class="lead">{e(about)}</p>' if about else ""
    return (
        f'<section class="title" id="top"><h1>{e(project)}</h1>{lead}<p class="summary">{_summary(book)}</p>'
        f"{_absent(book)}{_failures(book)}{_repeated(book)}{cards(book)}{_skipped(book)}"
        f"{_fold('where it holds', matrix(book))}"
        f"{_fold('the slowest scenarios', slowest(book))}"
        f"{_fold('the last runs', _history(history))}{_fold('this run', _environment(book))}</section>"
    )


def _summary(book: Book) -> str:
    count, runs = totals(book), sum(len(example.runs) for _, _, example in book.examples())
    scenarios = count["passed"] + count["failed"] + count["skipped"]
    parts = [
        f"{plural(count['passed'], 'scenario')} passed in every run",
        f"{count['failed']:,} failed" if count["failed"] else "none failed",
    ]
    if count["skipped"]:
        parts.append(f"{count['skipped']:,} could not run here")
    when = datetime.fromtimestamp(book.started, UTC)
    day = f"{when.day} {when:%B %Y}"
    place = f"On {e(where(book) + _through(book))}, {day}" if where(book) else f"On {day}"
    unrun = f" {plural(count['unrun'], 'scenario')} of these features did not run." if count["unrun"] else ""
    ran = f"{plural(scenarios, 'scenario')} in {plural(runs, 'run')}"
    return f"{place}: {ran}; {', '.join(parts)}.{unrun}"


def _failures(book: Book) -> str:
    items = [
        f'<li>{sign(example.status)} <a href="#{e(scenario.id)}">{e(example.name or scenario.name)}</a> '
        f'<span class="from">{e(feature.name)}</span></li>'
        for feature, scenario, example in book.examples()
        if word(example.status) == "failed"
    ]
    return f'<h2 id="failed">Failed</h2><ul class="list">{"".join(items)}</ul>' if items else ""


def _absent(book: Book) -> str:
    """Write what should stand in the document and does not: what could not be collected, whose process ended."""
    items = [f"<li><code>{e(place)}</code><pre>{e(why)}</pre></li>" for place, why in book.absent]
    return f'<h2>Not in this document</h2><ul class="list absent">{"".join(items)}</ul>' if items else ""


def _repeated(book: Book) -> str:
    """Write which scenarios passed only when they were repeated: a reader should trust them less."""
    items = [
        f'<li><a href="#{e(scenario.id)}">{e(example.name or scenario.name)}</a> <span class="from">{e(feature.name)}'
        f"</span></li>"
        for feature, scenario, example in book.examples()
        if any(run.superseded for run in example.runs) and word(example.status) == "passed"
    ]
    return f'<h2>Passed when repeated</h2><ul class="list">{"".join(items)}</ul>' if items else ""


def _skipped(book: Book) -> str:
    reasons: dict[str, dict[str, str]] = {}
    for feature, scenario, example in book.examples():
        for run in example.runs:
            if word(run.status) == "skipped":
                reasons.setdefault(run.reason, {})[scenario.id] = f"{feature.name}: {scenario.name}"
    if not reasons:
        return ""
    parts = []
    for reason, found in reasons.items():
        links = "".join(f'<li><a href="#{e(own)}">{e(name)}</a></li>' for own, name in found.items())
        parts.append(f'<p>{mark("SKIPPED", reason)}</p><ul class="list">{links}</ul>')
    count = len({own for found in reasons.values() for own in found})
    return _fold(f"{plural(count, 'scenario')} skipped, and why", "".join(parts), "skipped")


def _environment(book: Book) -> str:
    parts = []
    for facts in book.environments:
        items = (
            f"<div><dt>{e(key)}</dt><dd>{e(value)}</dd></div>"
            for key, value in facts.items()
            if key not in {"project", "about", "chapters"}
        )
        parts.append(f'<dl class="env">{"".join(items)}</dl>')
    return "".join(parts)


def _history(history: Sequence[Entry]) -> str:
    if len(history) < 2:  # noqa: PLR2004 - this run alone is no history
        return ""
    rows = [
        [
            f"{datetime.fromtimestamp(entry['started'], UTC):%Y-%m-%d %H:%M}",
            entry["revision"],
            f"{entry['passed']:,}",
            f"{entry['failed']:,}",
            f"{entry['skipped']:,}",
            duration(entry["seconds"]),
        ]
        for entry in reversed(history[-_SHOWN_RUNS:])
    ]
    return table(["when (UTC)", "revision", "passed", "failed", "skipped", "took"], rows, "figures")


def _fold(title: str, body: str, own: str = "") -> str:
    identity = f' id="{own}"' if own else ""
    return f"<details{identity}><summary>{title}</summary>{body}</details>" if body else ""
