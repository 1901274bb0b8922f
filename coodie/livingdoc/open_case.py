"""A case while it runs: its fixtures before, its steps, its fixtures after; closed, it becomes a record."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coodie.livingdoc.evidence import Statements

if TYPE_CHECKING:
    from coodie.livingdoc.records import Case, Definition, Evidence, Failure, LateEvidence, Status, StepRun
    from coodie.observation import Observation


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
    statements: Statements = field(default_factory=Statements)
    attached: list[Evidence] = field(default_factory=list)
    served: Statements = field(default_factory=Statements)
    started: float = field(default_factory=time.time)
    seconds: float = 0.0
    _clock: float = field(default_factory=time.perf_counter)

    def observe(self, observation: Observation) -> None:
        """Take a statement that this process sent."""
        self.statements.add(observation, self.phase)

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
            "evidence": [*self.statements.evidence(), *self.attached, *self.served.evidence()],
        }


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
    status: Status = "UNKNOWN"
    reason: str = ""
    steps: list[Span] = field(default_factory=list)
    started: float = field(default_factory=time.time)

    def __post_init__(self) -> None:
        self.before = Span(f"{self.id}.before")
        self.after = Span(f"{self.id}.after")
        self.current = self.before

    def open_step(self) -> Span:
        """Begin the next step."""
        self.before.close("PASSED")
        self.current = Span(f"{self.id}.{len(self.steps)}")
        self.steps.append(self.current)
        return self.current

    def open_after(self) -> None:
        """Begin the fixtures' clean-up."""
        self.before.close("PASSED")
        self.after = self.current = Span(f"{self.id}.after")

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
        return {
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
            "before": self.before.record(),
            "steps": [step.record() for step in self.steps],
            "after": self.after.record(),
            "meta": meta,
            "late": late,
        }
