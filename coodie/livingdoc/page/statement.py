"""A statement on the page: its text as it was sent, what was bound, what it cost, what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coodie.livingdoc.page.highlight import code
from coodie.livingdoc.page.text import e, milliseconds, plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coodie.livingdoc.records import Json

LONGEST_LINE = 40
_PHASES = {"server": "sent by the server", "fixtures": "sent by a fixture"}


def statement(body: Json) -> str:
    """Write a statement or a batch from its record (see `coodie.livingdoc.adapters`)."""
    language = body.get("language", "cql")
    parts = [f'<pre class="cql">{code(body["text"], language)}</pre>', _params(body["params"])]
    parts.extend(_values(alike) for alike in body.get("children", ()))
    if body.get("error"):
        parts.append(f'<p class="error"><b>{e(body["error"]["type"])}</b> {e(body["error"]["message"])}</p>')
    parts.extend(f'<p class="warn">{e(warning)}</p>' for warning in body.get("warnings", ()))
    facts = " · ".join(filter(None, _facts(body)))
    parts.append(f'<p class="facts">{facts}</p>' if facts else "")
    if body.get("rows"):
        parts.append(_rows(body["rows"]))
    named = "" if language == "cql" else f' data-language="{e(language)}"'
    return f'<div class="stmt"{named}>{"".join(parts)}</div>'


def _values(alike: Json) -> str:
    """Write what each of the same statements of a batch binds: of many, that of the first three and of the last."""
    shown = [_params(params) for params in alike["params"]]
    between = alike["count"] - len(shown)
    if between:
        told = f'<p class="facts">… the values of {between:,} more, and at last:</p>'
        shown.insert(-1, told)
    return "".join(shown)


def _params(params: list[Json]) -> str:
    if not params:
        return ""
    items = (
        f'<div title="{e(each["type"])}"><dt>{e(each["name"])}</dt><dd>{e(each["value"])}</dd></div>'
        for each in params
    )
    return f'<dl class="params">{"".join(items)}</dl>'


def _facts(body: Json) -> Iterable[str]:
    yield "" if body.get("ms") is None else f"<b>{e(milliseconds(body['ms']))}</b>"
    yield e(body.get("consistency") or "")
    count = body.get("partition_count", 0)
    if count == 1:
        yield "partition " + e(", ".join(body["partitions"][0].values()))
    elif count:
        yield e(plural(count, "partition"))
    yield "lightweight transaction" if body.get("conditional") else ""
    if not body.get("warnings"):  # which say the same in more words
        yield '<span class="flag">reads the whole table</span>' if body.get("scan") else ""
        yield '<span class="flag">filters</span>' if body.get("filtering") else ""
    yield e(body.get("driver") or "")
    yield from map(e, body.get("facts", ()))
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
