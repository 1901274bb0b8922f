"""What the pages and the API do with the tables: each function says which partitions it touches."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Self
from uuid import UUID

import people
from demokit.capture import capture
from domain import Ended
from models import (
    TEAM,
    Comment,
    Group,
    Notification,
    Release,
    ReleaseImage,
    ReleaseVersion,
    Test,
    TestRun,
)
from pydantic import BaseModel, Field

from coodie import PagedResult
from coodie.aio import AsyncBatchQuery

BAD = frozenset(("failed", "aborted"))
PAGE, STRIP, NEWEST, AT_ONCE, ENOUGH = 12, 12, 200, 40, 8


class Row(BaseModel):
    """A test in the overview: its newest runs, newest first."""

    test: Test
    runs: list[TestRun]

    @property
    def failed(self) -> int:
        """How many of them failed."""
        return sum(run.status in BAD for run in self.runs)

    @property
    def is_flaky(self) -> bool:
        """Whether it passes and fails by turns: after so many runs, one cause and its repair would show as two."""
        ended = [run.status == "passed" for run in self.runs if run.status != "running"]
        turns = sum(left != right for left, right in pairwise(ended))
        return len(ended) >= ENOUGH and turns > 2  # noqa: PLR2004 - broken, and repaired


class Receipt(BaseModel):
    """What a batch was: one request to the server, and what it cost there."""

    runs: int = Field(description="How many runs are ignored now")
    left: int = Field(description="How many are left for another batch")
    statements: int
    partitions: int
    ms: float
    cql: str = Field(description="As it was sent; the same statement stands once for each run")

    @classmethod
    def of(cls, records: Sequence[dict[str, Any]], *, runs: int, left: int) -> Self:
        """Read it off the record of the batch; where nothing failed, nothing was sent."""
        if not records:
            return cls(runs=runs, left=left, statements=0, partitions=0, ms=0.0, cql="")
        [sent] = records
        return cls(
            runs=runs,
            left=left,
            statements=len(sent["children"]),
            partitions=len(sent["partitions"]),
            ms=sent["ms"],
            cql=sent["cql"],
        )


async def releases() -> list[Release]:
    """Read all releases, newest first: one partition."""
    return await Release.find(team=TEAM).all()


async def versions(release: str) -> tuple[list[str], list[str]]:
    """Read the versions and images of a release: a row for each, not one for each run."""
    found = await ReleaseVersion.find(release=release).values_list("version", flat=True).all()
    images = await ReleaseImage.find(release=release).values_list("image", flat=True).all()
    return found, images


async def overview(release: str) -> list[tuple[Group, list[Row]]]:
    """Read the groups, the tests, and the newest runs of each test: three statements, however many tests."""
    groups = await Group.find(release=release).all()
    tests = await Test.find(release=release).all()
    runs: dict[str, list[TestRun]] = defaultdict(list)
    if tests:
        names = [test.name for test in tests]
        async for run in TestRun.find(release=release, test__in=names).per_partition_limit(STRIP):
            runs[run.test].append(run)
    rows: dict[str, list[Row]] = defaultdict(list)
    for test in tests:
        rows[test.group].append(Row(test=test, runs=runs[test.name]))
    return [(group, rows[group.name]) for group in groups if rows[group.name]]


async def test(release: str, name: str) -> Test:
    """Read a test, or `DocumentNotFound`."""
    return await Test.get(release=release, name=name)


async def runs(release: str, name: str, state: bytes | None) -> PagedResult[TestRun]:
    """Read a page of a test's runs, newest first: one partition, rows of any plug-in."""
    return await TestRun.find(release=release, test=name).fetch_size(PAGE).page(state).paged_all()


async def run(release: str, name: str, run_id: UUID) -> TestRun:
    """Read a run by its key; it comes back as the class of its plug-in."""
    return await TestRun.get(release=release, test=name, id=run_id)


async def submit(made: TestRun) -> TestRun:
    """Write a run, and what is kept beside it of its release; all of it may be written twice."""
    async with AsyncBatchQuery() as batch:
        await made.save(batch=batch)
        await ReleaseVersion(release=made.release, version=made.version).save(batch=batch)
        for image in made.images:
            await ReleaseImage(release=made.release, image=image).save(batch=batch)
    return made


async def finish(ended: TestRun, status: Ended, seconds: int) -> TestRun:
    """Say how a run ended; whoever is responsible is told when it failed."""
    await ended.update(status=status, seconds=seconds)
    responsible = (await test(ended.release, ended.test)).assignee
    if status != "passed" and responsible:
        body = f"Build {ended.build}, version {ended.version}."
        await people.tell(responsible, ended, f"{ended.test} {status}", body)
    return ended


async def open_failures(release: str, name: str) -> list[TestRun]:
    """Read the newest runs of a test, and keep those that somebody still has to look at."""
    newest = await TestRun.find(release=release, test=name).limit(NEWEST).all()
    return [run for run in newest if run.status in BAD and run.investigation == "open"]


async def ignore(release: str, name: str, who: str, reason: str) -> Receipt:
    """Ignore every failed run that nobody has looked at, as one batch: all of it happens, or nothing.

    A run and what is said of it lie in two partitions, so the batch is a logged one. The server writes such a batch
    down elsewhere before it applies it; more than `AT_ONCE` runs are therefore left for a second one.
    """
    await people.one(who)
    known = await test(release, name)
    failed = await open_failures(release, name)
    now = failed[:AT_ONCE]
    with capture() as records:
        async with AsyncBatchQuery(logged=True) as batch:
            for run in now:
                await run.update(investigation="ignored", batch=batch)
            for run in now:
                await Comment(run=run.id, author=who, text=f"Ignored: {reason}").save(batch=batch)
            if now and known.assignee:
                title = f"{len(now)} {'run' if len(now) == 1 else 'runs'} of {name} ignored"
                path = f"/tests/{release}/{name}"
                note = Notification(receiver=known.assignee, title=title, body=f"{who}: {reason}", path=path)
                await note.save(batch=batch)
    return Receipt.of(records, runs=len(now), left=len(failed) - len(now))
