"""What a run leaves behind, as plain JSON values: this is what travels from a test process to the writer.

A `Case` is one execution of one scenario (one example, one colour, one driver). Its evidence is a list of
attachments, each a media type with a text or with the name of an image file.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

STATEMENT = "application/x.coodie.statement+json"
OMITTED = "application/x.coodie.omitted+json"
HTTP = "application/x.coodie.http+json"
MODEL = "application/x.coodie.model+json"
COMPARISON = "application/x.coodie.comparison+json"
NOTE = "text/x.coodie.note"
TROUBLE = "text/x.coodie.trouble"
CASE = "application/x.coodie.case+json"
ENVIRONMENT = "application/x.coodie.environment+json"
ABSENT = "application/x.coodie.absent+json"

Status = Literal["PASSED", "FAILED", "SKIPPED", "UNDEFINED", "UNKNOWN"]


class Evidence(TypedDict):
    """One attachment: its text in `body`, or the name of its file among the run's images in `file`."""

    media: str
    name: str
    body: NotRequired[str]
    file: NotRequired[str]


class Failure(TypedDict):
    """Why something failed: exception type, message and the traceback as text."""

    type: str
    message: str
    trace: str


class Definition(TypedDict):
    """The step definition that ran: its pattern, and where its code stands."""

    pattern: str
    regex: bool
    uri: str
    line: int


class StepRun(TypedDict):
    """One executed step, or the fixtures before or after a scenario; `seconds` is its duration."""

    id: str
    status: Status
    started: float
    seconds: float
    message: str
    failure: Failure | None
    definition: Definition | None
    arguments: list[tuple[int, str]]
    evidence: list[Evidence]


class Case(TypedDict):
    """One execution of one scenario; `example` counts the example rows of an outline from 0.

    `source` is the feature file as it was collected; the first case of each file in a process carries it. Runs of one
    case that were repeated, because it failed, share its `id` and count their `attempt` from 0.
    """

    id: str
    attempt: int
    node: str
    uri: str
    source: str | None
    line: int
    example: int | None
    params: dict[str, str]
    worker: str
    started: float
    finished: float
    status: Status
    reason: str
    before: StepRun
    steps: list[StepRun]
    after: StepRun
    meta: dict[str, list[str]]
    late: list[LateEvidence]


class LateEvidence(TypedDict):
    """A statement of another process that arrived after its step's record had been handed over."""

    step: str
    evidence: Evidence


class Absent(TypedDict):
    """Something that should stand in the document and does not: where it is from, and why."""

    place: str
    message: str


class Handed(TypedDict):
    """What a report carries: every attempt at one case, or why there is no record of it."""

    cases: list[Case]
    absent: list[Absent]


class LastWords(TypedDict):
    """What a test process still has to say when its session ends."""

    cases: list[Case]
    late: list[LateEvidence]


Json = dict[str, Any]
