"""A comparison that failed: expected beside actual, in the very cells that differ where both are tables."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from coodie.livingdoc.page.text import e

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coodie.livingdoc.records import Json

Row = list[str]


def comparison(body: Json) -> str:
    """Write a failed comparison."""
    expected, actual = body.get("expected_rows"), body.get("actual_rows")
    if expected and actual and len({len(row) for row in (*expected, *actual)}) == 1:
        return _table(expected, actual)
    return _sides(body["expected"].splitlines(), body["actual"].splitlines())


def _table(expected: list[Row], actual: list[Row]) -> str:
    """Write one table of both: rows that only one side has are marked whole, others cell by cell."""
    rows: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(
        None, _keys(expected), _keys(actual), autojunk=False
    ).get_opcodes():
        common = min(b - a, d - c) if tag == "replace" else 0
        if tag == "equal":
            rows.extend(_row("", (e(cell) for cell in row)) for row in expected[a:b])
        for wanted, found in zip(expected[a : a + common], actual[c : c + common], strict=True):
            rows.append(_row("", (_cell(*pair) for pair in zip(wanted, found, strict=True))))
        if tag != "equal":
            missing, further = expected[a + common : b], actual[c + common : d]
            rows.extend(_row("missing", (f"<del>{e(cell)}</del>" for cell in row)) for row in missing)
            rows.extend(_row("not expected", (f"<ins>{e(cell)}</ins>" for cell in row)) for row in further)
    return (
        '<p class="legend"><del>expected</del> <ins>actual</ins></p>'
        f'<div class="scroll" tabindex="0"><table class="data cells"><tbody>{"".join(rows)}</tbody></table></div>'
    )


def _keys(rows: Iterable[Row]) -> list[tuple[str, ...]]:
    return [tuple(row) for row in rows]


def _row(note: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}<td class=note>{note}</td></tr>"


def _cell(wanted: str, found: str) -> str:
    return e(wanted) if wanted == found else f"<del>{e(wanted)}</del> <ins>{e(found)}</ins>"


def _sides(expected: list[str], actual: list[str]) -> str:
    left: list[str] = []
    right: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, expected, actual, autojunk=False).get_opcodes():
        wrap = ("{}\n", "{}\n") if tag == "equal" else ("<del>{}</del>\n", "<ins>{}</ins>\n")
        left.extend(wrap[0].format(e(line)) for line in expected[a:b])
        right.extend(wrap[1].format(e(line)) for line in actual[c:d])
    return (
        f'<div class="compare"><figure><figcaption>expected</figcaption><pre>{"".join(left)}</pre></figure>'
        f"<figure><figcaption>actual</figcaption><pre>{''.join(right)}</pre></figure></div>"
    )
