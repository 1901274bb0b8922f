"""A case while it runs: its fixtures before, its steps, its fixtures after; closed, it becomes a record."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coodie.livingdoc.evidence import Bounded, trouble
from coodie.livingdoc.records import TROUBLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coodie.livingdoc.adapters import Record
    from coodie.livingdoc.records import Case, Definition, Evidence, Failure, LateEvidence, Status, StepRun


@dataclass
class Span:
    """A stretch of a case that evidence belongs to: a step, or the fixtures before or after."""

    id: str
    definition: Definition | None = None
    arguments: list[tuple[int, str]] = field(default_factory=list)
    phase: str = "fixtures"
    status: Status = "UNKNOWN"
    message: str = ""
    failure: Failure | None = None
    sent: dict[str, Bounded] = field(default_factory=lambda: defaultdict(Bounded))
    attached: list[Evidence] = field(default_factory=list)
    served: Bounded = field(default_factory=Bounded)
    started: float = field(default_factory=time.time)
    seconds: float = 0.0
    _clock: float = field(default_factory=time.perf_counter)

    def take(self, kind: str, text: str, make: Callable[[], Record]) -> None:
        """Take something that this process sent; what adapters of different kinds tell is counted apart."""
        try:
            self.sent[kind].add(text, make, self.phase)
        except Exception as error:  # noqa: BLE001 - told with the scenario, which fails by it
            self.attached.append(trouble(error))

    def close(self, status: Status, message: str = "") -> None:
        """End the span; the first call decides."""
        if self.status == "UNKNOWN":
            self.status, self.message = status, message
            self.seconds = time.perf_counter() - self._clock

    def fail(self, failure: Failure, status: Status = "FAILED") -> None:
        """End the span with a failure."""
        self.close(status, failure["message"])
        self.failure = failure

    def record(self) -> StepRun:
        """Return the record of the span."""
        return {
            "id": self.id,
            "status": self.status,
            "started": self.started,
            "seconds": self.seconds,
            "message": self.message,
            "failure": self.failure,
            "definition": self.definition,
            "arguments": self.arguments,
            "evidence": list(self._evidence()),
        }

    def _evidence(self) -> Iterator[Evidence]:
        for sent in self.sent.values():
            yield from sent.evidence()
        yield from self.attached
        yield from self.served.evidence()


@dataclass
class OpenCase:
    """The running case; `current` is the span that evidence goes to."""

    id: str
    node: str
    uri: str
    source: str | None
    line: int
    example: int | None
    params: dict[str, str]
    worker: str
    attempt: int = 0
    status: Status = "UNKNOWN"
    reason: str = ""
    steps: list[Span] = field(default_factory=list)
    unrecorded: bool = False  # whether it failed by that alone
    started: float = field(default_factory=time.time)

    def __post_init__(self) -> None:
        self._prefix = f"{self.id}.{self.attempt}"
        self.before = Span(f"{self._prefix}.before")
        self.after = Span(f"{self._prefix}.after")
        self.current = self.before

    def open_step(self) -> Span:
        """Begin the next step."""
        self.before.close("PASSED")
        self.current = Span(f"{self._prefix}.{len(self.steps)}")
        self.steps.append(self.current)
        return self.current

    def open_after(self) -> None:
        """Begin the fixtures' clean-up."""
        self.before.close("PASSED")
        self.after = self.current = Span(f"{self._prefix}.after")

    def span(self, step_id: str | None) -> Span | None:
        """Find the span with this id; without one, the current."""
        if step_id is None:
            return self.current
        return next((each for each in (self.before, *self.steps, self.after) if each.id == step_id), None)

    def close(self, meta: dict[str, list[str]], late: list[LateEvidence]) -> Case:
        """Return the record of the case."""
        self.after.close("PASSED")
        for step in self.steps:
            step.close("UNKNOWN" if self.status == "UNKNOWN" else self.status, "interrupted")
        before, after = self.before.record(), self.after.record()
        steps = [step.record() for step in self.steps]
        lost = [
            evidence.get("body", "")
            for span in (before, *steps, after)
            for evidence in span["evidence"]
            if evidence["media"] == TROUBLE
        ]
        self.unrecorded = bool(lost) and self.status != "FAILED"
        if lost:  # what the document cannot show must not pass unseen
            self.status = "FAILED"
            told = (f"evidence could not be recorded: {each}" for each in lost)
            self.reason = "\n".join(filter(None, (self.reason, *told)))
        return {
            "id": self.id,
            "attempt": self.attempt,
            "node": self.node,
            "uri": self.uri,
            "source": self.source,
            "line": self.line,
            "example": self.example,
            "params": self.params,
            "worker": self.worker,
            "started": self.started,
            "finished": time.time(),
            "status": self.status,
            "reason": self.reason,
            "before": before,
            "steps": steps,
            "after": after,
            "meta": meta,
            "late": late,
        }
