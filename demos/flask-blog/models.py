"""The blog's two tables: all posts in one partition, the comments of a post in one of their own, newest first."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from moments import moment_of
from pydantic import Field

from coodie.fields import ClusteringKey, Indexed, PrimaryKey, TimeUUID
from coodie.sync import Document

BLOG: Final = "notebook"
Name = Annotated[str, Field(min_length=1, max_length=40)]
Title = Annotated[str, Field(min_length=1, max_length=120)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
TAG: Final = "^[a-z0-9][a-z0-9-]{0,29}$"
Tag = Annotated[str, Field(pattern=TAG)]


class Post(Document):
    """All posts, newest first; two indexes."""

    blog: Annotated[str, PrimaryKey()] = BLOG
    id: Annotated[UUID, TimeUUID(), ClusteringKey("DESC")]
    title: Title
    author: Annotated[Name, Indexed()]
    tags: Annotated[list[Tag], Indexed()]
    body: Text
    edited: datetime | None = None

    @property
    def written(self) -> datetime:
        return moment_of(self.id)


class Comment(Document):
    """A partition for each post, newest first."""

    post: Annotated[UUID, TimeUUID(), PrimaryKey()]
    id: Annotated[UUID, TimeUUID(), ClusteringKey("DESC")]
    author: Name
    text: Text

    @property
    def written(self) -> datetime:
        return moment_of(self.id)


MODELS = (Post, Comment)
