"""Runs of the sample: what each ran on, what happened during it, and what people say of it."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import errors
import sample
from demokit.times import time_id
from domain import GRAVE, Case, CloudSetup, Nemesis, Node, NodeSetup, Outcome, Package, Severity
from models import Comment, Event, EventBatch, Notification, Reaction, TestRun
from plugins import PLUGINS
from sample import NODES, Tried

from coodie.aio import Document

HOUR = 3600
STOPPED: tuple[str, ...] = ("passed", "failed")


def ran(chance: random.Random, test: Tried, number: int, key: UUID) -> TestRun:
    """Make a run: older builds were of the release before, and the newest of all still runs."""
    failed = chance.random() < test.fails
    version = f"3.2.0-rc{max(1, 3 - number // 14)}" if number < 36 else "3.1.4"  # noqa: PLR2004 - of the sample
    made = {
        "release": "fathom-3.1" if version == "3.1.4" and test.name != sample.FLAKY else "fathom-3.2",
        "test": test.name,
        "id": key,
        "build": 240 - number,
        "version": "3.2.0-rc1" if version == "3.1.4" and test.name == sample.FLAKY else version,
        "status": STOPPED[failed],
        "seconds": chance.randrange(40, 200) if test.group == "unit" else chance.randrange(HOUR, 9 * HOUR),
        "investigation": "explained" if failed and number > 40 else "open",  # noqa: PLR2004 - of the sample
    }
    return PLUGINS[test.plugin](**made, **PARTS[test.plugin](chance, test.name, failed))


def _cluster(chance: random.Random, _test: str, failed: bool) -> dict[str, Any]:  # noqa: FBT001 - one of three alike
    image, day = chance.choice(sample.IMAGES), date(2026, 6, chance.randrange(1, 29))
    struck = zip(chance.sample(sample.NEMESES, 3), chance.sample(NODES, 3), strict=True)
    nemeses = [
        Nemesis(
            name=name,
            target=Node(name=node, address=f"10.4.0.{NODES.index(node) + 11}", shards=8),
            minute=20 + 35 * place,
            seconds=chance.randrange(30, 700),
            ended="failed" if failed and not place else "recovered",
        )
        for place, (name, node) in enumerate(struck)
    ]
    return {
        "cloud": CloudSetup(
            backend="aws",
            region=chance.choice(("eu-west-1", "us-east-1")),
            database=NodeSetup(image=image, instance="i4.large", nodes=6),
            loaders=NodeSetup(image="load-1.4", instance="c7.large", nodes=2),
        ),
        "packages": [
            Package(name=name, version=version, revision=f"{chance.getrandbits(28):07x}", built=day)
            for name, version in (("fathom-server", "3.2.0"), ("fathom-tools", "3.2.0"), ("kernel", "6.8.0"))
        ],
        "nemeses": nemeses,
    }


def _drivers(chance: random.Random, test: str, failed: bool) -> dict[str, Any]:  # noqa: FBT001
    names = sample.DRIVERS[test]
    bad = chance.choice(names) if failed else ""
    return {
        "drivers": {
            name: Outcome(
                passed=chance.randrange(640, 900), failed=3 * (name == bad), skipped=chance.randrange(12)
            )
            for name in names
        }
    }


def _suite(chance: random.Random, test: str, failed: bool) -> dict[str, Any]:  # noqa: FBT001
    name = f"test_{test.replace('-', '_')}_{chance.randrange(90)}"
    failing = [Case(name=name, message=_at(chance, sample.OTHERS)[1])] if failed else []
    total = Outcome(passed=chance.randrange(3900, 4200), failed=len(failing), skipped=chance.randrange(30))
    return {"total": total, "failing": failing}


PARTS = {"cluster": _cluster, "driver_matrix": _drivers, "unit_suite": _suite}


def happened(chance: random.Random, runs: Iterable[TestRun]) -> list[Document]:
    """Make the events of each run, as one batch from an agent, and the vectors of the grave ones."""
    found: list[Document] = []
    for run in runs:
        told = list(_told(chance, run))
        step = timedelta(seconds=run.seconds / (len(told) + 1))
        events = [
            Event(
                run=run.id,
                severity=severity,
                id=time_id(run.when + step * place, f"{run.id}:0:{place}"),
                node=node,
                message=message,
            )
            for place, (severity, node, message) in enumerate(told, 1)
        ]
        counts = Counter(event.severity for event in events)
        found += [*events, EventBatch(run=run.id, number=0, counts=dict(counts), agent="sample-agent")]
        found += errors.vectors(run, [event for event in events if event.severity in GRAVE])
    return found


def _told(chance: random.Random, run: TestRun) -> Iterator[tuple[Severity, str, str]]:
    for _ in range(3):
        yield "normal", *_at(chance, sample.NORMAL)
    if run.plugin == "cluster":
        for _ in range(chance.randrange(1, 4)):
            yield "warning", *_at(chance, sample.WARNINGS)
    if run.status != "failed":
        return
    if run.test != sample.FLAKY:
        yield "error", *_at(chance, sample.OTHERS)
        return
    causes = list(sample.CAUSES.values())
    for _ in range(chance.randrange(4, 7)):
        yield "error", *_at(chance, causes[run.build % len(causes)])
    if chance.random() < 0.4:  # noqa: PLR2004 - of the sample
        yield "critical", *_at(chance, sample.OTHERS)


def _at(chance: random.Random, words: Sequence[str]) -> tuple[str, str]:
    node = chance.choice(NODES)
    return node, chance.choice(words).format(node=node, n=chance.randrange(3, 900))


def commented(chance: random.Random, runs: Sequence[TestRun]) -> list[Document]:
    """Let people talk below the newest failures of the flaky test, and tell who is mentioned or responsible."""
    failed = [run for run in runs if run.status == "failed"]
    flaky = [run for run in failed if run.test == sample.FLAKY][:3]
    talks = [(run, sample.COMMENTS[place : place + 2]) for place, run in enumerate(flaky)]
    talks += [(run, sample.ON_MEASURED) for run in runs if run.test == sample.MEASURED][3:4]
    words: tuple[Reaction, ...] = ("agree", "looking", "puzzled")
    found: list[Document] = []
    for run, texts in talks:
        for number, text in enumerate(texts):
            readers = chance.sample(["mara", "petra", "ines"], 2)
            found.append(
                Comment(
                    run=run.id,
                    id=time_id(run.when + timedelta(hours=10 + number), f"{run.id}:{number}"),
                    author=("jonas", "ines")[number],
                    text=text,
                    mentions={name for name in sample.USERS if f"@{name}" in text},
                    reactions=dict(zip(readers, chance.sample(words, 2), strict=True)),
                )
            )
    responsible = {test.name: test.assignee for test in sample.TESTS}
    for run in failed:
        ended = run.when + timedelta(seconds=run.seconds)
        found.append(
            Notification(
                receiver=responsible[run.test],
                id=time_id(ended, f"{run.id}:failed"),
                title=f"{run.test} failed",
                body=f"Build {run.build} of {run.release}, version {run.version}.",
                path=f"/runs/{run.release}/{run.test}/{run.id}",
            )
        )
    return found
