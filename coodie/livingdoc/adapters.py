"""What counts as a statement: an adapter watches something that a project sends and hands on each thing sent.

`coodie_statements` is the first adapter, always there. A project names its own in a `conftest.py` or a module of
steps:

    from coodie.livingdoc.adapters import statement

    def watch_notes(sent):
        def told(sql, values, ms):
            sent(sql, lambda: statement(sql, language="sql", params=values, ms=ms))
        notes.listeners.append(told)
        return lambda: notes.listeners.remove(told)

    def pytest_livingdoc_adapters():
        return [watch_notes]

A step that sends thousands keeps the first 40 and the last 5 of each kind. A text is told at once, its record is made
only if it is kept; so make it from values that nobody changes meanwhile.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from coodie.cql.literal import REDACTED
from coodie.execution import add_observer
from coodie.livingdoc.records import HTTP, STATEMENT, Json
from coodie.observation import Observation, describe

FEW_ALIKE = 4
SAMPLE_ROWS = 10
LONGEST_VALUE = 2_000
LONGEST_BODY = 20_000
_CREDENTIALS = re.compile(r"^(\w+://)[^/@\s]*@")


class Record(NamedTuple):
    """Something sent, as the document keeps it; made by `statement` or `exchange`."""

    media: str
    body: Json


Sent = Callable[[str, Callable[[], Record]], None]
"""Takes what was sent, in the order of sending: its text, and a function that makes its record."""

Adapter = Callable[[Sent], Callable[[], None]]
"""Begins to watch and hands what it sees to `sent`; returns the function that ends that."""


def statement(
    text: str,
    *,
    language: str = "sql",
    params: Mapping[str, object] | Sequence[object] = (),
    secret: Sequence[str] = (),
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[object]] = (),
    ms: float | None = None,
    error: BaseException | None = None,
    warnings: Sequence[str] = (),
    facts: Sequence[str] = (),
) -> Record:
    """Make the record of a statement: a text in a language that Pygments knows, what was bound, what came back.

    Values are shown by their `repr`, those of the parameters and columns named in `secret` as `•••`; ten rows are
    kept and all are counted. `facts` are short words for the line of milliseconds.
    """
    named = (
        params
        if isinstance(params, Mapping)
        else {str(at): value for at, value in enumerate(params, start=1)}
    )
    shown = [
        {"name": name, "type": type(value).__name__, "value": _shown(name, value, secret)}
        for name, value in named.items()
    ]
    sample = [
        [_shown(column, value, secret) for column, value in zip(columns, row, strict=True)]
        for row in rows[:SAMPLE_ROWS]
    ]
    table = {"columns": list(columns), "types": [""] * len(columns), "sample": sample, "count": len(rows)}
    failed = None if error is None else {"type": type(error).__name__, "message": str(error)}
    return Record(
        STATEMENT,
        {
            "text": text,
            "language": language,
            "params": shown,
            "rows": table if columns else None,
            "ms": ms,
            "error": failed,
            "warnings": list(warnings),
            "facts": list(facts),
        },
    )


def exchange(
    method: str,
    url: str,
    status: int,
    *,
    request: str = "",
    response: str = "",
    media_type: str = "",
    ms: float | None = None,
    secret: Sequence[str] = (),
) -> Record:
    """Make the record of an HTTP exchange; `request` and `response` are bodies, `media_type` that of the response.

    Members of JSON and fields of forms and queries that `secret` names are shown as `•••`, as are a name and a password
    in the address.
    """
    return Record(
        HTTP,
        {
            "method": method,
            "url": _hidden_fields(_CREDENTIALS.sub(rf"\1{REDACTED}@", url), secret),
            "status": status,
            "media_type": media_type,
            "ms": ms,
            "request": cut(_hidden(request, secret), LONGEST_BODY),
            "response": cut(_hidden(response, secret), LONGEST_BODY),
        },
    )


def coodie_statements(sent: Sent) -> Callable[[], None]:
    """Watch what coodie sends in this process: the adapter that is always there."""

    def told(observation: Observation) -> None:
        text = getattr(observation.statement, "cql", "BATCH")
        sent(text, lambda: of_observation(describe(observation)))

    return add_observer(told)


def of_observation(described: Mapping[str, Any]) -> Record:
    """Make the record of a statement that `coodie.observation.describe` describes, of this process or of another.

    A batch that repeats one statement keeps the values of the first three and of the last, with their count.
    """
    body: Json = {**described, "text": shortened(described["cql"]), "language": "cql"}
    del body["cql"]
    body["params"] = _cut_values(body["params"])
    partitions = body.get("partitions", [])
    body["partition_count"], body["partitions"] = len(partitions), partitions[:1]
    body["children"] = [
        _alike(list(group)) for _, group in groupby(body.get("children", ()), key=lambda child: child["cql"])
    ]
    if body.get("rows"):
        sample = [[cut(value, LONGEST_VALUE) for value in row] for row in body["rows"]["sample"]]
        body["rows"] = {**body["rows"], "sample": sample}
    return Record(STATEMENT, body)


def shortened(text: str) -> str:
    """Write a line that follows itself again and again once, with a count: a batch of one statement, many times."""
    lines = []
    for line, alike in groupby(text.split("\n")):
        count = len(list(alike))
        lines += [line, f"  -- and {count - 1:,} times more"] if count > FEW_ALIKE else [line] * count
    return "\n".join(lines)


def cut(text: str, longest: int) -> str:
    """Cut a text that nobody would read to its end, and say so."""
    return text if len(text) <= longest else f"{text[:longest]}\n… ({len(text):,} characters)"


def _alike(children: list[Json]) -> Json:
    kept = children if len(children) <= FEW_ALIKE else [*children[: FEW_ALIKE - 1], children[-1]]
    return {"count": len(children), "params": [_cut_values(child["params"]) for child in kept]}


def _cut_values(params: list[Json]) -> list[Json]:
    return [{**each, "value": cut(each["value"], LONGEST_VALUE)} for each in params]


def _hidden(body: str, secret: Sequence[str]) -> str:
    try:
        value = json.loads(body) if secret else None
    except ValueError:
        return _hidden_fields(body, secret)
    return body if value is None else json.dumps(_without(value, secret), ensure_ascii=False)


def _hidden_fields(text: str, secret: Sequence[str]) -> str:
    names = "|".join(map(re.escape, secret))
    return re.sub(rf"(?<![^?&])({names})=[^&#\s]*", rf"\1={REDACTED}", text) if secret else text


def _without(value: Any, secret: Sequence[str]) -> Any:
    if isinstance(value, dict):
        return {key: REDACTED if key in secret else _without(inner, secret) for key, inner in value.items()}
    return [_without(each, secret) for each in value] if isinstance(value, list) else value


def _shown(name: str, value: object, secret: Sequence[str]) -> str:
    return REDACTED if name in secret else cut(repr(value), LONGEST_VALUE)
