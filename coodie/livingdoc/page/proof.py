"""Evidence on the page: statements, HTTP exchanges, images, texts, models and comparisons."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING

from coodie.livingdoc.page.highlight import code, cql
from coodie.livingdoc.page.text import e, milliseconds, plural
from coodie.livingdoc.records import COMPARISON, HTTP, MODEL, OMITTED, STATEMENT, Json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coodie.livingdoc.model import Proof

PHASES = {"server": "sent by the demo’s server", "fixtures": "sent by fixtures"}


def proofs(found: Sequence[Proof]) -> str:
    """Write all evidence of a step; what its fixtures sent is folded away."""
    preparing = [each for each in found if each.media == STATEMENT and each.body.get("phase") == "fixtures"]
    rest = [each for each in found if each not in preparing]
    folded = ""
    if preparing:
        inner = "".join(proof(each) for each in preparing)
        folded = (
            f'<details class="prep"><summary>{plural(len(preparing), "statement")} by fixtures</summary>'
            f"{inner}</details>"
        )
    return folded + "".join(proof(each) for each in rest)


def proof(found: Proof) -> str:
    """Write one piece of evidence."""
    match found.media:
        case _ if found.media == STATEMENT:
            return _statement(found.body)
        case _ if found.media == HTTP:
            return _http(found.body)
        case _ if found.media == MODEL:
            return model(found.body)
        case _ if found.media == COMPARISON:
            return _comparison(found.body)
        case _ if found.media == OMITTED:
            return _omitted(found.body)
        case _ if found.media.startswith("image/"):
            return (
                f'<figure class="shot"><img alt="{e(found.name)}" loading="lazy" decoding="async" '
                f'src="data:{e(found.media)};base64,{e(found.body)}"><figcaption>{e(found.name)}</figcaption></figure>'
            )
    caption = f"<figcaption>{e(found.name)}</figcaption>" if found.name else ""
    return f'<figure class="text">{caption}<pre>{_text(found.media, str(found.body))}</pre></figure>'


def model(body: Json) -> str:
    """Write the source code of a model."""
    place = f"{body['uri']}:{body['line']}"
    return (
        f'<figure class="model"><figcaption>{e(body["name"])} <span class="place">{e(place)}</span></figcaption>'
        f"<pre>{code(body['text'].rstrip(), 'python')}</pre></figure>"
    )


def _statement(body: Json) -> str:
    children: list[Json] = body.get("children", [])
    parts = [f'<pre class="cql">{cql(body["cql"])}</pre>', _params(body["params"])]
    parts.extend(_params(child["params"]) for child in children if child["params"])
    error = body.get("error")
    if error:
        parts.append(f'<p class="error"><b>{e(error["type"])}</b> {e(error["message"])}</p>')
    parts.extend(f'<p class="warn">⚠ {e(warning)}</p>' for warning in body.get("warnings", ()))
    parts.append(f'<p class="facts">{" · ".join(_facts(body))}</p>')
    if body.get("rows"):
        parts.append(_rows(body["rows"]))
    return f'<div class="stmt">{"".join(parts)}</div>'


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
    if body.get("consistency"):
        yield e(body["consistency"])
    partitions = body.get("partitions", [])
    if len(partitions) == 1:
        yield "partition " + e(", ".join(partitions[0].values()))
    elif partitions:
        yield e(plural(len(partitions), "partition"))
    if body.get("conditional"):
        yield "lightweight transaction"
    if body.get("scan"):
        yield "scans the table"
    if body.get("filtering"):
        yield "filters"
    yield e(body.get("driver", ""))
    if body.get("coordinator"):
        yield f"by {e(body['coordinator'])}"
    if body.get("phase") in PHASES:
        yield PHASES[body["phase"]]


def _rows(rows: Json) -> str:
    count, shown = rows["count"], rows["sample"]
    more = ", more pages follow" if rows.get("more") else ""
    part = f", the first {len(shown)} shown" if count > len(shown) else ""
    caption = f"<caption>{e(plural(count, 'row'))}{part}{more}</caption>"
    if not shown:
        return f'<p class="facts">no rows{more}</p>'
    head = "".join(
        f'<th scope="col" title="{e(cql_type)}">{e(column)}</th>'
        for column, cql_type in zip(rows["columns"], rows["types"], strict=False)
    )
    body = "".join("<tr>" + "".join(f"<td>{e(value)}</td>" for value in row) + "</tr>" for row in shown)
    return (
        f'<div class="scroll"><table class="rows">{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _http(body: Json) -> str:
    ms = "" if body.get("ms") is None else f" · {e(milliseconds(body['ms']))}"
    bodies = "".join(
        f"<details><summary>{name}</summary><pre>{_text(media, text)}</pre></details>"
        for name, media, text in (
            ("request body", "application/json", body.get("request", "")),
            ("response body", body.get("media_type", ""), body.get("response", "")),
        )
        if text
    )
    return (
        f'<div class="http"><p><b>{e(body["method"])}</b> <span class="url">{e(body["url"])}</span> '
        f'<span class="code">{e(body["status"])}</span><span class="facts">{ms}</span></p>{bodies}</div>'
    )


def _comparison(body: Json) -> str:
    actual, expected = body["actual"].splitlines(), body["expected"].splitlines()
    left, right = [], []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, expected, actual, autojunk=False).get_opcodes():
        left.extend(_line(line, tag != "equal", "del") for line in expected[a:b])
        right.extend(_line(line, tag != "equal", "ins") for line in actual[c:d])
    return (
        f'<div class="compare"><figure><figcaption>expected</figcaption><pre>{"".join(left)}</pre></figure>'
        f"<figure><figcaption>actual</figcaption><pre>{''.join(right)}</pre></figure></div>"
    )


def _line(line: str, differs: bool, element: str) -> str:  # noqa: FBT001
    return f"<{element}>{e(line)}</{element}>\n" if differs else f"{e(line)}\n"


def _omitted(body: Json) -> str:
    texts = "".join(f"<li>{count} × <code>{cql(text)}</code></li>" for text, count in body["texts"].items())
    return (
        f'<div class="omitted"><p>… {e(plural(body["count"], "more statement"))}:</p><ul>{texts}</ul></div>'
    )


def _text(media: str, text: str) -> str:
    if media.partition(";")[0].endswith("json"):
        try:
            return code(json.dumps(json.loads(text), indent=2, ensure_ascii=False), "json")
        except ValueError:
            return e(text)
    language = media.partition(";")[0].removeprefix("text/").removeprefix("x-").removeprefix("x.")
    return e(text) if language in {"plain", ""} else code(text, language)
