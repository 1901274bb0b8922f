"""A run of 300 scenarios with 3,000 statements, to measure and to size the page by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coodie.livingdoc.records import STATEMENT

if TYPE_CHECKING:
    from coodie.livingdoc.records import Case, StepRun


def large_run() -> list[Case]:
    cases = []
    for number in range(30):
        lines = [f"Feature: number {number}", "  Prose."]
        for scenario in range(10):
            lines += [f"  Scenario: it is {scenario}", *(f"    Given step {step}" for step in range(5))]
        cases.extend(large_case(number, line, "\n".join(lines)) for line in range(3, 60, 6))
    return cases


def large_case(number: int, line: int, source: str) -> Case:
    own = f"{number}.{line}"
    return {
        "id": own,
        "attempt": 0,
        "node": own,
        "uri": f"f{number}.feature",
        "source": source,
        "line": line,
        "example": None,
        "params": {"colour": "sync"},
        "worker": "",
        "started": 0.0,
        "finished": 0.1,
        "status": "PASSED",
        "reason": "",
        "before": large_step(f"{own}.b", 0),
        "steps": [large_step(f"{own}.{step}", 2) for step in range(5)],
        "after": large_step(f"{own}.a", 0),
        "meta": {},
        "late": [],
    }


def large_step(own: str, statements: int) -> StepRun:
    record = {
        "text": f'SELECT "id", "user", "created" FROM "k"."t{own[-1]}" WHERE "id" = ? AND "user" = ? LIMIT ?',
        "params": [{"name": name, "type": "text", "value": f"'{own}'"} for name in ("id", "user", "[limit]")],
        "partitions": [{"id": own}],
        "partition_count": 1,
        "rows": {
            "columns": ["id", "user"],
            "types": ["int", "text"],
            "sample": [[own, "'x'"]] * 3,
            "count": 3,
        },
        "ms": 1.5,
        "consistency": "LOCAL_ONE",
        "driver": "fake",
        "phase": "step",
    }
    return {
        "id": own,
        "status": "PASSED",
        "started": 0.0,
        "seconds": 0.01,
        "message": "",
        "failure": None,
        "definition": None,
        "arguments": [],
        "evidence": [{"media": STATEMENT, "name": "", "body": json.dumps(record)}] * statements,
    }
