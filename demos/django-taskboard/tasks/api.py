"""The same as JSON, with the same rules: each view declares what it takes and answers, and is described by that."""

# mypy: disable-error-code="import-untyped"
from typing import Any
from uuid import UUID

from demokit.django import operation
from django.conf import settings
from django.http import HttpRequest

from tasks import board, outbox
from tasks.forms import MoveIn, TaskIn, Wanted
from tasks.models import Task, Waiting
from tasks.shown import BoardOut, EventPage, MoveOut
from tasks.views import who

SAMPLE = {"task_id": "f57e323c-abf6-5e6e-9e00-9f1d036d1218"}
MISSING = "There is no such task"


@operation("GET", answers=BoardOut, missing="There is no such board", examples={"slug": "engine"})
def tasks(_request: HttpRequest, slug: str) -> dict[str, Any]:
    """Read a board from SQLite, and its counters from Cassandra."""
    shown = board.board(slug)
    if Waiting.objects.exists():
        outbox.deliver()
    return {
        "board": slug,
        "tasks": list(Task.objects.filter(board=shown)),
        "arrived": board.arrived(slug),
        "waiting": Waiting.objects.count(),
    }


@operation("POST", answers=MoveOut, takes=TaskIn, status=201)
def create(request: HttpRequest, sent: TaskIn) -> board.Move:
    """Add a task."""
    return board.create(sent, who(request))


@operation("PUT", answers=MoveOut, takes=MoveIn, missing=MISSING, examples=SAMPLE)
def move(request: HttpRequest, task_id: UUID, sent: MoveIn) -> board.Move:
    """Move a task."""
    return board.move(task_id, sent.status, who(request))


@operation("GET", answers=EventPage, asks=Wanted, missing=MISSING, examples=SAMPLE)
def events(_request: HttpRequest, task_id: UUID, asked: Wanted) -> dict[str, Any]:
    """Read a page of a task's history from Cassandra, newest first."""
    tokens = settings.DEMO.tokens
    found = board.history(board.task(task_id).id, tokens.read(asked.token, "history", task_id))
    return {"items": found.data, "next": tokens.write(found.paging_state, "history", task_id)}
