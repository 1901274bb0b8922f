"""The book that the messages tell: features, rules, scenarios, and for each scenario its runs with their evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.livingdoc.records import Json

RANK = {
    "FAILED": 0,
    "UNDEFINED": 1,
    "AMBIGUOUS": 2,
    "PENDING": 3,
    "UNKNOWN": 4,
    "PASSED": 5,
    "SKIPPED": 6,
    "": 7,
}


@dataclass(slots=True)
class Proof:
    """One piece of evidence: a media type, a caption, and a JSON value, a text, or an image in base64."""

    media: str
    name: str
    body: Any


@dataclass(slots=True)
class StepResult:
    """What became of one step (or of the fixtures around the steps) in one run."""

    status: str = "SKIPPED"
    seconds: float = 0.0
    message: str = ""
    error: Json | None = None
    proofs: list[Proof] = field(default_factory=list)


@dataclass(slots=True)
class CaseRun:
    """One execution of a scenario: `params` are its colour, driver and the like.

    `keyspaces` are those that its statements name, but for the server's own. Runs that were repeated, because the case
    failed, are `superseded`: they are shown and do not count. `attempt` counts from 1; 0 where there was only one.
    """

    node: str
    params: dict[str, str]
    status: str
    reason: str
    environment: dict[str, str]
    started: float
    seconds: float
    steps: list[StepResult] = field(default_factory=list)
    before: StepResult | None = None
    after: StepResult | None = None
    keyspaces: frozenset[str] = frozenset()
    attempt: int = 0
    superseded: bool = False

    @property
    def label(self) -> str:
        """The run's badge: its parameters and which attempt it was, else nothing."""
        words = [*self.params.values(), *([f"attempt {self.attempt}"] if self.attempt else [])]
        return " · ".join(words)


@dataclass(slots=True)
class StepText:
    """A step as it is written, and the place of the code behind it; `arguments` are positions and words."""

    keyword: str
    text: str
    line: int
    table: list[list[str]] = field(default_factory=list)
    doc: str | None = None
    media: str = ""
    background: bool = False
    definition: str = ""
    arguments: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Example:
    """A scenario with its values filled in: what ran. `values` is the example row of an outline."""

    name: str
    line: int
    values: tuple[str, ...]
    steps: list[StepText]
    runs: list[CaseRun] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The worst of its runs that count; empty when it did not run."""
        return worst(run.status for run in self.runs if not run.superseded)


@dataclass(slots=True)
class ExampleTable:
    """One table of examples below an outline."""

    name: str
    description: str
    tags: list[str]
    header: list[str]
    rows: list[Example]
    keyword: str = "Examples"


@dataclass(slots=True)
class Scenario:
    """A scenario or an outline; a plain scenario has one example without values and no tables."""

    id: str
    keyword: str
    name: str
    description: str
    tags: list[str]
    line: int
    steps: list[StepText]
    examples: list[Example]
    tables: list[ExampleTable]

    @property
    def status(self) -> str:
        """The worst of its examples; empty when none ran."""
        return worst(example.status for example in self.examples)


@dataclass(slots=True)
class Rule:
    """A rule, or (without a name) the scenarios that stand before any."""

    id: str
    name: str
    description: str
    tags: list[str]
    background: list[StepText]
    scenarios: list[Scenario] = field(default_factory=list)
    keyword: str = "Rule"


@dataclass(slots=True)
class Feature:
    """A feature file; `folders` says where in the tree it hangs."""

    id: str
    uri: str
    folders: tuple[str, ...]
    keyword: str
    name: str
    description: str
    tags: list[str]
    background: list[StepText]
    rules: list[Rule]
    language: str = "en"

    def scenarios(self) -> Iterator[Scenario]:
        """Yield the scenarios of all rules."""
        for rule in self.rules:
            yield from rule.scenarios

    @property
    def status(self) -> str:
        """The worst of its scenarios."""
        return worst(scenario.status for scenario in self.scenarios())


@dataclass(slots=True)
class Book:
    """The whole document; `environments` holds the facts of each run that was merged into it.

    `absent` names what should be in it and is not, with the reason.
    """

    features: list[Feature]
    environments: list[dict[str, str]]
    started: float
    finished: float
    absent: list[tuple[str, str]] = field(default_factory=list)

    def examples(self) -> Iterator[tuple[Feature, Scenario, Example]]:
        """Yield every example of every scenario."""
        for feature in self.features:
            for scenario in feature.scenarios():
                for example in scenario.examples:
                    yield feature, scenario, example


def worst(statuses: Iterator[str]) -> str:
    """Return the status that a reader must see first; `PASSED` outweighs `SKIPPED`."""
    return min(statuses, key=lambda status: RANK.get(status, 4), default="")
