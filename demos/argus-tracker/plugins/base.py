"""What all run types have in common: the abstract class that owns their table."""

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import Annotated, Protocol
from uuid import UUID, uuid4

from demokit.times import moment_of, time_id
from domain import Investigation, Name, Seconds, Status, Version
from pydantic import Field

from coodie.aio import Document
from coodie.fields import ClusteringKey, Discriminator, PrimaryKey, TimeUUID


def new_id() -> UUID:
    """Make an id that holds the moment, so that the newest comes first."""
    return time_id(datetime.now(UTC), uuid4().hex)


class HasId(Protocol):
    """Anything with a time-ordered id."""

    id: UUID


class Timed:
    """What has its moment in its id."""

    @property
    def when(self: HasId) -> datetime:
        """The moment, in UTC."""
        return moment_of(self.id)


class Kind(Timed, ABC):
    """What a plug-in says of its runs."""

    @property
    @abstractmethod
    def gist(self) -> str:
        """Say in a few words what a run was made on."""

    @property
    def images(self) -> tuple[str, ...]:
        """Name the machine images that it was made on, if it was."""
        return ()


class TestRun(Kind, Document):
    """One run of a test. Each plug-in is a class below; `plugin` says which one a row is of."""

    release: Annotated[Name, PrimaryKey()]
    test: Annotated[Name, PrimaryKey(1), Field(examples=["mixed-read-write"])]
    id: Annotated[UUID, ClusteringKey("DESC"), TimeUUID()] = Field(default_factory=new_id)
    plugin: Annotated[str, Discriminator()]
    build: Annotated[int, Field(ge=1, le=1_000_000, examples=[118])]
    version: Version
    status: Status = "running"
    investigation: Investigation = "open"
    seconds: Seconds = 0

    class Settings:
        __abstract__ = True
