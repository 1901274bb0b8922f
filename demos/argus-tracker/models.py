"""The tables of the tracker, besides that of the runs: each is asked for by the partition that a page needs."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from demokit.embedding import chosen
from domain import Line, Measure, Message, Name, Severity, Version
from plugins import TestRun as TestRun
from plugins.base import Timed, new_id
from pydantic import Field

from coodie import ClusteringKey, Double, Frozen, PrimaryKey, TimeUUID, Vector, VectorIndex
from coodie.aio import Document

EMBEDDER = chosen()
TEAM = "fathom"
Reaction = Literal["agree", "looking", "thanks", "puzzled"]
NewestFirst = Annotated[UUID, ClusteringKey("DESC"), TimeUUID()]


class User(Document):
    """Somebody who looks at runs; a team is one partition."""

    team: Annotated[Name, PrimaryKey()] = TEAM
    name: Annotated[Name, ClusteringKey()]
    full_name: Line
    roles: set[Name] = Field(default_factory=set)


class Agent(Document):
    """A machine that may write, found by the digest of its token; the token itself is nowhere."""

    digest: Annotated[str, PrimaryKey()]
    name: Name
    made: datetime


class Release(Document):
    """A release under test; all of them are one partition."""

    team: Annotated[Name, PrimaryKey()] = TEAM
    name: Annotated[Name, ClusteringKey("DESC")]
    goal: Line


class Group(Document):
    """Tests that belong together, within a release."""

    release: Annotated[Name, PrimaryKey()]
    name: Annotated[Name, ClusteringKey()]
    about: Line


class Test(Document):
    """A test of a release, in its group, and who is told when it fails."""

    release: Annotated[Name, PrimaryKey()]
    name: Annotated[Name, ClusteringKey()]
    group: Name
    plugin: Name
    assignee: Name | None = None


class ReleaseVersion(Document):
    """Each version that a release was run with: a row a version, however many runs there were."""

    release: Annotated[Name, PrimaryKey()]
    version: Annotated[Version, ClusteringKey("DESC")]


class ReleaseImage(Document):
    """Each machine image that a release was run on."""

    release: Annotated[Name, PrimaryKey()]
    image: Annotated[Line, ClusteringKey()]


class Event(Timed, Document):
    """What happened during a run; the grave are a partition of their own, however many the others are."""

    run: Annotated[UUID, PrimaryKey()]
    severity: Annotated[Severity, PrimaryKey(1)]
    id: NewestFirst
    node: Line
    message: Message


class EventBatch(Document):
    """A batch of events that has arrived: sent again, it is written again, and counted once."""

    run: Annotated[UUID, PrimaryKey()]
    number: Annotated[int, ClusteringKey()]
    counts: dict[Severity, int]
    agent: Name


class ErrorVector(Timed, Document):
    """A grave event beside the vector of its message; a release is searched as one partition."""

    release: Annotated[Name, PrimaryKey()]
    test: Annotated[Name, ClusteringKey()]
    id: Annotated[UUID, ClusteringKey("DESC", 1), TimeUUID()]
    run: UUID
    message: Message
    repeats: int = 1
    embedding: Annotated[list[float], Vector(dimensions=EMBEDDER.dimensions), VectorIndex("COSINE")]

    class Settings:
        name = f"error_by_{EMBEDDER.space}"  # another model is another space, and so another table


class Notification(Timed, Document):
    """Something that somebody should know, newest first."""

    receiver: Annotated[Name, PrimaryKey()]
    id: NewestFirst = Field(default_factory=new_id)
    title: Line
    body: Message
    path: str
    read: bool = False


class Comment(Timed, Document):
    """What somebody says of a run; each reader has one reaction, the value of their name in a map."""

    run: Annotated[UUID, PrimaryKey()]
    id: NewestFirst = Field(default_factory=new_id)
    author: Name
    text: Message
    mentions: set[Name] = Field(default_factory=set)
    reactions: dict[Name, Reaction] = Field(default_factory=dict)


class ResultTable(Document):
    """What a test measures: the columns of one of its tables."""

    release: Annotated[Name, PrimaryKey()]
    test: Annotated[Name, PrimaryKey(1)]
    name: Annotated[Name, ClusteringKey()]
    measures: list[Annotated[Measure, Frozen()]]


class Result(Document):
    """A row of a result table, as one run measured it."""

    release: Annotated[Name, PrimaryKey()]
    test: Annotated[Name, PrimaryKey(1)]
    table: Annotated[Name, PrimaryKey(2)]
    run: NewestFirst
    row: Annotated[Name, ClusteringKey("ASC", 1)]
    version: Version
    measured: dict[Name, Annotated[float, Double()]]


class BestResult(Document):
    """The best that was ever measured, for each cell of a table."""

    release: Annotated[Name, PrimaryKey()]
    test: Annotated[Name, PrimaryKey(1)]
    table: Annotated[Name, PrimaryKey(2)]
    row: Annotated[Name, ClusteringKey()]
    measure: Annotated[Name, ClusteringKey("ASC", 1)]
    value: Annotated[float, Double()]
    run: Annotated[UUID, TimeUUID()]
    version: Version


MODELS = (
    TestRun,
    Test,
    Group,
    Release,
    ReleaseVersion,
    ReleaseImage,
    Event,
    EventBatch,
    ErrorVector,
    Comment,
    Notification,
    ResultTable,
    Result,
    BestResult,
    User,
    Agent,
)
