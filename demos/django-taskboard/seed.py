"""Sample boards with tasks and their history: `generate(count, random_seed)` gives the same rows every time."""

# mypy: disable-error-code="import-untyped"
import os
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from demokit.seeding import Reader, seed_command
from sample import BOARDS, PEOPLE, THINGS, VERBS, Card
from taskboard.cassandra_models import MODELS, NEW, TaskEvent
from taskboard.identity import MANAGE

SPACE = UUID("c7c0a1f3-8f0c-5a41-9d55-1a7a0e1c2b33")
OPENED = datetime(2026, 5, 4, 8, tzinfo=UTC)
STEPS = ("todo", "doing", "done")


def generate(count: int, random_seed: int) -> list[Card | TaskEvent]:
    """Make `count` tasks on three boards, each with the events that led it to its column."""
    chance = random.Random(random_seed)  # noqa: S311 - sample data
    documents: list[Card | TaskEvent] = []
    for number in range(count):
        key, board = uuid5(SPACE, f"{count}:{random_seed}:{number}"), chance.choice(tuple(BOARDS))
        verb, thing = chance.choice(VERBS), chance.choice(THINGS[board])
        at, source = OPENED + timedelta(hours=number), NEW
        events: list[TaskEvent] = []
        for target in STEPS[: chance.choice((1, 1, 2, 3, 3))]:
            events.append(_event(key, at, len(events), board, chance.choice(PEOPLE), source, target))
            at, source = at + timedelta(minutes=chance.randrange(5, 3000)), target
        owner = chance.choice(PEOPLE)
        card = Card(
            id=key,
            board=board,
            title=f"{verb} the {thing}",
            status=source,
            owner=owner,
            moved=events[-1].moment,
        )
        documents += [card, *events]
    return documents


def parse(row: Mapping[str, Any]) -> Sequence[Card | TaskEvent]:
    """Make the task of a row of a feed, which is keyed by board and title."""
    card = Card(id=uuid5(SPACE, f"{row['board']}/{row['title']}"), moved=OPENED, **row)
    return [card, _event(card.id, OPENED, 0, card.board, card.owner, NEW, card.status)]


def save(row: Card | TaskEvent) -> Any:
    """Write a task into SQLite and an event into Cassandra, each by the app's own code."""
    from asgiref.sync import sync_to_async  # noqa: PLC0415 - Django is set up by now
    from tasks import outbox, sample_rows  # noqa: PLC0415 - the same

    return sync_to_async(sample_rows.write)(row) if isinstance(row, Card) else outbox.record(row)


def _event(task: UUID, at: datetime, place: int, board: str, who: str, source: str, target: str) -> TaskEvent:
    values = {"task": task, "moment": at, "id": uuid5(task, str(place)), "board": board}
    return TaskEvent.model_validate({**values, "who": who, "source": source, "target": target})


READER = Reader(("board", "title", "status", "owner"), parse)
seed = seed_command(str(MANAGE), MODELS, generate, reader=READER, save=save)

if __name__ == "__main__":
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taskboard.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    seed()
