"""One table for everything that is published: `Content` owns it, and each kind adds columns of its own."""

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID, uuid4

from demokit.times import moment_of, time_id
from pydantic import Field

from coodie.aio import Document
from coodie.fields import ClusteringKey, Discriminator, Indexed, PrimaryKey, TimeUUID

Channel = Literal["cities", "craft", "sea", "sound"]
Line = Annotated[str, Field(min_length=1, max_length=90)]
Seconds = Annotated[int, Field(ge=1, le=36_000, description="How long it plays, in seconds", examples=[754])]


def new_id() -> UUID:
    """Make an id that holds the moment, so that the newest comes first."""
    return time_id(datetime.now(UTC), uuid4().hex)


class Content(Document):
    """What a channel publishes, newest first; `kind` says which class a row is of."""

    channel: Annotated[Channel, PrimaryKey(), Field(examples=["sea"])]
    id: Annotated[UUID, ClusteringKey("DESC"), TimeUUID()] = Field(default_factory=new_id)
    kind: Annotated[str, Discriminator(), Indexed()]
    title: Annotated[Line, Field(examples=["The harbour at four in the morning"])]
    author: Annotated[Line, Field(examples=["Mara Lindqvist"])]

    @property
    def published(self) -> datetime:
        """The moment that is in the id, in UTC."""
        return moment_of(self.id)


class Article(Content):
    """Something to read."""

    kind: Annotated[Literal["article"], Discriminator(), Indexed()] = "article"
    body: Annotated[str, Field(min_length=1, max_length=6000, examples=["The fish market opens first."])]


class Video(Content):
    """Something to watch."""

    kind: Annotated[Literal["video"], Discriminator(), Indexed()] = "video"
    seconds: Seconds
    resolution: Annotated[Literal["720p", "1080p", "2160p"], Field(examples=["1080p"])] = "1080p"


class Podcast(Content):
    """Something to hear; it shares the column `seconds` with Video."""

    kind: Annotated[Literal["podcast"], Discriminator(), Indexed()] = "podcast"
    seconds: Seconds
    episode: Annotated[int, Field(ge=1, le=9999, examples=[12])]
    guests: list[Line] = Field(default_factory=list, max_length=8, examples=[["Ines Duarte"]])


MODELS = (Content,)
