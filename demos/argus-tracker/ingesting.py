"""Events of a run: batches that arrive, what they add up to, and the events themselves."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

import errors
from domain import GRAVE, SEVERITIES, Severity
from models import ErrorVector, Event, EventBatch, TestRun

from coodie import PagedResult

PAGE, AT_ONCE = 12, 16


async def counts(run_id: UUID) -> dict[Severity, int]:
    """Add up how many events of each severity have arrived: a row a batch, and no event is read."""
    total: Counter[Severity] = Counter()
    async for batch in EventBatch.find(run=run_id):
        total.update(batch.counts)
    return {severity: total[severity] for severity in SEVERITIES}


async def events(run_id: UUID, severity: Severity, state: bytes | None) -> PagedResult[Event]:
    """Read a page of a run's events of one severity, newest first: one partition."""
    return await Event.find(run=run_id, severity=severity).fetch_size(PAGE).page(state).paged_all()


async def arrived(run: TestRun, number: int, found: Iterable[Event], agent: str) -> EventBatch:
    """Write a batch of events, the vectors of the grave ones, and last of all that the batch has arrived.

    `bulk_save` sends events of one partition together, in unlogged batches below the size of which a server warns.
    """
    events = list(found)
    (await Event.bulk_save(events, concurrency=AT_ONCE)).raise_failures()
    made = errors.vectors(run, [event for event in events if event.severity in GRAVE])
    (await ErrorVector.bulk_save(made, concurrency=AT_ONCE)).raise_failures()
    counts = Counter(event.severity for event in events)
    return await EventBatch(run=run.id, number=number, counts=dict(counts), agent=agent).save()
