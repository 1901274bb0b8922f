"""The history: one line per run, so that the page can say how the last ones went."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from pathlib import Path

    from coodie.livingdoc.messages import Run

SHOWN = 20


class Entry(TypedDict):
    """One run: when (seconds since the epoch), how long, of which revision, and how many cases ended how."""

    started: float
    seconds: float
    revision: str
    server: str
    passed: int
    failed: int
    skipped: int


def append(path: Path, run: Run) -> None:
    """Add a line for `run`."""
    ends = Counter(case["status"] for case in run.last_attempts())
    entry: Entry = {
        "started": round(run.started, 3),
        "seconds": round(run.finished - run.started, 3),
        "revision": run.environment.get("revision", ""),
        "server": run.environment.get("server", ""),
        "passed": ends["PASSED"],
        "failed": ends.total() - ends["PASSED"] - ends["SKIPPED"],
        "skipped": ends["SKIPPED"],
    }
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")


def read(path: Path) -> list[Entry]:
    """Return the last runs, newest last."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()[-SHOWN:]]
