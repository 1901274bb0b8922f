"""Reads a stream of messages into the book."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from coodie.livingdoc.model import (
    Book,
    CaseRun,
    Example,
    ExampleTable,
    Feature,
    Proof,
    Rule,
    Scenario,
    StepResult,
    StepText,
)
from coodie.livingdoc.records import ABSENT, CASE, ENVIRONMENT, STATEMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coodie.livingdoc.records import Json

PickleKey = tuple[str, ...]


def read_book(envelopes: Iterable[Json]) -> Book:
    """Read the messages of one run, or of several that were merged."""
    return _Reader(envelopes).book()


class _Reader:
    def __init__(self, envelopes: Iterable[Json]) -> None:
        self._by_kind: dict[str, list[Json]] = defaultdict(list)
        for envelope in envelopes:
            for kind, message in envelope.items():
                self._by_kind[kind].append(message)
        self._pickles: dict[PickleKey, list[Json]] = defaultdict(list)
        for pickle in self._by_kind["pickle"]:
            self._pickles[tuple(pickle["astNodeIds"])].append(pickle)
        self._cases = {case["pickleId"]: case for case in self._by_kind["testCase"]}
        self._starts: dict[str, list[Json]] = defaultdict(list)
        for start in sorted(self._by_kind["testCaseStarted"], key=lambda start: start["attempt"]):
            self._starts[start["testCaseId"]].append(start)
        self._ends = {end["testCaseStartedId"]: end for end in self._by_kind["testCaseFinished"]}
        self._results = {
            (end["testCaseStartedId"], end["testStepId"]): end["testStepResult"]
            for end in self._by_kind["testStepFinished"]
        }
        self._hooks = {hook["id"]: hook for hook in self._by_kind["hook"]}
        self._definitions = {each["id"]: each for each in self._by_kind["stepDefinition"]}
        self._facts: dict[str, Json] = {}
        self._environments: list[dict[str, str]] = []
        self._absent: list[tuple[str, str]] = []
        self._proofs: dict[tuple[str, str], list[Proof]] = defaultdict(list)
        for attachment in self._by_kind["attachment"]:
            self._attach(attachment)
        self._ids: set[str] = set()

    def _attach(self, attachment: Json) -> None:
        media = attachment["mediaType"]
        case = attachment.get("testCaseStartedId", "")
        if media == CASE:
            self._facts[case] = json.loads(attachment["body"])
        elif media == ENVIRONMENT:
            self._environments.append(json.loads(attachment["body"]))
        elif media == ABSENT:
            found = json.loads(attachment["body"])
            self._absent.append((found["place"], found["message"]))
        else:
            body = attachment["body"]
            proof = Proof(
                media, attachment.get("fileName", ""), json.loads(body) if _is_ours(media) else body
            )
            self._proofs[case, attachment.get("testStepId", "")].append(proof)

    def book(self) -> Book:
        started = [_seconds(each["timestamp"]) for each in self._by_kind["testRunStarted"]]
        finished = [_seconds(each["timestamp"]) for each in self._by_kind["testRunFinished"]]
        return Book(
            features=sorted(
                (self._feature(tree) for tree in self._by_kind["gherkinDocument"] if tree.get("feature")),
                key=self._place,
            ),
            environments=self._environments,
            started=min(started, default=0.0),
            finished=max(finished, default=0.0),
            absent=self._absent,
        )

    def _place(self, feature: Feature) -> tuple[bool, int, tuple[str, ...], int, str]:
        """Put demos after the library, chapters and features in the order that the project chose, the rest by name."""
        chosen = next((each["chapters"].split() for each in self._environments if "chapters" in each), [])
        folder = "/".join(feature.folders)
        name = f"{folder}/{feature.uri.rpartition('/')[2].removesuffix('.feature')}"
        ranks = [chosen.index(place) if place in chosen else len(chosen) for place in (folder, name)]
        return feature.folders[:1] == ("demos",), ranks[0], feature.folders, ranks[1], feature.uri

    def _feature(self, tree: Json) -> Feature:
        feature, uri = tree["feature"], tree["uri"]
        parts = uri.removesuffix(".feature").split("/")
        folders = tuple(parts[1:-1] if parts[0] == "features" else parts[:-1])
        own = self._id(".".join((*folders, parts[-1])))
        background: list[Json] = []
        rules = [Rule(own, "", "", [], [])]
        for child in feature["children"]:
            if "background" in child:
                background.extend(child["background"]["steps"])
            elif "rule" in child:
                rules.append(self._rule(child["rule"], own, background))
            else:
                rules[0].scenarios.append(self._scenario(child["scenario"], own, background))
        return Feature(
            id=own,
            uri=uri,
            folders=folders,
            keyword=feature["keyword"],
            name=feature["name"],
            description=feature["description"],
            tags=[tag["name"] for tag in feature["tags"]],
            background=[_written(step) for step in background],
            rules=[rule for rule in rules if rule.name or rule.scenarios],
            language=feature["language"],
        )

    def _rule(self, rule: Json, parent: str, background: list[Json]) -> Rule:
        own = [
            step
            for child in rule["children"]
            if "background" in child
            for step in child["background"]["steps"]
        ]
        return Rule(
            id=self._id(f"{parent}.{_slug(rule['name'])}"),
            name=rule["name"],
            description=rule["description"],
            tags=[tag["name"] for tag in rule["tags"]],
            background=[_written(step) for step in own],
            scenarios=[
                self._scenario(child["scenario"], parent, [*background, *own])
                for child in rule["children"]
                if "scenario" in child
            ],
            keyword=rule["keyword"],
        )

    def _scenario(self, scenario: Json, parent: str, background: list[Json]) -> Scenario:
        steps = [*background, *scenario["steps"]]
        keyed = {step["id"]: step for step in steps}
        inherited = {step["id"] for step in background}
        tables = [
            ExampleTable(
                name=table["name"],
                description=table["description"],
                tags=[tag["name"] for tag in table["tags"]],
                header=[cell["value"] for cell in table["tableHeader"]["cells"]],
                rows=[
                    self._example((scenario["id"], row["id"]), row, keyed, inherited)
                    for row in table["tableBody"]
                ],
                keyword=table["keyword"],
            )
            for table in scenario["examples"]
            if table.get("tableHeader")
        ]
        plain = [] if scenario["examples"] else [self._example((scenario["id"],), scenario, keyed, inherited)]
        return Scenario(
            id=self._id(f"{parent}.{_slug(scenario['name'])}"),
            keyword=scenario["keyword"],
            name=scenario["name"],
            description=scenario["description"],
            tags=[tag["name"] for tag in scenario["tags"]],
            line=scenario["location"]["line"],
            steps=[_written(step) for step in scenario["steps"]],
            examples=plain or [row for table in tables for row in table.rows],
            tables=tables,
        )

    def _example(self, key: PickleKey, node: Json, steps: dict[str, Json], inherited: set[str]) -> Example:
        pickles = self._pickles.get(key, [])
        values = tuple(cell["value"] for cell in node.get("cells", ()))
        if not pickles:
            return Example(node.get("name", ""), node["location"]["line"], values, [])
        texts = []
        for planned in pickles[0]["steps"]:
            source = steps[planned["astNodeIds"][0]]
            text = _written({**source, "text": planned["text"]}, planned.get("argument"))
            text.background = source["id"] in inherited
            texts.append(text)
        example = Example(pickles[0]["name"], node["location"]["line"], values, texts)
        for pickle in pickles:
            case = self._cases.get(pickle["id"])
            if case is None:
                continue
            starts = self._starts[case["id"]]
            for start in starts:
                run = self._run(case, start, texts)
                run.attempt = start["attempt"] + 1 if len(starts) > 1 else 0
                run.superseded = start is not starts[-1]
                example.runs.append(run)
        return example

    def _run(self, case: Json, start: Json, texts: list[StepText]) -> CaseRun:
        begin, own = _seconds(start["timestamp"]), start["id"]
        end = self._ends.get(own)
        facts = self._facts.get(own, {})
        run = CaseRun(
            node=facts.get("node", ""),
            params=facts.get("params", {}),
            status=facts.get("status", "UNKNOWN"),
            reason=facts.get("reason", ""),
            environment=facts.get("environment", {}),
            started=begin,
            seconds=0.0 if end is None else _seconds(end["timestamp"]) - begin,
        )
        for planned in case["testSteps"]:
            result = self._result(own, planned["id"])
            if "hookId" not in planned:
                if len(run.steps) < len(texts):
                    self._define(texts[len(run.steps)], planned)
                run.steps.append(result)
            elif self._hooks[planned["hookId"]].get("type") == "BEFORE_TEST_CASE":
                run.before = result
            else:
                run.after = result
        run.keyspaces = frozenset(_keyspaces(run))
        return run

    def _define(self, text: StepText, planned: Json) -> None:
        for found in planned.get("stepDefinitionIds", ())[:1]:
            place = self._definitions[found]["sourceReference"]
            text.definition = f"{place['uri']}:{place['location']['line']}"
        for arguments in planned.get("stepMatchArgumentsLists", ())[:1]:
            groups = [each["group"] for each in arguments["stepMatchArguments"]]
            text.arguments = [(group["start"], group["value"]) for group in groups]

    def _result(self, case: str, step: str) -> StepResult:
        result = self._results.get(
            (case, step), {"status": "UNKNOWN", "duration": {"seconds": 0, "nanos": 0}}
        )
        return StepResult(
            status=result["status"],
            seconds=_seconds(result["duration"]),
            message=result.get("message", ""),
            error=result.get("exception"),
            proofs=self._proofs.get((case, step), []),
        )

    def _id(self, wish: str) -> str:
        own, count = wish, 1
        while own in self._ids:
            count += 1
            own = f"{wish}-{count}"
        self._ids.add(own)
        return own


def _written(step: Json, argument: Json | None = None) -> StepText:
    given = argument if argument is not None else step
    table, doc = given.get("dataTable"), given.get("docString")
    return StepText(
        keyword=step["keyword"].strip(),
        text=step["text"],
        line=step["location"]["line"],
        table=[] if table is None else [[cell["value"] for cell in row["cells"]] for row in table["rows"]],
        doc=None if doc is None else doc["content"],
        media="" if doc is None else doc.get("mediaType", ""),
    )


def _keyspaces(run: CaseRun) -> Iterator[str]:
    for result in (run.before, *run.steps, run.after):
        for proof in () if result is None else result.proofs:
            name = proof.body.get("keyspace") if proof.media == STATEMENT else None
            if name and not name.startswith("system"):
                yield name


def _is_ours(media: str) -> bool:
    return media.startswith("application/x.coodie.")


def _seconds(stamp: Json) -> float:
    return float(stamp["seconds"]) + float(stamp["nanos"]) / 1e9


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-")
