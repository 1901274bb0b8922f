"""Evidence on the page: statements, HTTP exchanges, images, texts, models and comparisons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coodie.livingdoc.page.compared import comparison
from coodie.livingdoc.page.highlight import code, cql
from coodie.livingdoc.page.statement import statement
from coodie.livingdoc.page.text import e, milliseconds, plural
from coodie.livingdoc.records import COMPARISON, HTTP, MODEL, OMITTED, STATEMENT, Json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coodie.livingdoc.model import Proof


def proofs(found: Sequence[Proof]) -> str:
    """Write all evidence of a step; what its fixtures sent is folded away."""
    preparing = [each for each in found if each.media == STATEMENT and each.body.get("phase") == "fixtures"]
    parts = []
    if preparing:
        inner = "".join(proof(each) for each in preparing)
        title = f"{plural(len(preparing), 'statement')} by fixtures"
        parts.append(f'<details class="prep"><summary>{title}</summary>{inner}</details>')
    parts.extend(proof(each) for each in found if each not in preparing)
    return "".join(parts)


def proof(found: Proof) -> str:
    """Write one piece of evidence."""
    if found.media in _WRITERS:
        return _WRITERS[found.media](found.body)
    if found.media.startswith("image/"):
        return (
            f'<figure class="shot"><img alt="{e(found.name)}" loading="lazy" decoding="async" '
            f'src="data:{e(found.media)};base64,{e(found.body)}"><figcaption>{e(found.name)}</figcaption></figure>'
        )
    caption = f"<figcaption>{e(found.name)}</figcaption>" if found.name else ""
    return f'<figure class="text">{caption}<pre>{_text(found.media, str(found.body))}</pre></figure>'


def model(body: Json) -> str:
    """Write the source code of a model."""
    return (
        f'<figure class="model"><figcaption>{e(body["name"])} <span class="place">{e(body["uri"])}:{body["line"]}'
        f"</span></figcaption><pre>{code(body['text'].rstrip(), 'python')}</pre></figure>"
    )


def _http(body: Json) -> str:
    bodies = "".join(
        f"<details><summary>{name}</summary><pre>{_text(media, text)}</pre></details>"
        for name, media, text in (
            ("request", "application/json", body.get("request", "")),
            ("response", body.get("media_type", ""), body.get("response", "")),
        )
        if text
    )
    ms = "" if body.get("ms") is None else f'<p class="facts"><b>{e(milliseconds(body["ms"]))}</b></p>'
    return (
        f'<div class="http"><p class="exchange"><b>{e(body["method"])}</b> <span class="url">{e(body["url"])}</span> '
        f'<span class="code">{e(body["status"])}</span></p>{ms}{bodies}</div>'
    )


def _omitted(body: Json) -> str:
    texts = "".join(
        f"<li>{e(plural(count, 'time'))} <code>{cql(text)}</code></li>"
        for text, count in body["texts"].items()
    )
    return f'<div class="omitted"><p>… and {e(plural(body["count"], "more statement"))}</p><ul>{texts}</ul></div>'


def _text(media: str, text: str) -> str:
    kind = media.partition(";")[0]
    if kind.endswith("json"):
        try:
            return code(json.dumps(json.loads(text), indent=2, ensure_ascii=False), "json")
        except ValueError:
            return e(text)
    language = kind.removeprefix("text/").removeprefix("x-").removeprefix("x.")
    return e(text) if language in {"plain", ""} else code(text, language)


_WRITERS: dict[str, Callable[[Json], str]] = {
    STATEMENT: statement,
    HTTP: _http,
    MODEL: model,
    COMPARISON: comparison,
    OMITTED: _omitted,
}
