"""What is imported, and how far each import is."""

from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import Field

from coodie.aio import Document
from coodie.fields import ClusteringKey, Double, PrimaryKey

Mode = Literal["plain", "unlogged", "logged"]
MODES: tuple[Mode, ...] = get_args(Mode)
Text = Annotated[str, Field(min_length=1, max_length=80)]


class Trip(Document):
    """A ride on a rented bicycle; its key is all of the row's own, so writing it twice is writing it once."""

    source: Annotated[Text, PrimaryKey()]
    station: Annotated[Text, PrimaryKey(1)]
    started: Annotated[datetime, ClusteringKey()]
    id: Annotated[Text, ClusteringKey("ASC", 1)]
    minutes: Annotated[int, Field(ge=0, le=10_000)]
    member: bool


class Import(Document):
    """How far a file is in one mode: written after each thousand rows, read when it is started again."""

    shelf: Annotated[Literal["imports"], PrimaryKey()] = "imports"
    file: Annotated[str, ClusteringKey()]
    mode: Annotated[Mode, ClusteringKey("ASC", 1)]
    columns: dict[str, str] = Field(default_factory=dict)
    total: int
    rows: int = 0
    rejected: int = 0
    rejected_bytes: int = 0
    seconds: Annotated[float, Double()] = 0.0
    runs: int = 1
    done: bool = False
    warnings: dict[str, int] = Field(default_factory=dict)


def rows_per_second(state: Import) -> int:
    """Return how fast an import was, over all its runs."""
    return round((state.rows - state.rejected) / state.seconds) if state.seconds else 0


FIELDS = ("id", "station", "started", "minutes", "member")
MODELS = (Trip, Import)
