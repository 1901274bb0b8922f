"""A demo's API page, believed: what it tells to type is typed."""

from __future__ import annotations

import json
import re
import shlex
from html import unescape
from typing import TYPE_CHECKING

from pytest_bdd import then, when

if TYPE_CHECKING:
    from steps.cells import Table
    from steps.web import Program

_BLOCK = re.compile(
    r'<pre class="source" tabindex="0" aria-label="With curl"><code>(.*?)</code></pre>', re.DOTALL
)
_TAG = re.compile(r"<[^>]+>")


@when("a program tries each example of its API page that deletes nothing", target_fixture="tried")
def tries_examples(program: Program) -> list[list[str]]:
    """Send what each curl line says; the sample stays, because other scenarios read it."""
    page = program.client.get("/docs", headers={"Accept": "text/html", **program.livingdoc.headers})
    assert page.is_success, page.text
    found = []
    for block in _BLOCK.findall(page.text):
        words = shlex.split(unescape(_TAG.sub("", block)).replace("\\\n", " "))
        method = words[words.index("-X") + 1] if "-X" in words else "GET"
        url = next(word for word in words if word.startswith("http"))
        body = words[words.index("-d") + 1] if "-d" in words else ""
        if method != "DELETE":
            path = url.removeprefix(str(program.client.base_url).rstrip("/"))
            headers = [words[place + 1] for place, word in enumerate(words) if word == "-H"]
            answer = program.send(method, path, body, dict(header.split(": ", 1) for header in headers))
            found.append([method, path, str(answer.status_code)])
    return found


@then("each is answered as it tells")
def as_told(program: Program, tried: list[list[str]], datatable: Table) -> None:
    """Compare operations and statuses with the table, and the statuses with the API description."""
    header, *expected = datatable
    assert header == ["method", "path", "status"]
    paths = program.client.get("/openapi.json").json()["paths"]
    matched = []
    for method, path, status in tried:
        [template] = [
            one
            for one, verbs in paths.items()
            if method.lower() in verbs
            and re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(one)), path.partition("?")[0])
        ]
        assert status in paths[template][method.lower()]["responses"], json.dumps(paths[template], indent=1)
        matched.append([method, template, status])
    assert matched == expected
