"""A long run that tells of everything: so many events, batch by batch, the same each time."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import sample
from demokit.times import time_id
from domain import CloudSetup, NodeSetup, Severity
from models import Event, Test
from plugins.cluster import Cluster
from sample import NODES

BATCH = 1000
RELEASE, TEST = "fathom-3.2", "thousand-hours"
BEGAN = datetime(2026, 6, 1, 6, tzinfo=UTC)
SHARES: dict[Severity, float] = {"normal": 0.9, "warning": 0.094, "error": 0.005, "critical": 0.001}


def a_run(events: int) -> Cluster:
    """Make the run that so many events are of; its id is made of the number, so that it can be gone on with."""
    machines = NodeSetup(image="db-3.2.0-rc2", instance="i4.large", nodes=len(NODES))
    return Cluster(
        release=RELEASE,
        test=TEST,
        id=time_id(BEGAN, f"stream:{events}"),
        build=max(1, events // BATCH),
        version="3.2.0-rc2",
        cloud=CloudSetup(backend="aws", region="eu-west-1", database=machines, loaders=machines),
    )


def a_test() -> Test:
    """Make the test that it is a run of."""
    return Test(release=RELEASE, name=TEST, group="cluster", plugin="cluster", assignee="jonas")


def batches(events: int) -> Iterator[range]:
    """Give the places of the events of each batch."""
    return (range(start, min(start + BATCH, events)) for start in range(0, events, BATCH))


def events(run: UUID, number: int, places: range) -> list[Event]:
    """Make the events of a batch: one in a thousand is critical."""
    chance = random.Random(number)  # noqa: S311 - sample data
    told = chance.choices(list(SHARES), list(SHARES.values()), k=len(places))
    return [
        Event(
            run=run,
            severity=severity,
            id=event_id(run, number, place - places.start, BEGAN + timedelta(seconds=36 * place)),
            **_said(chance, severity),
        )
        for place, severity in zip(places, told, strict=True)
    ]


def event_id(run: UUID, number: int, place: int, at: datetime) -> UUID:
    """Make the id of an event: the same for the same place in the same batch, however often that is sent."""
    return time_id(at, f"{run}:{number}:{place}")


def _said(chance: random.Random, severity: Severity) -> dict[str, str]:
    node = chance.choice(NODES)
    words = {"normal": sample.NORMAL, "warning": sample.WARNINGS}.get(severity, sample.OTHERS)
    return {"node": node, "message": chance.choice(words).format(node=node, n=chance.randrange(3, 900))}
