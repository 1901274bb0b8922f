"""What coodie keeps: every move of every task, and how many there were. Nothing here knows of Django."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field

from coodie.fields import ClusteringKey, Counter, PrimaryKey
from coodie.sync import CounterDocument, Document

Status = Literal["todo", "doing", "done"]
Line = Annotated[str, Field(min_length=1, max_length=80)]
NEW: Final = "new"


class TaskEvent(Document):
    """A task's history, newest first."""

    task: Annotated[UUID, PrimaryKey()]
    moment: Annotated[datetime, ClusteringKey("DESC")]
    id: Annotated[UUID, ClusteringKey("ASC", 1)]
    board: str
    who: Line
    source: Status | Literal["new"]
    target: Status


class TaskCounter(CounterDocument):
    """Arrivals in each column of a board."""

    board: Annotated[str, PrimaryKey()]
    status: Annotated[str, ClusteringKey()]
    arrived: Annotated[int, Counter()] = 0


MODELS = (TaskEvent, TaskCounter)
