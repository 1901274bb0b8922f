"""A statement on the page: its CQL as it was sent, what was bound, what it cost, what came back."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from coodie.livingdoc.page.highlight import cql
from coodie.livingdoc.page.text import e, milliseconds, plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coodie.livingdoc.records import Json

LONGEST_LINE = 40
FEW_ALIKE = 4
_PHASES = {"server": "sent by the server", "fixtures": "sent by a fixture"}


def statement(body: Json) -> str:
    """Write a statement or a batch from its record (see `coodie.observation.describe`)."""
    parts = [f'<pre class="cql">{cql(shortened(body["cql"]))}</pre>', _params(body["params"])]
    parts.extend(_values(list(alike)) for _, alike in groupby(body.get("children", ()), key=_text))
    if body.get("error"):
        parts.append(f'<p class="error"><b>{e(body["error"]["type"])}</b> {e(body["error"]["message"])}</p>')
    parts.extend(f'<p class="warn">{e(warning)}</p>' for warning in body.get("warnings", ()))
    parts.append(f'<p class="facts">{" · ".join(filter(None, _facts(body)))}</p>')
    if body.get("rows"):
        parts.append(_rows(body["rows"]))
    return f'<div class="stmt">{"".join(parts)}</div>'


def shortened(text: str) -> str:
    """Write a line that follows itself again and again once, with a count: a batch of one statement, many times."""
    lines = []
    for line, alike in groupby(text.split("\n")):
        count = len(list(alike))
        lines += [line, f"  -- and {count - 1:,} times more"] if count > FEW_ALIKE else [line] * count
    return "\n".join(lines)


def _text(child: Json) -> object:
    return child["cql"]


def _values(alike: list[Json]) -> str:
    """Write what each of the same statements of a batch binds: of many, that of the first three and of the last."""
    if len(alike) <= FEW_ALIKE:
        return "".join(_params(child["params"]) for child in alike)
    shown = "".join(_params(child["params"]) for child in alike[: FEW_ALIKE - 1])
    between = len(alike) - FEW_ALIKE
    return f'{shown}<p class="facts">… the values of {between:,} more, and at last:</p>{_params(alike[-1]["params"])}'


def _params(params: list[Json]) -> str:
    if not params:
        return ""
    items = (
        f'<div title="{e(each["type"])}"><dt>{e(each["name"])}</dt><dd>{e(each["value"])}</dd></div>'
        for each in params
    )
    return f'<dl class="params">{"".join(items)}</dl>'


def _facts(body: Json) -> Iterable[str]:
    yield f"<b>{e(milliseconds(body['ms']))}</b>"
    yield e(body.get("consistency") or "")
    partitions = body.get("partitions", [])
    if len(partitions) == 1:
        yield "partition " + e(", ".join(partitions[0].values()))
    elif partitions:
        yield e(plural(len(partitions), "partition"))
    yield "lightweight transaction" if body.get("conditional") else ""
    if not body.get("warnings"):  # which say the same in more words
        yield '<span class="flag">reads the whole table</span>' if body.get("scan") else ""
        yield '<span class="flag">filters</span>' if body.get("filtering") else ""
    yield e(body.get("driver") or "")
    yield _PHASES.get(body.get("phase", ""), "")


def _rows(rows: Json) -> str:
    count, shown = rows["count"], rows["sample"]
    more = ", more pages follow" if rows.get("more") else ""
    if not shown:
        return f'<p class="facts">no rows{more}</p>'
    part = f", the first {len(shown)} shown" if count > len(shown) else ""
    head = "".join(
        f'<th scope="col" title="{e(cql_type)}">{e(column)}</th>'
        for column, cql_type in zip(rows["columns"], rows["types"], strict=False)
    )
    body = "".join("<tr>" + "".join(map(_value, row)) + "</tr>" for row in shown)
    return (
        f'<div class="scroll" tabindex="0"><table class="rows"><caption>{e(plural(count, "row"))}{part}{more}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _value(value: str) -> str:
    shape = " class=long" if len(value) > LONGEST_LINE else ""
    return f"<td{shape}>{e(value)}</td>"
