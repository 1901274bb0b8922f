"""The outbox: an event is committed together with its task, in SQLite, and sent to Cassandra afterwards.

Each event is sent until it has arrived. Sending it twice writes it once, because its key is made beforehand; a move is
counted only by whoever has inserted it. If Cassandra stops between the two, the event is there and one count lacks.
"""

# mypy: disable-error-code="import-untyped"
import logging

from taskboard.cassandra_models import TaskCounter, TaskEvent

from coodie import OperationError
from tasks.models import Waiting

LOG = logging.getLogger(__name__)
PATIENCE = 3.0


def keep(event: TaskEvent) -> None:
    """Write an event into the outbox; call it in the transaction of its task."""
    Waiting.objects.create(event=event.model_dump(mode="json"))


def deliver() -> int:
    """Send what waits, in the order of the moves, until one does not arrive; return how many still wait."""
    for waiting in Waiting.objects.all():
        try:
            record(TaskEvent.model_validate(waiting.event))
        except OperationError as error:
            LOG.warning("the outbox waits: %s", error)
            break
        waiting.delete()
    return int(Waiting.objects.count())


def record(event: TaskEvent) -> None:
    """Insert an event unless it is there, and count it if it was not."""
    if event.insert(timeout=PATIENCE):
        TaskCounter(board=event.board, status=event.target).increment(arrived=1, timeout=PATIENCE)
