"""Adapters that turn what happened during a step into evidence: statements, a server's log, files, source code."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections import Counter, deque
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coodie.livingdoc.records import HTTP, MODEL, OMITTED, STATEMENT, Evidence
from coodie.observation import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coodie.observation import Observation

FIRST, LAST = 40, 5
LONGEST_TEXT = 20_000


class Statements:
    """The statements of one step: the first 40 and the last 5 in full, a count of those between.

    A property test sends thousands in a step, and so does a burst of a demo; nobody reads them, and describing each
    would slow the run.
    """

    def __init__(self) -> None:
        self._first: list[Evidence] = []
        self._rest: deque[tuple[str, Callable[[], Evidence]]] = deque(maxlen=LAST)
        self._texts: Counter[str] = Counter()

    def add(self, observation: Observation, phase: str) -> None:
        """Take one statement of this process; `phase` is `fixtures` or `step`."""
        text = getattr(observation.statement, "cql", "BATCH")
        self._take(text, lambda: statement({**describe(observation), "phase": phase}))

    def relay(self, record: Mapping[str, Any]) -> None:
        """Take the record of a statement that another process sent."""
        self._take(record["cql"], lambda: statement({**record, "phase": "server"}))

    def evidence(self) -> list[Evidence]:
        """Give what was taken, in order, with one entry that counts what was left out."""
        between: list[Evidence] = []
        if self._texts:
            body = {"count": self._texts.total(), "texts": dict(self._texts.most_common(10))}
            between = [_json(OMITTED, "statements left out", body)]
        return [*self._first, *between, *(make() for _, make in self._rest)]

    def _take(self, text: str, make: Callable[[], Evidence]) -> None:
        if len(self._first) < FIRST:
            self._first.append(make())
            return
        if len(self._rest) == LAST:
            self._texts[self._rest[0][0]] += 1
        self._rest.append((text, make))


class LogTail:
    """Reads a statement log as far as it is written, whole lines only."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0

    def read(self) -> list[tuple[str | None, dict[str, Any]]]:
        """Return the lines since the last call: the id of the step that asked, and the statement's record."""
        try:
            if self._path.stat().st_size == self._offset:
                return []
        except FileNotFoundError:
            return []
        with self._path.open("rb") as log:
            log.seek(self._offset)
            text = log.read()
        whole = text[: text.rfind(b"\n") + 1]
        self._offset += len(whole)
        lines = [json.loads(line) for line in whole.splitlines()]
        return [(line["step"], line["record"]) for line in lines]


def statement(record: Mapping[str, Any]) -> Evidence:
    """Make evidence of a statement's record."""
    return _json(STATEMENT, "", record)


def text(name: str, body: str, media: str) -> Evidence:
    """Make evidence of a text; more than 20,000 characters are cut."""
    cut = body if len(body) <= LONGEST_TEXT else f"{body[:LONGEST_TEXT]}\n… ({len(body):,} characters)"
    return {"media": media, "name": name, "body": cut}


def image(name: str, data: bytes, folder: Path, media: str) -> Evidence:
    """Make evidence of an image: it waits in `folder`, named by its hash, until the report is written."""
    file = folder / hashlib.sha256(data).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.write_bytes(data)
    return {"media": media, "name": name, "file": file.name}


def http(exchange: Mapping[str, Any]) -> Evidence:
    """Make evidence of an HTTP exchange: `method`, `url`, `status`, `request`, `response`, `ms`."""
    return _json(HTTP, "", exchange)


@lru_cache(maxsize=256)
def model(subject: type | Path, root: Path) -> Evidence:
    """Make evidence of a model: its source code as it stands in the file."""
    if isinstance(subject, Path):
        path, line, name, code = subject, 1, subject.name, subject.read_text("utf-8")
    else:
        lines, line = inspect.getsourcelines(subject)
        path, name, code = Path(inspect.getfile(subject)), subject.__name__, "".join(lines)
    return _json(MODEL, name, {"name": name, "uri": relative(path, root), "line": line, "text": code})


def relative(path: Path, root: Path) -> str:
    """Write `path` relative to `root` where it lies below it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _json(media: str, name: str, body: Mapping[str, Any]) -> Evidence:
    return {"media": media, "name": name, "body": json.dumps(body, ensure_ascii=False)}
