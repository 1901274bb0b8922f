"""Sample runs with all that hangs on them: `generate(count, random_seed)` gives the same rows every time."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sample
from demokit import feeds
from demokit.seeding import Reader, seed_command
from demokit.times import time_id
from domain import Outcome
from models import (
    MODELS,
    Agent,
    BestResult,
    Comment,
    Group,
    Notification,
    Release,
    ReleaseImage,
    ReleaseVersion,
    Result,
    ResultTable,
    Test,
    TestRun,
    User,
)
from plugins.unit_suite import UnitSuite
from results import MEASURES, better
from sample_runs import commented, happened, ran

from coodie.aio import Document, QuerySet

LATEST = datetime(2026, 6, 30, 18, tzinfo=UTC)
WORDS = [test for test in sample.TESTS for _ in range(test.share)]


def generate(count: int, random_seed: int) -> list[Document]:
    """Make `count` runs, a third of them of one test that fails more often than not; runs first, then their company."""
    chance = random.Random(random_seed)  # noqa: S311 - sample data
    order = list(WORDS)
    chance.shuffle(order)
    runs: list[TestRun] = []
    for number in range(count):
        moment = LATEST - timedelta(hours=5 * number, minutes=chance.randrange(240))
        key = time_id(moment, f"{count}:{random_seed}:{number}")
        runs.append(ran(chance, order[number % len(order)], number, key))
    if not runs:
        return []
    return [
        *runs,
        *_standing(runs),
        *_measured(chance, runs),
        *happened(chance, runs),
        *commented(chance, runs),
    ]


def _standing(runs: Sequence[TestRun]) -> list[Document]:
    digest = hashlib.sha256(sample.AGENT_TOKEN.encode()).hexdigest()
    found: list[Document] = [
        User(name=name, full_name=full, roles=roles) for name, (full, roles) in sample.USERS.items()
    ]
    found.append(Agent(digest=digest, name="sample-agent", made=LATEST))
    groups = {test.name: test for test in sample.TESTS}
    for release in dict.fromkeys(run.release for run in runs):
        found.append(Release(name=release, goal=sample.RELEASES[release]))
        found += [Group(release=release, name=name, about=about) for name, about in sample.GROUPS.items()]
    for release, name in dict.fromkeys((run.release, run.test) for run in runs):
        test = groups[name]
        found.append(
            Test(release=release, name=name, group=test.group, plugin=test.plugin, assignee=test.assignee)
        )
    for run in runs:
        found.append(ReleaseVersion(release=run.release, version=run.version))
        found += [ReleaseImage(release=run.release, image=image) for image in run.images]
    return list({_key(each): each for each in found}.values())


def _key(document: Document) -> str:
    return f"{type(document).__name__} {document.model_dump_json()}"


def _measured(chance: random.Random, runs: Sequence[TestRun]) -> list[Document]:
    found: list[Document] = []
    best: dict[tuple[str, str, str], BestResult] = {}
    for run in reversed([run for run in runs if run.test == sample.MEASURED]):
        where = {"release": run.release, "test": run.test}
        found.append(ResultTable(name="latency", measures=list(MEASURES), **where))
        for row, base in (("read", 2.1), ("write", 1.4)):
            rate = round(chance.uniform(88_000, 99_000))
            measured = {"p99": round(base * chance.uniform(0.85, 1.4), 2), "rate": float(rate)}
            made = Result(
                table="latency", run=run.id, row=row, version=run.version, measured=measured, **where
            )
            found.append(made)
            for measure in MEASURES:
                one = BestResult(
                    table="latency",
                    row=row,
                    measure=measure.name,
                    value=measured[measure.name],
                    run=run.id,
                    version=run.version,
                    **where,
                )
                key = (run.release, row, measure.name)
                if key not in best or better(measure, one.value, best[key].value):
                    best[key] = one
    return [*found, *best.values()]


def parse(row: Mapping[str, Any]) -> Sequence[Document]:
    """Make the run of a row of a feed, a suite of unit tests, keyed by its test and its build."""
    moment, group = feeds.moment(row, "started"), feeds.text(row, "group")
    total = Outcome.model_validate({name: row[name] for name in ("passed", "failed", "skipped")})
    run = UnitSuite.model_validate(
        {
            **{name: row[name] for name in ("release", "test", "build", "version", "seconds")},
            "id": time_id(moment, f"{row['release']}/{row['test']}/{row['build']}"),
            "status": "failed" if total.failed else "passed",
            "total": total,
        }
    )
    return [
        run,
        Test(release=run.release, name=run.test, group=group, plugin=run.plugin),
        Group(release=run.release, name=group, about=sample.GROUPS.get(group, "Fed from a file")),
        Release(name=run.release, goal=sample.RELEASES.get(run.release, "Fed from a file")),
        ReleaseVersion(release=run.release, version=run.version),
    ]


async def bring(document: Document) -> None:
    """Write a row; what somebody may have changed since is written only where it is not there.

    It is looked for first: a conditional write for each would ask the replicas to vote, for a race that nobody runs.
    """
    there: QuerySet[Any]
    match document:
        case TestRun():
            there = TestRun.find(release=document.release, test=document.test, id=document.id)
        case BestResult():
            where = document.model_dump(include={"release", "test", "table", "row", "measure"})
            there = BestResult.find(**where)
        case Comment():
            there = Comment.find(run=document.run, id=document.id)
        case Notification():
            there = Notification.find(receiver=document.receiver, id=document.id)
        case _:
            await document.save()
            return
    if not await there.exists():
        await document.save()


COLUMNS = "release group test build version started seconds passed failed skipped"
READER = Reader(tuple(COLUMNS.split()), parse)
seed = seed_command(__file__, MODELS, generate, reader=READER, save=bring)

if __name__ == "__main__":
    seed()
