"""Evidence on the page: statements, HTTP exchanges, images, texts, models and comparisons."""

from __future__ import annotations

import json
from collections import Counter
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
FIRST, LAST, FEWEST = 6, 2, 3
MOST_TEXTS, LONGEST_TEXT = 12, 160


def proofs(found: Sequence[Proof], *, whole: bool = False) -> str:
    """Write the evidence of a step: what a person saw first, what its fixtures sent folded away.

    Of many statements the first six and the last two stand there, and all that warned or failed; the others are counted
    by their texts, unless the `whole` is asked for, as of a step that failed.
    """
    found = sorted(found, key=lambda each: not is_picture(each))
    preparing = [each for each in found if _by_fixtures(each)]
    parts = []
    if preparing:
        inner = _in_order(preparing, whole=whole)
        title = f"{plural(len(preparing), 'statement')} by fixtures"
        parts.append(f'<details class="prep"><summary>{title}</summary>{inner}</details>')
    parts.append(_in_order([each for each in found if not _by_fixtures(each)], whole=whole))
    return "".join(parts)


def _in_order(found: Sequence[Proof], *, whole: bool) -> str:
    groups = list(_repeated(found))
    sent = [place for place, alike in enumerate(groups) if alike[0].media in {STATEMENT, HTTP}]
    between = set() if whole else set(sent[FIRST:-LAST])
    parts: list[str] = []
    for left_out, run in groupby(enumerate(groups), lambda each: each[0] in between and not _tells(each[1])):
        some = [alike for _, alike in run]
        parts.append(_counted(some) if left_out and len(some) >= FEWEST else "".join(map(_alike, some)))
    return "".join(parts)


def _tells(alike: Sequence[Proof]) -> bool:
    """Tell what a reader must not miss among many."""
    return any(each.body.get("error") or each.body.get("warnings") for each in alike)


def _counted(groups: Sequence[Sequence[Proof]]) -> str:
    """Write how many statements are not on the page, by their texts."""
    texts: Counter[tuple[str, str]] = Counter()
    for each in (each for alike in groups for each in alike):
        body = each.body
        is_sent = each.media == STATEMENT
        text = body["text"] if is_sent else f"{body['method']} {body['url']}"
        language = body.get("language", "cql") if is_sent else "text"
        texts[text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} …", language] += 1
    shown = "".join(
        f"<li>{e(plural(count, 'time'))} <code>{code(text, language)}</code></li>"
        for (text, language), count in texts.most_common(MOST_TEXTS)
    )
    rest = len(texts) - MOST_TEXTS
    more = f"<li>and {e(plural(rest, 'other text'))}</li>" if rest > 0 else ""
    title = f"… {texts.total():,} more like these, each of them whole in the messages of the run"
    return f'<div class="omitted"><p>{title}</p><ul>{shown}{more}</ul></div>'


def _alike(alike: Sequence[Proof]) -> str:
    if len(alike) <= MOST_ALIKE:
        return "".join(map(proof, alike))
    told = f'<p class="again">the same {len(alike) - 2:,} times more, and at last:</p>'
    return f"{proof(alike[0])}{told}{proof(alike[-1])}"


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
