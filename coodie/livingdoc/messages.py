"""Records as Cucumber Messages: the stream that any tool of that ecosystem reads, and the page's only source.

Each case gets a pickle of its own, because those tools keep one test case per pickle. What Cucumber has no message
for (colour and driver of a case, facts about the environment) travels in attachments of our own media types.
"""

from __future__ import annotations

import base64
import json
import platform
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from coodie.livingdoc.documents import PLAIN, Document, Documents
from coodie.livingdoc.records import ABSENT, CASE, ENVIRONMENT, Json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coodie.livingdoc.records import Absent, Case, Definition, Evidence, LateEvidence, StepRun

RUN = "run"


@dataclass(frozen=True)
class Run:
    """A whole run: its cases, where its images lie, when it was, in what environment, and what is absent from it.

    Feature files are relative to `root`; a file whose text came with no case is read from there.
    """

    cases: list[Case]
    late: list[LateEvidence]
    images: Path
    started: float
    finished: float
    environment: dict[str, str]
    absent: list[Absent] = field(default_factory=list)
    root: Path = Path()

    def last_attempts(self) -> list[Case]:
        """Return the cases that count: of one that was repeated, the last run."""
        return list({case["id"]: case for case in self._in_order()}.values())

    def attempts(self) -> list[list[Case]]:
        """Return the cases, each with all attempts at it."""
        found: dict[str, list[Case]] = {}
        for case in self._in_order():
            found.setdefault(case["id"], []).append(case)
        return list(found.values())

    def _in_order(self) -> list[Case]:
        return sorted(self.cases, key=lambda case: case["attempt"])


def write(run: Run, path: Path) -> list[Json]:
    """Write the messages of `run` to `path`, one JSON line each; return them."""
    envelopes = Stream(run).envelopes()
    save(envelopes, path)
    return envelopes


def save(envelopes: Iterable[Json], path: Path) -> None:
    """Write messages, one JSON line each; a lone surrogate, which UTF-8 has not, stays a JSON escape."""
    with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in envelopes)


def read(path: Path) -> list[Json]:
    """Read messages back; a text may hold other ends of lines, such as U+2028, so only a line feed ends one."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


class Stream:
    """Builds the envelopes of one run, in the order that the protocol prescribes."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._documents = Documents(_sources(run))
        self._definitions: dict[tuple[str, int, str], Json] = {}
        self._hooks: dict[str, Json] = {}
        self._late: dict[str, list[Evidence]] = defaultdict(list)
        for late in (*run.late, *(late for case in run.cases for late in case["late"])):
            self._late[late["step"]].append(late["evidence"])

    def envelopes(self) -> list[Json]:
        """Return all of them: meta, sources, pickles, definitions, then the run and each case in turn."""
        run = self._run
        pickles: list[Json] = []
        planned: list[Json] = []
        happened: list[Json] = []
        for attempts in run.attempts():
            pickle = self._pickle(attempts[-1])
            pickles.append({"pickle": pickle})
            planned.append({"testCase": self._test_case(attempts, pickle)})
            for case in attempts:
                happened.extend(self._happened(case, planned[-1]["testCase"], case is not attempts[-1]))
        ran = {(case["uri"], case["line"], case["example"]) for case in run.cases}
        for document in self._documents:
            pickles.extend(
                {"pickle": pickle}
                for key, pickle in document.pickles.items()
                if (document.uri, *key) not in ran
            )
        return [
            {"meta": _meta()},
            *(message for document in self._documents for message in _document(document)),
            *pickles,
            *({"stepDefinition": each} for each in self._definitions.values()),
            *({"hook": each} for each in self._hooks.values()),
            {"testRunStarted": {"id": RUN, "timestamp": _timestamp(run.started)}},
            *(
                {
                    "attachment": _attachment(
                        media, json.dumps(body, ensure_ascii=False), {"testRunStartedId": RUN}
                    )
                }
                for media, body in ((ENVIRONMENT, run.environment), *((ABSENT, each) for each in run.absent))
            ),
            *planned,
            *happened,
            {
                "testRunFinished": {
                    "testRunStartedId": RUN,
                    "success": not run.absent
                    and all(case["status"] in {"PASSED", "SKIPPED"} for case in run.last_attempts()),
                    "timestamp": _timestamp(run.finished),
                }
            },
        ]

    def _id(self) -> str:
        return self._documents.ids.get_next_id()

    def _pickle(self, case: Case) -> Json:
        pickle = self._documents[case["uri"]].pickles[case["line"], case["example"]]
        steps = [{**step, "id": self._id()} for step in pickle["steps"]]
        return {**pickle, "id": self._id(), "steps": steps}

    def _test_case(self, attempts: list[Case], pickle: Json) -> Json:
        steps: list[Json] = []
        own, longest = attempts[-1]["id"], max((case["steps"] for case in attempts), key=len)
        if any(self._worth_showing(case["before"]) for case in attempts):
            steps.append({"id": f"{own}.before", "hookId": self._hook("BEFORE_TEST_CASE")})
        for position, planned in enumerate(pickle["steps"]):
            step = longest[position] if position < len(longest) else None
            found = None if step is None else step["definition"]
            steps.append(
                {
                    "id": f"{own}.{position}",
                    "pickleStepId": planned["id"],
                    "stepDefinitionIds": [] if found is None else [self._definition(found)],
                    "stepMatchArgumentsLists": [] if step is None or found is None else [_arguments(step)],
                }
            )
        if any(self._worth_showing(case["after"]) for case in attempts):
            steps.append({"id": f"{own}.after", "hookId": self._hook("AFTER_TEST_CASE")})
        return {"id": self._id(), "testRunStartedId": RUN, "pickleId": pickle["id"], "testSteps": steps}

    def _happened(self, case: Case, test_case: Json, retried: bool) -> Iterable[Json]:  # noqa: FBT001
        started = self._id()
        begin: Json = {
            "id": started,
            "attempt": case["attempt"],
            "testCaseId": test_case["id"],
            "timestamp": _timestamp(case["started"]),
        }
        yield {"testCaseStarted": begin | ({"workerId": case["worker"]} if case["worker"] else {})}
        known = {f"{case['id']}.{position}": step for position, step in enumerate(case["steps"])}
        known |= {f"{case['id']}.before": case["before"], f"{case['id']}.after": case["after"]}
        facts = {
            "node": case["node"],
            "params": case["params"],
            "status": case["status"],
            "reason": case["reason"],
            "environment": {key: values[-1] for key, values in case["meta"].items() if values},
        }
        yield {
            "attachment": _attachment(
                CASE, json.dumps(facts, ensure_ascii=False), {"testCaseStartedId": started}
            )
        }
        for planned in test_case["testSteps"]:
            owner = {"testCaseStartedId": started, "testStepId": planned["id"]}
            step = known.get(planned["id"])
            at = case["finished"] if step is None else step["started"]
            yield {"testStepStarted": {**owner, "timestamp": _timestamp(at)}}
            for evidence in () if step is None else (*step["evidence"], *self._late[step["id"]]):
                yield {"attachment": self._evidence(evidence, owner)}
            end = at if step is None else at + step["seconds"]
            yield {
                "testStepFinished": {**owner, "testStepResult": _result(step), "timestamp": _timestamp(end)}
            }
        finish = {
            "testCaseStartedId": started,
            "willBeRetried": retried,
            "timestamp": _timestamp(case["finished"]),
        }
        yield {"testCaseFinished": finish}

    def _worth_showing(self, fixtures: StepRun) -> bool:
        told = fixtures["evidence"] or fixtures["id"] in self._late
        return bool(told) or fixtures["status"] not in {"PASSED", "UNKNOWN"}

    def _evidence(self, evidence: Evidence, owner: Json) -> Json:
        named = owner | ({"fileName": evidence["name"]} if evidence["name"] else {})
        if "file" not in evidence:
            return _attachment(evidence["media"], evidence.get("body", ""), named)
        data = (self._run.images / evidence["file"]).read_bytes()
        return _attachment(evidence["media"], base64.b64encode(data).decode(), named, "BASE64")

    def _definition(self, found: Definition) -> str:
        key = (found["uri"], found["line"], found["pattern"])
        if key not in self._definitions:
            kind = "REGULAR_EXPRESSION" if found["regex"] else "CUCUMBER_EXPRESSION"
            self._definitions[key] = {
                "id": self._id(),
                "pattern": {"source": found["pattern"], "type": kind},
                "sourceReference": {"uri": found["uri"], "location": {"line": found["line"]}},
            }
        return str(self._definitions[key]["id"])

    def _hook(self, kind: str) -> str:
        if kind not in self._hooks:
            name = (
                "fixtures before the scenario"
                if kind == "BEFORE_TEST_CASE"
                else "fixtures after the scenario"
            )
            self._hooks[kind] = {"id": self._id(), "type": kind, "name": name, "sourceReference": {}}
        return str(self._hooks[kind]["id"])


def _sources(run: Run) -> dict[str, str]:
    """Return each feature file's text as it was collected; where that was lost with a process, as it is now."""
    found = {case["uri"]: case["source"] for case in run.cases if case["source"] is not None}
    missing = {case["uri"] for case in run.cases} - found.keys()
    return found | {uri: (run.root / uri).read_text("utf-8") for uri in missing}


def _document(document: Document) -> list[Json]:
    return [
        {"source": {"uri": document.uri, "data": document.source, "mediaType": PLAIN}},
        {"gherkinDocument": document.tree},
    ]


def _arguments(step: StepRun) -> Json:
    groups = [{"group": {"start": start, "value": value}} for start, value in step["arguments"]]
    return {"stepMatchArguments": groups}


def _result(step: StepRun | None) -> Json:
    if step is None:
        return {"status": "SKIPPED", "duration": _duration(0)}
    result: Json = {"status": step["status"], "duration": _duration(step["seconds"])}
    failure = step["failure"]
    if failure is not None:
        result["message"] = failure["trace"] or f"{failure['type']}: {failure['message']}"
        result["exception"] = {
            "type": failure["type"],
            "message": failure["message"],
            "stackTrace": failure["trace"],
        }
    elif step["message"]:
        result["message"] = step["message"]
    return result


def _attachment(media: str, body: str, owner: Json, encoding: str = "IDENTITY") -> Json:
    return {**owner, "mediaType": media, "contentEncoding": encoding, "body": body}


def _meta() -> Json:
    return {
        "protocolVersion": version("cucumber-messages"),
        "implementation": {"name": "coodie-livingdoc", "version": version("coodie")},
        "runtime": {"name": platform.python_implementation(), "version": platform.python_version()},
        "os": {"name": platform.system(), "version": platform.release()},
        "cpu": {"name": platform.machine()},
    }


def _timestamp(seconds: float) -> Json:
    whole = int(seconds)
    return {"seconds": whole, "nanos": min(round((seconds - whole) * 1e9), 999_999_999)}


_duration = _timestamp
