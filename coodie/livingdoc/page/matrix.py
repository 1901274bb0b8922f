"""The capability matrix: which feature holds with which colour and driver, on which server."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coodie.livingdoc.page.marks import NAMES, SIGNS, word
from coodie.livingdoc.page.text import e

if TYPE_CHECKING:
    from coodie.livingdoc.model import Book, CaseRun, Feature

_ORDER = ("failed", "passed", "skipped")


def matrix(book: Book) -> str:
    """Write the matrix; empty when no run bears a colour or a driver."""
    servers = {run.environment.get("server", "") for _, _, example in book.examples() for run in example.runs}

    def column(run: CaseRun) -> str:
        return f"{run.label} · {run.environment.get('server', '')}" if len(servers) > 1 else run.label

    cells: dict[str, dict[str, Counter[str]]] = {}
    for feature, _, example in book.examples():
        for run in example.runs:
            if run.label:
                cells.setdefault(feature.id, {}).setdefault(column(run), Counter())[word(run.status)] += 1
    columns = list(dict.fromkeys(name for row in cells.values() for name in row))
    if not columns:
        return ""
    head = "".join(f'<th scope="col">{e(name)}</th>' for name in columns)
    rows = "".join(
        _row(feature, cells[feature.id], columns) for feature in book.features if feature.id in cells
    )
    return (
        '<div class="scroll" tabindex="0"><table class="matrix"><thead><tr><th scope="col">feature</th>'
        f"{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(feature: Feature, cells: dict[str, Counter[str]], columns: list[str]) -> str:
    parts = (_cell(cells.get(column, Counter())) for column in columns)
    return f'<tr><th scope="row"><a href="#{e(feature.id)}">{e(feature.name)}</a></th>{"".join(parts)}</tr>'


def _cell(count: Counter[str]) -> str:
    """Show the worst first; a number stands by each where several differ."""
    present = [kind for kind in _ORDER if count[kind]]
    signs = (
        f'<span class="mark {kind}"><b aria-hidden="true">{SIGNS[kind]}</b>'
        f'{f" {count[kind]}" if len(present) > 1 else ""}<span class="vh"> {NAMES[kind]}</span></span>'
        for kind in present
    )
    return f"<td>{' '.join(signs)}</td>"
