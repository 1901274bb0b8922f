"""Evidence on the page: statements, HTTP exchanges, images, texts, models and comparisons."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from coodie.livingdoc.page.compared import comparison
from coodie.livingdoc.page.highlight import code
from coodie.livingdoc.page.pictures import is_picture, picture
from coodie.livingdoc.page.statement import statement
from coodie.livingdoc.page.text import e, milliseconds, plural
from coodie.livingdoc.records import COMPARISON, HTTP, MODEL, NOTE, OMITTED, STATEMENT, TROUBLE, Json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from coodie.livingdoc.model import Proof

MOST_ALIKE = 3


def proofs(found: Sequence[Proof]) -> str:
    """Write all evidence of a step: what a person saw first, what its fixtures sent folded away."""
    found = sorted(found, key=lambda each: not is_picture(each))
    preparing = [each for each in found if _by_fixtures(each)]
    parts = []
    if preparing:
        inner = "".join(proof(each) for each in preparing)
        title = f"{plural(len(preparing), 'statement')} by fixtures"
        parts.append(f'<details class="prep"><summary>{title}</summary>{inner}</details>')
    for alike in _repeated([each for each in found if not _by_fixtures(each)]):
        parts.append(proof(alike[0]))
        if len(alike) > MOST_ALIKE:
            parts.append(
                f'<p class="again">the same {len(alike) - 2:,} times more, and at last:</p>{proof(alike[-1])}'
            )
        else:
            parts.extend(proof(each) for each in alike[1:])
    return "".join(parts)


def _by_fixtures(found: Proof) -> bool:
    return found.media == STATEMENT and found.body.get("phase") == "fixtures"


def _repeated(found: Sequence[Proof]) -> Iterable[list[Proof]]:
    """Put immediate repetitions together: a step that waits asks the same again and again."""

    def what(each: Proof) -> object:
        if each.media == STATEMENT:
            return each.body["text"], each.body["params"], each.body.get("children")
        if each.media == HTTP:
            return each.body["method"], each.body["url"], each.body["status"], each.body.get("request")
        return id(each)

    return (list(alike) for _, alike in groupby(found, key=what))


def proof(found: Proof) -> str:
    """Write one piece of evidence."""
    if found.media in _WRITERS:
        return _WRITERS[found.media](found.body)
    if is_picture(found):
        return picture(found)
    if found.media == TROUBLE:
        return f'<p class="error">This could not be recorded: {e(found.body)}</p>'
    caption = f"<figcaption>{e(found.name)}</figcaption>" if found.name else ""
    return f'<figure class="text">{caption}<pre>{_text(found.media, str(found.body))}</pre></figure>'


def model(body: Json) -> str:
    """Write the source code of a model."""
    return (
        f'<figure class="model"><figcaption>{e(body["name"])} <span class="place">{e(body["uri"])}:{body["line"]}'
        f"</span></figcaption><pre tabindex=0>{code(body['text'].rstrip(), 'python')}</pre></figure>"
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
        f"<li>{e(plural(count, 'time'))} <code>{code(text, body['language'])}</code></li>"
        for text, count in body["texts"].items()
    )
    noun = "more statement" if body["language"] else "more exchange"
    return f'<div class="omitted"><p>… and {e(plural(body["count"], noun))}</p><ul>{texts}</ul></div>'


def _text(media: str, text: str) -> str:
    kind = media.partition(";")[0]
    if kind.endswith("json"):
        try:
            return code(json.dumps(json.loads(text), indent=2, ensure_ascii=False), "json")
        except ValueError:
            return e(text)
    if kind == NOTE:
        return code(text, "python")
    language = kind.removeprefix("text/").removeprefix("x-").removeprefix("x.")
    return e(text) if language in {"plain", ""} else code(text, language)


_WRITERS: dict[str, Callable[[Json], str]] = {
    STATEMENT: statement,
    HTTP: _http,
    MODEL: model,
    COMPARISON: comparison,
    OMITTED: _omitted,
}
