"""Feature files as messages: source, syntax tree and pickles, as the reference parser makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gherkin.ast_builder import AstBuilder
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from coodie.livingdoc.records import Json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLAIN = "text/x.cucumber.gherkin+plain"
PickleKey = tuple[int, int | None]


@dataclass(frozen=True)
class Document:
    """A feature file; `pickles` are found by their scenario's line and the count of their example row."""

    uri: str
    source: str
    tree: Json
    pickles: dict[PickleKey, Json]


class Documents:
    """Parses feature files once each, with ids that are unique among them all."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.ids = IdGenerator()
        self._documents = {uri: self._parse(uri, sources[uri]) for uri in sorted(sources)}

    def __getitem__(self, uri: str) -> Document:
        return self._documents[uri]

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents.values())

    def _parse(self, uri: str, source: str) -> Document:
        tree: Any = {**Parser(AstBuilder(self.ids)).parse(source), "uri": uri}
        lines = {scenario["id"]: scenario["location"]["line"] for scenario in scenarios(tree)}
        pickles: dict[PickleKey, Json] = {}
        rows: dict[str, int] = {}
        for pickle in Compiler(self.ids).compile(tree):
            found: Any = pickle
            scenario, *row = found["astNodeIds"]
            count = rows[scenario] = rows.get(scenario, -1) + 1
            pickles[lines[scenario], count if row else None] = found
        return Document(uri, source, tree, pickles)


def scenarios(tree: Json) -> list[Json]:
    """List the scenarios of a syntax tree, those of its rules included."""
    found: list[Json] = []
    for child in tree.get("feature", {}).get("children", []):
        inner = child["rule"]["children"] if "rule" in child else [child]
        found.extend(each["scenario"] for each in inner if "scenario" in each)
    return found
