"""What a program gets of the two databases."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from taskboard.cassandra_models import NEW, Status


class TaskOut(BaseModel):
    """Where a task stands: a row of SQLite."""

    id: UUID
    title: str
    board: Annotated[str, Field(validation_alias="board_id")]
    status: Status
    moved: datetime


class EventOut(BaseModel):
    """A move: a row of Cassandra."""

    task: UUID
    moment: datetime
    id: UUID
    board: str
    who: str
    source: Annotated[str, Field(description=f"The column that it left; `{NEW}` when it was made")]
    target: Status


class BoardOut(BaseModel):
    """A board with its tasks, the last moved first."""

    board: str
    tasks: list[TaskOut]
    arrived: Annotated[
        dict[str, int] | None, Field(description="Arrivals in each column; null while Cassandra is away")
    ]
    waiting: Annotated[int, Field(description="Events in the outbox that Cassandra does not have yet")]


class MoveOut(BaseModel):
    """What a move has written into both databases."""

    task: TaskOut
    event: EventOut
    waiting: Annotated[int, Field(description="0 when the event has arrived in Cassandra")]


class EventPage(BaseModel):
    """A page of a task's history, newest first."""

    items: list[EventOut]
    next: Annotated[str | None, Field(description="Give it back as `token`; null on the last page")]
