"""What may come in as a form, as JSON or in an address: the models' own rules."""

import re
from typing import Annotated, Self

from models import TAG, Name, Tag, Text, Title
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator


class Incoming(BaseModel):
    """Whatever somebody sends: blanks around a value do not count."""

    model_config = ConfigDict(str_strip_whitespace=True)


class PostChange(Incoming):
    """What may change later: the author stays, and so does the moment, which orders the blog."""

    title: Title
    tags: Annotated[list[Tag], Field(max_length=5)] = []
    body: Text

    @field_validator("tags", mode="before")
    @classmethod
    def split(cls, sent: object) -> object:
        """A form sends tags as one line with commas; each counts once."""
        if not isinstance(sent, str):
            return sent
        tags = list(dict.fromkeys(tag for part in sent.split(",") if (tag := part.strip().lower())))
        for tag in tags:
            if not re.fullmatch(TAG, tag):
                raise ValueError(
                    f"“{tag}” is no tag: use letters from a to z, digits and hyphens, at most 30"
                )
        return tags


class PostIn(PostChange):
    """A post as somebody sends it."""

    author: Name


class CommentIn(Incoming):
    """A comment as somebody sends it."""

    author: Name
    text: Text


class Wanted(Incoming):
    """Which posts, and which page of them."""

    author: Annotated[str | None, Field(max_length=40)] = None
    tag: Annotated[str | None, Field(max_length=30)] = None
    token: Annotated[str | None, Field(max_length=4000)] = None

    @model_validator(mode="after")
    def one_index(self) -> Self:
        """Two indexes at once would mean to read the rows of one and throw most of them away."""
        if self.author and self.tag:
            raise ValueError("Ask for an author or for a tag, not for both: each has an index of its own.")
        return self
