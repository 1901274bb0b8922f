"""Programs that talk to a demo over HTTP; each exchange stands beside its step."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

import httpx
import pytest
from pytest_bdd import given, parsers, then, when

from coodie.livingdoc.adapters import exchange
from steps.errors import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from coodie.livingdoc.adapters import Adapter, Sent
    from coodie.livingdoc.attach import LivingDoc
    from steps.cells import Table
    from steps.demo_app import DemoApp

ITEMS = r"(?:them|they|its `(?P<path>[^`]+)`)"
METHODS = {"posts": "POST", "puts": "PUT", "deletes": "DELETE"}


@dataclass
class Program:
    """A client of one demo; `answer` is the last answer, `names` what a scenario has remembered of earlier ones."""

    client: httpx.Client
    livingdoc: LivingDoc
    answer: httpx.Response | None = None
    names: dict[str, str] = field(default_factory=dict)
    gathered: Any = None

    def send(
        self, method: str, path: str, body: str = "", more: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send a request, with more headers if there are any; `{name}` stands for something remembered."""
        for name, value in self.names.items():
            path, body = (text.replace(f"{{{name}}}", value) for text in (path, body))
        self.gathered = None
        json_body = {"Content-Type": "application/json"} if body else {}
        headers = {**self.livingdoc.headers, **json_body, **(more or {})}
        self.answer = self.client.request(method, path, content=body or None, headers=headers)
        return self.answer

    def json(self) -> Any:
        """Return the body of the last answer, or of all pages when they were read one after the other."""
        assert self.answer is not None, "nothing was asked yet"
        return self.gathered or self.answer.json()

    def part(self, path: str) -> Any:
        """Return what stands in the answer at a path such as `items.0.name`."""
        found = self.json()
        for step in path.split(".") if path else ():
            found = found[int(step)] if isinstance(found, list) else found[step]
        return found


class Exchanges:
    """What programs ask of the demos, as an adapter of the living document: each exchange stands at its step."""

    def __init__(self) -> None:
        self._listeners: list[Sent] = []

    def watch(self, sent: Sent) -> Callable[[], None]:
        """Hand each exchange to `sent`, until the returned function is called."""
        self._listeners.append(sent)
        return lambda: self._listeners.remove(sent)

    def told(self, answer: httpx.Response) -> None:
        """Tell of an exchange; a hook of a client."""
        answer.read()
        request = answer.request
        record = partial(
            exchange,
            *(request.method, str(request.url), answer.status_code),
            request=request.content.decode("utf-8", "replace"),
            response=answer.text,
            media_type=answer.headers.get("content-type", ""),
            ms=answer.elapsed.total_seconds() * 1000,
        )
        for sent in self._listeners:
            sent(f"{request.method} {request.url.path}", record)


EXCHANGES = Exchanges()


def pytest_livingdoc_adapters() -> list[Adapter]:
    """Show what programs ask of the demos."""
    return [EXCHANGES.watch]


@pytest.fixture
def program(demo_app: DemoApp, livingdoc: LivingDoc) -> Iterator[Program]:
    """A program that talks to the demo of this scenario."""
    hooks = {"response": [EXCHANGES.told]}
    with httpx.Client(base_url=demo_app.url, timeout=30, event_hooks=hooks) as client:
        yield Program(client, livingdoc)


@given(parsers.parse("the program says {header}: {value}"))
def says_in_header(program: Program, header: str, value: str) -> None:
    """Send a header with each request from now on."""
    program.client.headers[header] = value


@given(parsers.parse("a program asks for {path}"))
@when(parsers.parse("a program asks for {path}"))
def asks(program: Program, path: str) -> None:
    """Send a GET request."""
    program.send("GET", path)


@when(parsers.parse("a program reads every page of {path}"))
def reads_every_page(program: Program, path: str) -> None:
    """Follow the token of each page to the next, and gather what they hold."""
    items: list[Any] = []
    more: dict[str, str] | None = {}
    while more is not None:
        body = program.send("GET", f"{path}{'&' if '?' in path else '?'}{urlencode(more)}").json()
        items += body["items"]
        more = {"token": body["next"]} if body["next"] else None
    program.gathered = {"items": items}


@given(parsers.re(r"a program (?P<sends>posts|puts|deletes) (?P<path>/\S*)"))
@when(parsers.re(r"a program (?P<sends>posts|puts|deletes) (?P<path>/\S*)"))
def sends(program: Program, sends: str, path: str, docstring: str = "") -> None:
    """Send a request, with the text below as its JSON."""
    program.send(METHODS[sends], path, docstring)


@when(parsers.re(r"a program posts (?P<path>/\S*) (?P<times>\d+) times, counting"))
def posts_counting(program: Program, path: str, times: str, docstring: str) -> None:
    """Send a request again and again; in the text below `{number}` is which time it is, from 1."""
    for number in range(1, int(times) + 1):
        program.send("POST", path, docstring.replace("{number}", str(number)))


@then(parsers.parse("the answer is {status:d}"))
def answer_is(program: Program, status: int) -> None:
    """Compare the status."""
    assert program.answer is not None
    assert program.answer.status_code == status, program.answer.text


@then("it holds")
def answer_holds(program: Program, datatable: Table) -> None:
    """Compare parts of the answer: a row for each path, its value as JSON or as bare text."""
    header, *rows = datatable
    assert header == ["part", "value"]
    found = {path: program.part(path) for path, _ in rows}
    assert found == {path: _json(cell) for path, cell in rows}


@given(parsers.parse("we remember its `{path}` as {name}"))
@when(parsers.parse("we remember its `{path}` as {name}"))
def remember(program: Program, path: str, name: str) -> None:
    """Keep a part of the answer for later requests."""
    program.names[name] = str(program.part(path))


@then(parsers.parse("there are {count:d} `{path}`"))
def this_many(program: Program, count: int, path: str) -> None:
    """Count the elements of a list in the answer."""
    assert len(program.part(path)) == count


@then(parsers.re(rf'every `(?P<field>\w+)` of {ITEMS} begins with "(?P<start>.*)"'))
def all_begin(program: Program, field: str, path: str | None, start: str) -> None:
    """Look at each element of a list in the answer; capitals do not matter."""
    found = [item[field] for item in program.part(path or "")]
    assert found
    assert [value for value in found if not value.casefold().startswith(start)] == []


@then(parsers.re(rf"{ITEMS} are in the order of their `(?P<field>\w+)`"))
def in_order(program: Program, path: str | None, field: str) -> None:
    """Look at each element of a list in the answer; capitals do not matter."""
    found = [item[field] for item in program.part(path or "")]
    assert found == sorted(found, key=lambda value: value.casefold() if isinstance(value, str) else value)


@then(parsers.re(rf"{ITEMS} are newest first, by their `(?P<field>\w+)`"))
def newest_first(program: Program, path: str | None, field: str) -> None:
    """Compare the moments of each element of a list in the answer."""
    found = [item[field] for item in program.part(path or "")]
    assert found == sorted(found, reverse=True)


@then(parsers.re(rf"{ITEMS} are newest first, by the moment in their `(?P<field>\w+)`"))
def newest_first_by_id(program: Program, path: str | None, field: str) -> None:
    """Compare the moments in the time UUIDs of a list in the answer."""
    found = [UUID(item[field]).time for item in program.part(path or "")]
    assert len(found) > 1
    assert found == sorted(found, reverse=True)


@then(parsers.re(rf"among {ITEMS} there is each `(?P<field>\w+)` of (?P<values>.+)"))
def each_is_there(program: Program, path: str | None, field: str, values: str) -> None:
    """Compare the different values of a field in a list of the answer."""
    assert sorted({item[field] for item in program.part(path or "")}) == sorted(values.split(", "))


@then(parsers.parse("it says of its `{path}`"))
def says(program: Program, path: str, docstring: str) -> None:
    """Compare words of the answer; `…` stands for any."""
    assert folded(program.part(path), docstring) == docstring


@then(parsers.parse("all of them are older than {{{name}}}"))
def all_older(program: Program, name: str) -> None:
    """Compare the moments of the page with one that was remembered."""
    assert [item["written"] for item in program.part("items") if item["written"] >= program.names[name]] == []


@then(parsers.re(rf'one of {ITEMS} has the `(?P<field>\w+)` "(?P<value>.*)"'))
def one_has(program: Program, path: str | None, field: str, value: str) -> None:
    """Look for an element of a list in the answer."""
    assert value in [item[field] for item in program.part(path or "")]


@then(parsers.re(rf'none of {ITEMS} has the `(?P<field>\w+)` "(?P<value>.*)"'))
def none_has(program: Program, path: str | None, field: str, value: str) -> None:
    """Look for an element of a list in the answer, in vain."""
    assert value not in [item[field] for item in program.part(path or "")]


@then(parsers.re(rf"the `(?P<field>\w+)` of each of {ITEMS} is (?P<values>.+)"))
def each_is(program: Program, path: str | None, field: str, values: str) -> None:
    """Compare a field of each element of a list in the answer, in its order."""
    assert ", ".join(str(item[field]) for item in program.part(path or "")) == values


@then(parsers.parse("its `{path}` is between {low:d} and {high:d}"))
def between(program: Program, path: str, low: int, high: int) -> None:
    """Compare a number of the answer."""
    assert low <= program.part(path) <= high


@then(parsers.parse("its `{path}` is still {{{name}}}"))
def is_still(program: Program, path: str, name: str) -> None:
    """Compare a part of the answer with one that was remembered."""
    assert str(program.part(path)) == program.names[name]


@then(parsers.parse('within {seconds:d} seconds the `{part}` of {path} is "{text}"'))
def becomes_text(program: Program, seconds: int, part: str, path: str, text: str) -> None:
    """Ask again and again until a part of the answer is that text, or that value as JSON."""
    deadline = time.monotonic() + seconds
    while program.send("GET", path).is_error or program.part(part) not in (text, _json(text)):
        assert time.monotonic() < deadline, f"{part} is still {program.part(part)} after {seconds} seconds"
        time.sleep(0.2)


@then(
    parsers.re(rf'the `(?P<field>\w+)` of {ITEMS} with the `(?P<key>\w+)` "(?P<name>.*)" is "(?P<value>.*)"')
)
def of_one_is(program: Program, field: str, path: str | None, key: str, name: str, value: str) -> None:
    """Compare a field of the one element of a list in the answer that has that key."""
    assert [item[field] for item in program.part(path or "") if item[key] == name] == [_json(value)]


@then(parsers.parse("within {seconds:d} seconds the answer to {path} is {status:d}"))
def becomes(program: Program, seconds: int, path: str, status: int) -> None:
    """Ask again and again until the status is that."""
    deadline = time.monotonic() + seconds
    while program.send("GET", path).status_code != status:
        assert time.monotonic() < deadline, f"still {program.answer} after {seconds} seconds"


def _json(cell: str) -> Any:
    try:
        return json.loads(cell)
    except ValueError:
        return cell
