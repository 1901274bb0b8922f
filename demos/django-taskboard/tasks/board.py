"""What happens on a board: a move is a row changed in SQLite and an event added in Cassandra."""

# mypy: disable-error-code="import-untyped"
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.http import Http404
from taskboard.cassandra_models import NEW, Status, TaskCounter, TaskEvent

from coodie import OperationError, PagedResult
from coodie.execution import observe
from coodie.observation import Observation, describe
from tasks import outbox
from tasks.forms import TaskIn, refused
from tasks.models import Board, Task

GUEST = "guest"
EVENTS = 6


@dataclass
class Move:
    """What a move has done in both databases, word for word."""

    task: Task = field(init=False)
    event: TaskEvent = field(init=False)
    waiting: int = 0
    sql: list[str] = field(default_factory=list)
    cql: list[str] = field(default_factory=list)

    def write(self, task: Task, source: str, who: str) -> None:
        """Write where a task stands, and into the outbox where it came from; call it in a transaction."""
        now = datetime.now(UTC)
        # Both databases keep the same moment: Cassandra has milliseconds.
        task.moved = now.replace(microsecond=now.microsecond // 1000 * 1000)
        task.save()
        values = {"task": task.id, "moment": task.moved, "id": uuid4(), "board": task.board_id, "who": who}
        self.task, self.event = (
            task,
            TaskEvent.model_validate({**values, "source": source, "target": task.status}),
        )
        outbox.keep(self.event)


def board(slug: str) -> Board:
    """Return a board, or nothing has that address."""
    found: Board | None = Board.objects.filter(pk=slug).first()
    if found is None:
        raise Http404
    return found


def task(task_id: UUID) -> Task:
    """Return a task with its owner and its board, or nothing has that address."""
    found: Task | None = Task.objects.select_related("owner", "board").filter(pk=task_id).first()
    if found is None:
        raise Http404
    return found


def create(sent: TaskIn, who: str) -> Move:
    """Write a new task; its first event says who made it."""
    found = Board.objects.filter(pk=sent.board).first()
    if found is None:
        raise refused("board", "There is no such board", sent.board)
    return add(Task(board=found, title=sent.title), who)


def add(made: Task, who: str) -> Move:
    """Write a task that somebody has filled in."""
    with _moving() as done:
        done.write(made, NEW, who)
    return done


def move(task_id: UUID, status: Status, who: str) -> Move:
    """Write where a task stands now."""
    with _moving() as done:
        found = task(task_id)
        if found.status == status:
            raise refused("status", "The task is there already", status)
        source, found.status = found.status, status
        done.write(found, source, who)
    return done


def history(task_id: UUID, state: bytes | None = None) -> PagedResult[TaskEvent]:
    """Read a page of a task's partition, newest first."""
    return TaskEvent.find(task=task_id).fetch_size(EVENTS).page(state).paged_all()


def arrived(slug: str) -> dict[str, int] | None:
    """Read how many tasks have come to each column; `None` while Cassandra does not answer."""
    try:
        rows = TaskCounter.find(board=slug).timeout(outbox.PATIENCE).all()
    except OperationError:
        return None
    return {row.status: row.arrived for row in rows}


@contextmanager
def _moving() -> Iterator[Move]:
    """Commit what the block writes into SQLite, and only then deliver what waits for Cassandra."""
    done = Move()
    with _noted(done):
        with transaction.atomic():
            yield done
        done.waiting = outbox.deliver()


@contextmanager
def _noted(done: Move) -> Iterator[None]:
    """Note the writes that a move sends, to either database."""

    def sql(execute: Any, text: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's own shape
        if text.startswith(("UPDATE", "INSERT")) and "waiting" not in text:
            done.sql.append(text)
        return execute(text, params, many, context)

    def cql(seen: Observation) -> None:
        record = describe(seen)
        if record["error"] is None:
            done.cql.append(record["cql"])

    with connection.execute_wrapper(sql), observe(cql):
        yield
