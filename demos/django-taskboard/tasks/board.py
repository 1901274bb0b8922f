"""What happens on a board: a move is a row changed in SQLite and an event added in Cassandra."""

# mypy: disable-error-code="import-untyped"
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.http import Http404
from pydantic import BaseModel, ConfigDict
from taskboard.cassandra_models import NEW, Line, Status, TaskCounter, TaskEvent

from coodie import OperationError, PagedResult
from coodie.execution import observe
from coodie.observation import Observation, describe
from tasks import outbox
from tasks.models import Board, Task

GUEST = "guest"
EVENTS = 6


class TaskIn(BaseModel):
    """A new task as somebody sends it."""

    model_config = ConfigDict(str_strip_whitespace=True)

    board: Annotated[str, "the board's slug"]
    title: Line


class MoveIn(BaseModel):
    """Where a task shall go."""

    status: Status


@dataclass
class Move:
    """What a move has done in both databases, word for word."""

    task: Task
    event: TaskEvent
    waiting: int = 0
    sql: list[str] = field(default_factory=list)
    cql: list[str] = field(default_factory=list)


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
    return add(Task(board=board(sent.board), title=sent.title), who)


def add(made: Task, who: str) -> Move:
    """Write a task that somebody has filled in."""
    made.moved = _now()
    return _write(made, NEW, who)


def move(task_id: UUID, status: Status, who: str) -> Move:
    """Write where a task stands now."""
    found = task(task_id)
    source, found.status, found.moved = found.status, status, _now()
    return _write(found, source, who)


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


def _write(changed: Task, source: str, who: str) -> Move:
    event = TaskEvent.model_validate(
        {
            "task": changed.id, "moment": changed.moved, "id": uuid4(), "board": changed.board_id,
            "who": who, "source": source, "target": changed.status,
        }
    )  # fmt: skip
    done = Move(changed, event)
    with _noted(done):
        with transaction.atomic():
            changed.save()
            outbox.keep(event)
        done.waiting = outbox.deliver()
    return done


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


def _now() -> datetime:
    """Return the time as both databases keep it, to the millisecond."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
