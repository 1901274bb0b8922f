"""All that a long run has written, and everything that was found to be wrong with it."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

from coodie.exceptions import OperationError
from steps.soak_model import Chain, Claim, Outcome, Record, Row, Tally, Twin

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: dict[str, type[Record]] = {
    "article": Row,
    "order": Twin,
    "seat": Claim,
    "page": Chain,
    "counter": Tally,
}


class Ledger:
    """All rows of a long run, by kind and key, and everything that was found to be wrong with one."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.outcomes: Counter[Outcome] = Counter()
        self.errors: Counter[str] = Counter()
        self.read = 0
        self.differences: list[str] = []
        self._records: dict[str, dict[Any, Any]] = {kind: {} for kind in KINDS}
        self._turns: Counter[str] = Counter()
        self._lock = threading.Lock()

    def record(self, kind: str, key: Any) -> Any:
        """Return what is known of a row, of which nothing is known at first."""
        with self._lock:
            known = self._records[kind]
            if key not in known:
                known[key] = KINDS[kind]()
            return known[key]

    def told(self, error: Exception) -> None:
        """Count an error by its class, or its words where the class says nothing."""
        with self._lock:
            name, plain = type(error).__name__, type(error) is OperationError
            self.errors[f"{name} ({error})" if plain else name] += 1

    def count(self, outcome: Outcome) -> None:
        """Count a write."""
        with self._lock:
            self.outcomes[outcome] += 1

    def turn(self, kind: str, length: int) -> int:
        """Count up; return how many rounds of that length are over, so that nothing is contended for for ever."""
        with self._lock:
            self._turns[kind] += 1
            return self._turns[kind] // length

    def settled(self, kind: str) -> dict[Any, int]:
        """Return the keys of all rows that nobody writes now, with how often each was written."""
        with self._lock:
            known = list(self._records[kind].items())
        marks = ((key, row.settled) for key, row in known)
        return {key: mark for key, mark in marks if mark is not None}

    def compare_settled(
        self, kind: str, marks: Mapping[Any, int], found: Mapping[Any, Any], when: str
    ) -> None:
        """Compare what a scan has found with those rows of which none was written since the marks were taken."""
        for key, mark in marks.items():
            row = self.record(kind, key)
            if row.settled == mark:
                self.check(kind, key, found.get(key), when)

    def compare(self, kind: str, found: Mapping[Any, Any], when: str) -> int:
        """Compare a whole table with all that is known of it; return how many rows were looked at."""
        known = self._records[kind]
        for key in known.keys() | found.keys():
            if key in known:
                self.check(kind, key, found.get(key), when)
            else:
                self.differ(f"{kind} {key} {when}: nobody wrote {found[key]!r}", "")
        return len(known.keys() | found.keys())

    def check(self, kind: str, key: Any, found: Any, when: str) -> None:
        """Compare one row with what is known of it."""
        record = self.record(kind, key)
        with self._lock:
            self.read += 1
        for problem in record.problems(found):
            self.differ(f"{kind} {key} {when}: {problem}", record.story(problem))

    def differ(self, what: str, history: str) -> None:
        """Keep what is wrong, with the seed and the history of its row."""
        self.differences.append(f"seed {self.seed}: {what}\n{history}".rstrip())
