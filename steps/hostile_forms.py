"""Hostile texts in the forms of a demo's pages: in every field of every form, and bodies that no form sends."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import httpx
import hypothesis
from hypothesis import strategies as draw
from pytest_bdd import then

from steps.hostile import FOR_COMMANDS, FRAGMENTS
from steps.hostile_requests import FAULT, schema_of
from steps.page_forms import Form, Page, Site, leads, shape, written
from steps.properties import examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from coodie.livingdoc.attach import LivingDoc
    from steps.demo_app import DemoApp
    from steps.page_forms import Written

# Each would make an element, an attribute or a value of a template, if anything took it for more than a text.
MARKUP = (
    "<x-canary>",
    '"><x-canary>',
    "'><x-canary oncanary='1'>",
    '" oncanary="1',
    "' oncanary='1",
    "</textarea></title></script><x-canary>",
    "--><x-canary>",
    "javascript:canary()",
    "[canary](javascript:canary)",
    "`<x-canary>`",
    "{{ 'x-' ~ 'canary' }}{{ 70001 * 70003 }}",
    "{% raw %}<x-canary>",
    "&lt;x-canary&gt;",
)
EVALUATED = "4900280003"
ADDRESSES = {"href", "src", "action", "formaction", "poster", "data"}
LONG = "é" * 30_000
LONGEST_QUERY = 2000
TEXTS = (*MARKUP, *FOR_COMMANDS[::2], LONG)
FEW = (*TEXTS[:-1:4], LONG)  # where nobody types
DRAWN = 5
MOST_PAGES, OF_ONE_KIND = 40, 2
REFUSED, FORBIDDEN, NOT_FOUND, BUSY = 400, 403, 404, 409
HTML, FORM = "text/html", "application/x-www-form-urlencoded"
TOKENS = {"csrf_token", "csrfmiddlewaretoken"}
NOT_OURS = (
    "/kit",
    "/static",
    "/admin",
    "/docs",
    "/source",
    "/scenarios",
    "/gallery",
    "/openapi.json",
    "/api",
)
BODIES: tuple[tuple[str, bytes], ...] = (
    ("", b""),
    ("", b"\0\xff"),
    ("text/plain", b"name=canary"),
    (FORM, b"%zz=%ff&&&==&%00=%c3%28"),
    (FORM, b"\xff\xfe=\xff"),
    (f"{FORM}; charset=utf-16", "name=canary".encode("utf-16")),
    (f"{FORM}; charset=no-such", b"name=canary"),
    (FORM, b"&".join(b"f%d=1" % number for number in range(3000))),
    (FORM, b"name=" + b"a" * 3_000_000),
    ("multipart/form-data", b"--x\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\ncanary'),
    ("multipart/form-data; boundary=é", b"--\r\n"),
    ("application/json", b'{"name": '),
    ("application/json", b"[" * 20_000),
)


@dataclass
class Assault:
    """One after another, what a program sends that means no good, and how each was answered."""

    client: httpx.Client
    site: Site
    answers: Counter[int] = field(default_factory=Counter)
    shown: int = 0
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def get(self, address: str) -> Page | None:
        """Read a page, if it is one."""
        answer = self.client.get(address, headers={"Accept": HTML})
        self._judge(answer, address, "")
        is_page = answer.headers.get("content-type", "").startswith(HTML)
        return Page(answer.text) if is_page else None

    def send(self, form: Form, values: Mapping[str, str], text: str = "") -> int:
        """Fill a form and send it, every second time as a swap."""
        number = next(self.numbers)
        headers = {"Accept": HTML} | ({"HX-Request": "true"} if number % 2 else {})
        if form.method == "get":
            short = {name: value[:LONGEST_QUERY] for name, value in values.items()}
            answer = self.client.get(f"{form.action}?{encoded(short)}", headers=headers)
        elif form.is_upload:
            sent = {name: value.encode(errors="surrogatepass") for name, value in values.items()}
            named = [name for name in values if form.fields[name].kind == "file"]
            files = {
                name: (f"{values[name].encode(errors='replace').decode()}.csv", sent.pop(name))
                for name in named
            }
            answer = self.client.post(form.action, data=sent, files=files, headers=headers)
        else:
            answer = self.client.post(
                form.action, content=encoded(values), headers={**headers, "Content-Type": FORM}
            )
        self._judge(answer, f"{form.method} {form.action} {dict(values)!a:.500}", text)
        return (answer.history or [answer])[0].status_code

    def send_body(self, form: Form, kind: str, body: bytes, token: str) -> None:
        """Send what no form sends, with a token, so that it is looked at."""
        headers = {b"Accept": HTML.encode(), b"X-CSRF-Token": token.encode()}
        headers |= {b"Content-Type": kind.encode()} if kind else {}
        answer = self.client.post(form.action, content=body, headers=headers)
        self._judge(answer, f"{form.action} {kind} {body[:60]!r}", "")

    def _judge(self, answer: httpx.Response, what: str, text: str) -> None:
        for each in (*answer.history, answer):
            self.answers[each.status_code] += 1
            assert each.status_code < FAULT, (what, each.status_code, each.text[:500])
        if not answer.headers.get("content-type", "").startswith(HTML):
            return
        page = Page(answer.text)
        harmless(page, what)
        self.site.look(page, answer.url.path)
        if answer.status_code >= REFUSED:
            assert "".join(page.words).strip(), f"refused without a word: {what}"
        elif text and any(text.strip() in words for words in page.words):
            self.shown += 1


def harmless(page: Page, what: str) -> None:
    """Expect no element, attribute, address, script or value of a template that a text has become."""
    for tag, attributes in page.elements:
        assert "canary" not in tag, (what, tag)
        for name, value in attributes:
            assert "canary" not in name, (what, tag, name)
            leads_on = name in ADDRESSES or name.startswith("hx-")
            assert not (leads_on and (value or "").strip().lower().startswith("javascript:")), (
                what,
                tag,
                name,
            )
    assert not any("canary" in script for script in page.inline), (what, page.inline)
    assert not any(EVALUATED in words for words in page.words), what


def encoded(values: Mapping[str, str]) -> str:
    """Write the body of a form; half of a character is sent as if it were one."""
    pairs = ((quote_plus(name), quote_plus(value, errors="surrogatepass")) for name, value in values.items())
    return "&".join("=".join(pair) for pair in pairs)


@then("no hostile text in a field of a form of its pages is a fault of the server, CQL or HTML")
def no_form_interprets(demo_app: DemoApp, coodie_cql: Any, livingdoc: LivingDoc) -> None:
    """Read the pages, fill and send each form, text by text; then read the pages again."""
    site = Site(written(demo_app.folder))
    with httpx.Client(base_url=demo_app.url, timeout=60, follow_redirects=True) as client:
        assault = Assault(client, site)
        pages = _walked(assault)
        for form in site.fresh():
            _send_as_meant(assault, form)
        tables = schema_of(coodie_cql, demo_app.keyspace)
        asked = [*site.forms.values()]
        longest = max((form for form in asked if form.method == "post"), key=lambda form: len(form.fields))
        _attack_token_and_body(assault, longest)
        for form in asked:
            _attack(assault, form)
        while found := site.fresh():  # on pages that answered a form
            for form in found:
                _send_as_meant(assault, form)
                _attack(assault, form)
        unseen = site.unseen()
        for each in unseen:
            _attack_unseen(assault, each)
        for address in {shape(address): address for address in pages}.values():
            _attack_address(assault, address)
        for address in pages:
            assault.get(address)
        assert client.get("/health").is_success
        assert schema_of(coodie_cql, demo_app.keyspace) == tables
    assert not [cql for cql in demo_app.sent() if "canary" in cql.lower()]
    assert assault.shown or not any(
        each.is_typed for form in site.forms.values() for each in form.fields.values()
    )
    told = [
        f"{sum(assault.answers.values())} requests to {len(site.forms)} forms and {len(pages)} pages",
        f"how many had which status: {dict(sorted(assault.answers.items()))}",
        f"{assault.shown} texts were seen on the page that answered, as texts",
        *(f"on no page now, and sent to without one: {each.action} of {each.template}" for each in unseen),
    ]
    livingdoc.attach_text("inputs", "\n".join(told))


def _walked(assault: Assault) -> list[str]:
    """Read pages from the first one on, a few of each kind; return their addresses."""
    waiting, seen, kinds = ["/"], {"/"}, Counter[tuple[str, ...]]()
    pages: list[str] = []
    while waiting and len(pages) < MOST_PAGES:
        address = waiting.pop(0)
        kinds[shape(address)] += 1
        page = assault.get(address) if kinds[shape(address)] <= OF_ONE_KIND else None
        if page is None:
            continue
        pages.append(address)
        for link in leads(page):
            if link not in seen and not link.startswith(NOT_OURS):
                seen.add(link)
                waiting.append(link)
    return pages


def _send_as_meant(assault: Assault, form: Form) -> None:
    status = assault.send(form, _filled(assault, form))
    assert status < REFUSED or status in {BUSY, NOT_FOUND}, (form, status)


def _attack(assault: Assault, form: Form) -> None:
    """Send a form with each text in each field, with texts in several at once, and without each of its fields."""
    names = sorted(form.fields.keys() - TOKENS)
    for name in names:
        for text in TEXTS if form.fields[name].is_typed else FEW:
            assault.send(form, {**_filled(assault, form), name: text}, text)
        values = _filled(assault, form)
        del values[name]
        assault.send(form, values)

    if names:
        fields = draw.dictionaries(draw.sampled_from(names), TROUBLE, min_size=1)

        @examples(DRAWN)
        @hypothesis.given(fields)
        def drawn(values: dict[str, str]) -> None:
            assault.send(form, {**_filled(assault, form), **values})

        drawn()


def _attack_token_and_body(assault: Assault, form: Form) -> None:
    """Send a form with texts in place of its token, and with its token what no form sends."""
    [name] = form.fields.keys() & TOKENS
    for text in TEXTS:
        assert assault.send(form, {**_filled(assault, form), name: text}) == FORBIDDEN
    for kind, body in BODIES:
        assault.send_body(form, kind, body, form.fields[name].sample(""))


def _filled(assault: Assault, form: Form) -> dict[str, str]:
    """Fill a form as it is meant, with another word each time."""
    word = f"lamp{next(assault.numbers)}"
    return {name: each.sample(word) for name, each in form.fields.items()}


TROUBLE = draw.lists(FRAGMENTS | draw.sampled_from(MARKUP), min_size=1, max_size=4).map("".join)


def _attack_unseen(assault: Assault, template: Written) -> None:
    """Send to the address of a form that no page shows now, with made-up names in it."""
    for text in ("plain", *FOR_COMMANDS):
        address = template.filled(quote(text, safe="", errors="surrogatepass") or "%00")
        assault.send(Form(address, "post", is_upload=False), {})


def _attack_address(assault: Assault, address: str) -> None:
    """Ask for a page with a text in place of each part of its address."""
    path, mark, query = address.partition("?")
    segments = path.split("/")
    for place in range(2, len(segments)):
        for text in FEW[:-1]:
            changed = [*segments]
            changed[place] = quote(text, safe="", errors="surrogatepass")
            assault.get("/".join(changed) + mark + query)
    for pair in filter(None, query.split("&")):
        for text in FEW[:-1]:
            assault.get(f"{path}?{pair.partition('=')[0]}={quote(text, safe='', errors='surrogatepass')}")
