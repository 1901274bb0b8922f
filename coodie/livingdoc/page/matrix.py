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

    cells: dict[str, dict[str, _Cell]] = {}
    for feature, _, example in book.examples():
        for run in example.runs:
            if run.label:
                cells.setdefault(feature.id, {}).setdefault(column(run), _Cell()).add(run)
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


class _Cell:
    """How the runs of one feature in one column ended, and why some of them could not be."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()

    def add(self, run: CaseRun) -> None:
        """Count a run."""
        self.count[word(run.status)] += 1
        if word(run.status) == "skipped":
            self.reasons[run.reason or "no reason was given"] += 1


def _row(feature: Feature, cells: dict[str, _Cell], columns: list[str]) -> str:
    parts = (_cell(cells.get(column, _Cell())) for column in columns)
    return f'<tr><th scope="row"><a href="#{e(feature.id)}">{e(feature.name)}</a></th>{"".join(parts)}</tr>'


def _cell(cell: _Cell) -> str:
    """Show the worst first, with a number where several differ; what was skipped opens and says why."""
    count = cell.count
    present = [kind for kind in _ORDER if count[kind]]
    if not present:
        return f'<td><span class="mark unrun">{NAMES["unrun"]}</span></td>'
    signs = " ".join(
        f'<span class="mark {kind}"><b aria-hidden="true">{SIGNS[kind]}</b>'
        f'{f" {count[kind]}" if len(present) > 1 else ""}<span class="vh"> {NAMES[kind]}</span></span>'
        for kind in present
    )
    if not cell.reasons:
        return f"<td>{signs}</td>"
    why = "".join(f"<li>{e(reason)} ({number})</li>" for reason, number in cell.reasons.most_common())
    return f"<td><details><summary>{signs}</summary><ul>{why}</ul></details></td>"
