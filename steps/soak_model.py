"""What a long run has written: for each row all that may be there now, and what contradicts every possibility.

A write that was acknowledged is there; one that was refused is not; one whose answer did not come may be there or not,
and whatever was acknowledged after it wins over it. So what is known of a row is a set of states: each later write
changes all of them, and one of unknown outcome adds those in which it was applied to those in which it was not.
"""

from __future__ import annotations

import re
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter, deque
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

REMEMBERED, SHOWN = 400, 20  # of the events of one row


class Outcome(StrEnum):
    """What a program knows of a write that it has sent."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Record(ABC):
    """What is known of one row, and how it came about."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._history: deque[str] = deque(maxlen=REMEMBERED)
        self._born = time.monotonic()

    def note(self, event: str) -> None:
        """Remember an event, with the seconds since the row was first written."""
        self._history.append(f"  {time.monotonic() - self._born:8.3f} s  {event}")

    def story(self, problem: str) -> str:
        """Tell the latest events, and all of those whom a problem names, a line each."""
        named = re.findall(r"'([^']+)'", problem)
        events = list(self._history)
        told = [event for event in events[:-SHOWN] if any(f" {name} " in event for name in named)]
        return "\n".join([*told, *events[-SHOWN:]])

    @abstractmethod
    def problems(self, found: Any) -> list[str]:
        """Say what is wrong with what was found, `None` for no row."""


class Row(Record):
    """A row with one writer: `None` is no row, anything else its values."""

    def __init__(self) -> None:
        super().__init__()
        self.possible: frozenset[Hashable] = frozenset({None})
        self.begun = 0
        self._pending: tuple[str, Callable[[Hashable], Hashable]] | None = None

    def begin(self, what: str, change: Callable[[Hashable], Hashable]) -> None:
        """Note that a write is sent: `change` gives the state that it makes of another."""
        with self.lock:
            assert self._pending is None, f"{self._pending} is still under way"
            self._pending = (what, change)
            self.begun += 1

    def end(self, outcome: Outcome, why: str = "") -> None:
        """Note what came of that write."""
        with self.lock:
            assert self._pending is not None, "no write is under way"
            what, change = self._pending
            self._pending = None
            after = frozenset(map(change, self.possible))
            if outcome is Outcome.ACKNOWLEDGED:
                self.possible = after
            elif outcome is Outcome.UNKNOWN:
                self.possible |= after
            self.note(f"{outcome}: {what} {why}")

    @property
    def is_there(self) -> bool:
        """Whether there is a row in every state that is possible."""
        return None not in self.possible

    @property
    def settled(self) -> int | None:
        """How many writes were begun, `None` while one is under way."""
        with self.lock:
            return None if self._pending else self.begun

    def problems(self, found: Any) -> list[str]:
        """Compare a row with the states that are possible."""
        possible = self._states()
        if found in possible:
            return []
        if found is None:
            return [f"the row is lost: {_any_of(possible)}"]
        return [f"the row is {found!r}, and should be {_any_of(possible)}"]

    def _states(self) -> frozenset[Hashable]:
        if self._pending is None:
            return self.possible
        return self.possible | frozenset(map(self._pending[1], self.possible))


class Twin(Row):
    """A row that stands in two tables, each write to which is a logged batch."""

    def problems(self, found: tuple[Hashable, Hashable] | None) -> list[str]:
        """Compare what stands in both tables."""
        one, other = found or (None, None)
        if one != other:
            return [f"half a batch: one table has {one!r}, the other {other!r}"]
        return super().problems(one)


class Claim(Record):
    """Something that only one of many can get: a lightweight transaction decides."""

    def __init__(self) -> None:
        super().__init__()
        self._claims: dict[str, Outcome] = {}
        self._named: set[str] = set()

    def begin(self, token: str) -> None:
        """Note that somebody tries to get it."""
        with self.lock:
            self._claims[token] = Outcome.UNKNOWN

    def end(self, token: str, outcome: Outcome, why: str = "", *, existing: str | None = None) -> None:
        """Note what came of it; a refusal may name who has it."""
        with self.lock:
            self._claims[token] = outcome
            if existing is not None:
                self._named.add(existing)
            self.note(f"{outcome}: {token} claims it {why}")

    def problems(self, found: str | None) -> list[str]:
        """Compare who has it with who was told so."""
        told = [token for token, outcome in self._claims.items() if outcome is Outcome.ACKNOWLEDGED]
        if len(told) > 1:
            return [f"{len(told)} were told that they have it: {told}"]
        if told and found != told[0]:
            return [f"{told[0]} was told to have it, and {found!r} has it"]
        if found is not None and self._claims.get(found, Outcome.REFUSED) is Outcome.REFUSED:
            return [f"{found!r} has it, who never claimed it or was refused"]
        if self._named - {found}:
            return [f"{sorted(self._named)} were named as those who have it, and {found!r} has it"]
        return []


class Chain(Record):
    """A text to which many append, each over the revision that they have read."""

    def __init__(self) -> None:
        super().__init__()
        self._edits: dict[str, Outcome] = {}

    def begin(self, token: str) -> None:
        """Note that an edit is sent."""
        with self.lock:
            self._edits[token] = Outcome.UNKNOWN

    def end(self, token: str, outcome: Outcome, why: str = "") -> None:
        """Note what came of it."""
        with self.lock:
            self._edits[token] = outcome
            self.note(f"{outcome}: {token} is appended {why}")

    def problems(self, found: tuple[int, str] | None) -> list[str]:
        """Compare the edits of a text, and its revision, with what is known of each."""
        revision, text = found or (0, "")
        edits = Counter(text.split())
        by = {outcome: {edit for edit, each in self._edits.items() if each is outcome} for outcome in Outcome}
        wrong = {
            "stand there more than once": {edit for edit, times in edits.items() if times > 1},
            "were acknowledged and are lost": by[Outcome.ACKNOWLEDGED] - set(edits),
            "were refused and stand there": by[Outcome.REFUSED] & set(edits),
            "stand there and nobody wrote them": set(edits) - set(self._edits),
        }
        told = [f"{sorted(tokens)} {what}" for what, tokens in wrong.items() if tokens]
        if revision != edits.total():
            told.append(f"the revision is {revision}, of {edits.total()} edits")
        return told


class Tally(Record):
    """A counter that many increment: an increment of unknown outcome counts, or not."""

    def __init__(self) -> None:
        super().__init__()
        self.least = self.most = 0

    def begin(self, delta: int) -> None:
        """Note that an increment is sent."""
        with self.lock:
            self.most += delta

    def end(self, delta: int, outcome: Outcome, why: str = "") -> None:
        """Note what came of it."""
        with self.lock:
            if outcome is Outcome.ACKNOWLEDGED:
                self.least += delta
            elif outcome is Outcome.REFUSED:
                self.most -= delta
            if outcome is not Outcome.ACKNOWLEDGED:
                self.note(f"{outcome}: {delta} more, now {self.least} to {self.most} {why}")

    def problems(self, found: int | None) -> list[str]:
        """Compare the counter with the least and the most that it can be."""
        if self.least <= (found or 0) <= self.most:
            return []
        return [f"the counter is {found}, and should be {self.least} to {self.most}"]


def _any_of(states: frozenset[Hashable]) -> str:
    return " or ".join(sorted(map(repr, states)))
