"""A page as a program reads it: its links, its forms with what would fill them, and what its words became."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Attributes = list[tuple[str, str | None]]
_FORM = re.compile(r"<form\b[^>]*?\baction=\"([^\"]+)\"", re.DOTALL)
_OTHER = re.compile(r"\bformaction=\"([^\"]+)\"")
_HOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_NOT_TYPED = {"button", "reset", "image"}
REMOVING = {"delete", "release", "end"}
_FILLED = {
    "number": "1",
    "date": "2026-07-01",
    "datetime-local": "2026-07-01T12:00",
    "time": "12:00",
    "email": "ada@example.org",
    "url": "https://example.org/",
}


@dataclass
class Field:
    """A field of a form: its type, and the values that the page offers, the one that it holds first."""

    name: str
    kind: str
    values: list[str]

    @property
    def is_typed(self) -> bool:
        """Whether a visitor types a text into it."""
        return self.kind in {"text", "textarea", "search", "file"}

    def sample(self, word: str) -> str:
        """Return a value that the form takes; the least number, as some ask for so much of something to be done."""
        offered = [value for value in self.values if value]
        if offered and all(value.isdigit() for value in offered):
            return min(offered, key=int)
        return offered[0] if offered else _FILLED.get(self.kind, word)


@dataclass
class Form:
    """A form: where it goes and how, and what it sends."""

    action: str
    method: str
    is_upload: bool
    fields: dict[str, Field] = field(default_factory=dict)

    def add(self, name: str, kind: str, *values: str) -> None:
        """Take a field; radio buttons, and buttons that say which was pressed, are one."""
        known = self.fields.setdefault(name, Field(name, kind, []))
        known.values.extend(values)


class Page(HTMLParser):
    """What a page holds. `words` are all its texts and values as a reader or a browser has them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.elements: list[tuple[str, Attributes]] = []
        self.inline: list[str] = []
        self._form: Form | None = None
        self._select: str | None = None
        self._option: dict[str, str] | None = None
        self._area: str | None = None
        self._is_script = False
        self._elsewhere: list[tuple[Form, str]] = []
        self.feed(html)
        self.close()
        self.forms += [replace(form, action=action) for form, action in self._elsewhere]

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Look at an element."""
        self.elements.append((tag, attrs))
        self.words.extend(value for _, value in attrs if value)
        has = {name: value or "" for name, value in attrs}
        self.links += [has[name] for name in ("href", "hx-get") if has.get(name) and tag != "link"]
        if tag == "form":
            is_upload = has.get("enctype") == "multipart/form-data"
            self._form = Form(has.get("action", ""), has.get("method", "get").lower(), is_upload)
            self.forms.append(self._form)
        self._is_script = tag in {"script", "style"} and "src" not in has
        if self._form is not None:
            self._field(self._form, tag, has)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None
        self._is_script = False

    def handle_data(self, data: str) -> None:
        """Take a text."""
        self.words.append(data)
        if self._is_script:
            self.inline.append(data)
        if self._area and self._form is not None:
            self._form.fields[self._area].values.append(data.strip())
        if self._option is not None and self._select and self._form is not None:
            values = self._form.fields[self._select].values
            values.insert(
                0 if "selected" in self._option else len(values), self._option.get("value", data.strip())
            )
            self._option = None

    def _field(self, form: Form, tag: str, has: dict[str, str]) -> None:
        name, kind = has.get("name", ""), has.get("type", "text")
        self._option = has if tag == "option" else None
        if "formaction" in has:
            self._elsewhere.append((form, has["formaction"]))
        if not name:
            return
        if tag == "select":
            self._select = name
            form.add(name, "select")
        elif tag == "textarea":
            self._area = name
            form.add(name, "textarea")
        elif tag == "button":
            form.add(name, "button", has.get("value", ""))
        elif tag == "input" and kind not in _NOT_TYPED:
            least = has.get("min", "") if kind in {"number", "range"} else ""
            form.add(name, kind, *filter(None, (least, has.get("value", ""))))


@dataclass(frozen=True)
class Written:
    """A form as a template has it: `holes` are where a page puts names and keys into its address."""

    template: str
    action: str

    def is_at(self, address: str) -> bool:
        """Tell whether a page's form is this one."""
        return re.fullmatch(".+".join(map(re.escape, _HOLE.split(self.action))), address) is not None

    def filled(self, word: str) -> str:
        """Return an address of this form, as somebody would make it up."""
        return _HOLE.sub(f"/{word}" if self.action.startswith("{{") else word, self.action)

    @property
    def literal(self) -> int:
        """How much of the address is the same on every page."""
        return len(_HOLE.sub("", self.action))


class Site:
    """The forms of a site: those that its templates have, and one of each that was seen on a page."""

    def __init__(self, templates: list[Written]) -> None:
        self._templates = templates
        self.forms: dict[tuple[str, tuple[str, ...]], Form] = {}
        self._taken = 0

    def look(self, page: Page, address: str) -> None:
        """Take the forms of a page."""
        for form in page.forms:
            form.action = form.action or address
            fitting = [each for each in self._templates if each.is_at(form.action)]
            assert fitting, f"{address} has a form for {form.action}, which no template has"
            best = max(fitting, key=lambda each: each.literal)
            self.forms.setdefault((best.action, tuple(sorted(form.fields))), form)

    def fresh(self) -> list[Form]:
        """Return the forms that were seen since the last call; those that remove something, and all with it, last."""
        found = list(self.forms.values())[self._taken :]
        self._taken += len(found)
        return sorted(found, key=lambda form: form.action.rpartition("/")[2] in REMOVING)

    def unseen(self) -> list[Written]:
        """Return the templates' forms that were on no page."""
        return [
            each
            for each in self._templates
            if not any(each.is_at(form.action) for form in self.forms.values())
        ]


def written(folder: Path) -> list[Written]:
    """List the forms that the templates below a folder have."""
    found: dict[str, Written] = {}
    for path in sorted(folder.rglob("templates/**/*.html")):
        text = path.read_text("utf-8")
        for action in (*_FORM.findall(text), *_OTHER.findall(text)):
            found.setdefault(action, Written(path.relative_to(folder).as_posix(), action))
    return list(found.values())


def shape(address: str) -> tuple[str, ...]:
    """Tell which kind of page an address is, as far as the address says: the same for another key."""
    parts = urlsplit(address)
    segments = parts.path.strip("/").split("/")
    names = sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair)
    return (segments[0], str(len(segments)), segments[-1] if len(segments) > 2 else "", *names)


def leads(page: Page) -> Iterator[str]:
    """Yield the addresses of the same site that a page leads to."""
    for link in page.links:
        if link.startswith("/") and not link.startswith("//"):
            yield link.partition("#")[0]
        elif link.startswith("?"):
            yield f"/{link}".partition("#")[0]
