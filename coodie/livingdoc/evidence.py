"""Evidence of what happened during a step: what was sent, a server's log, files, source code."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections import Counter, deque
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coodie.livingdoc.adapters import LONGEST_BODY, cut
from coodie.livingdoc.records import MODEL, OMITTED, TROUBLE, Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from coodie.livingdoc.adapters import Record

FIRST, LAST = 40, 5


class Bounded:
    """What one step sent: the first 40 and the last 5 in full, a count of those between.

    A property test sends thousands in a step, and so does a burst of a demo; nobody reads them, and describing each
    would slow the run.
    """

    def __init__(self) -> None:
        self._first: list[Evidence] = []
        self._rest: deque[tuple[str, Callable[[], Evidence]]] = deque(maxlen=LAST)
        self._texts: Counter[str] = Counter()

    def add(self, text: str, make: Callable[[], Record], phase: str) -> None:
        """Take one thing sent; `phase` is `fixtures`, `step` or `server`."""

        def evidence() -> Evidence:
            media, body = make()
            return _json(media, "", {**body, "phase": phase})

        if len(self._first) < FIRST:
            self._first.append(evidence())
            return
        if len(self._rest) == LAST:
            self._texts[self._rest[0][0]] += 1
        self._rest.append((text, evidence))

    def evidence(self) -> Iterator[Evidence]:
        """Give what was taken, in order, with one entry that counts what was left out."""
        yield from self._first
        if self._texts:
            language = json.loads(self._first[-1].get("body", "{}")).get("language", "")
            texts = {cut(text, 500): count for text, count in self._texts.most_common(10)}
            yield _json(OMITTED, "", {"count": self._texts.total(), "texts": texts, "language": language})
        yield from (guarded(make) for _, make in self._rest)


def guarded(make: Callable[[], Evidence]) -> Evidence:
    """Make evidence; where that fails, the failure is the evidence."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - whatever an adapter raises, its scenario fails by it and goes on
        return trouble(error)


def trouble(error: Exception) -> Evidence:
    """Make evidence of evidence that could not be had."""
    return {"media": TROUBLE, "name": "", "body": f"{type(error).__name__}: {error}"}


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


def text(name: str, body: str, media: str) -> Evidence:
    """Make evidence of a text; more than 20,000 characters are cut."""
    return {"media": media, "name": name, "body": cut(body, LONGEST_BODY)}


def image(name: str, data: bytes, folder: Path, media: str) -> Evidence:
    """Make evidence of an image: it waits in `folder`, named by its hash, until the report is written."""
    file = folder / hashlib.sha256(data).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.write_bytes(data)
    return {"media": media, "name": name, "file": file.name}


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
