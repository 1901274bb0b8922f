"""What the server and the library warn of while an import runs: each kind of warning once, and how often."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from coodie.execution import observe
from coodie.observation import Observation

LIBRARY = logging.getLogger("coodie.batch")
LONGEST, KIND = 260, 80


class Warned:
    """Warnings as they were first said, and how often their kind came."""

    def __init__(self, before: Mapping[str, int]) -> None:
        self.times = dict(before)
        self._first = {_kind(message): message for message in before}

    def add(self, who: str, message: str) -> None:
        """Count a warning; those of a kind differ in numbers and keys alone."""
        text = f"{who}: {' '.join(message.split())}"
        first = self._first.setdefault(_kind(text), text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
        self.times[first] = self.times.get(first, 0) + 1


class _Listener(logging.Handler):
    def __init__(self, found: Warned) -> None:
        super().__init__()
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        self._found.add("coodie", record.getMessage())


@contextmanager
def noting(found: Warned) -> Iterator[None]:
    """Count the warnings that come with the answers to this task's statements, and those of the library's log."""

    def note(seen: Observation) -> None:
        for warning in seen.rows.warnings if seen.rows is not None else ():
            found.add("server", warning)

    listener = _Listener(found)
    LIBRARY.addHandler(listener)
    before, LIBRARY.propagate = LIBRARY.propagate, False
    try:
        with observe(note):
            yield
    finally:
        LIBRARY.removeHandler(listener)
        LIBRARY.propagate = before


def _kind(text: str) -> str:
    return re.sub(r"\d[\d.,]*", "n", text)[:KIND]
