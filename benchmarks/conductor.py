"""Run the same operation in several programs in turn, and compare what each round cost."""

from __future__ import annotations

import json
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAMS = Path(__file__).with_name("programs")


@dataclass(frozen=True)
class Operation:
    """What is compared: its name in the programs, what a reader calls it, and what it is held against.

    `measure` says which figure is the operation's: client CPU (`cpu`), or operations a second (`rate`).
    """

    name: str
    title: str
    goal: str = ""
    measure: str = "cpu"


class Program:
    """A contestant in a process of its own."""

    def __init__(self, who: str, python: str, script: str, arguments: list[str]) -> None:
        self.who = who
        # -P keeps this project's folder out of the path: the program finds what its environment has installed.
        self._process = subprocess.Popen(
            [python, "-W", "ignore", str(PROGRAMS / script), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=PROGRAMS,
        )
        self._line()

    def round(self, operation: str) -> dict[str, Any]:
        """Do one round of an operation and return what it cost."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{operation}\n")
        self._process.stdin.flush()
        return self._line()

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(
                f"the program of {self.who} ended: run {self._process.args} by hand to see why"
            )
        found: dict[str, Any] = json.loads(line)
        return found

    def close(self) -> None:
        """End the program."""
        self._process.communicate(timeout=30)


def compare(programs: list[Program], operation: Operation, rounds: int) -> dict[str, Any]:
    """Do `rounds` of an operation in all programs in turn; the first program is what the others are held against.

    Returns medians for each program: microseconds of CPU and of wall time per operation, operations a second, growth of
    memory in MiB, and the ratio to the first (of medians, with half the spread of its middle half).
    """
    costs: dict[str, list[dict[str, Any]]] = {program.who: [] for program in programs}
    missing: dict[str, str] = {}
    for number in range(rounds + 1):
        for program in programs if number % 2 else reversed(programs):
            if program.who in missing:
                continue
            cost = program.round(operation.name)
            if "missing" in cost:
                missing[program.who] = cost["missing"]
            elif number:  # the first round warms up: statements are prepared, models compiled
                costs[program.who].append(cost)
    first = costs[programs[0].who]
    return {
        "operation": operation.name,
        "title": operation.title,
        "goal": operation.goal,
        "measure": operation.measure,
        "missing": missing,
        "programs": {
            who: _summary(operation, rows, first)
            for who, rows in costs.items()
            if rows and who not in missing
        },
    }


def _summary(
    operation: Operation, rows: list[dict[str, Any]], first: list[dict[str, Any]]
) -> dict[str, float]:
    figure = _rate if operation.measure == "rate" else _cpu
    ratios = sorted(figure(mine) / figure(theirs) for mine, theirs in zip(rows, first, strict=True))
    low, high = ratios[len(ratios) // 4], ratios[-1 - len(ratios) // 4]
    own, other = (statistics.median(map(figure, each)) for each in (rows, first))
    return {
        "cpu_us": round(statistics.median(map(_cpu, rows)) * 1e6, 2),
        "wall_us": round(statistics.median(row["wall"] / row["times"] for row in rows) * 1e6, 2),
        "rate": round(statistics.median(map(_rate, rows)), 1),
        "growth_mib": round(max(row["growth"] for row in rows), 1),
        "ratio": round(own / other, 3),
        "spread": round((high - low) / 2, 3),
    }


def _cpu(row: dict[str, Any]) -> float:
    return float(row["cpu"] / row["times"])


def _rate(row: dict[str, Any]) -> float:
    return float(row["times"] / row["wall"])
