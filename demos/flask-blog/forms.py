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

    title: Annotated[Title, Field(examples=["Tokens, not page numbers"])]
    tags: Annotated[list[Tag], Field(max_length=5, examples=[["paging", "http"]])] = []
    body: Annotated[Text, Field(examples=["A page number is a promise that nothing is written meanwhile."])]

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

    author: Annotated[Name, Field(examples=["ada"])]


class CommentIn(Incoming):
    """A comment as somebody sends it."""

    author: Annotated[Name, Field(examples=["grace"])]
    text: Annotated[Text, Field(examples=["And the last page is as quick as the first."])]


class WantedPage(Incoming):
    """Which page."""

    token: Annotated[
        str | None, Field(description="What `next` said on the page before", max_length=4000)
    ] = None


class Wanted(WantedPage):
    """Which posts, and which page of them."""

    author: Annotated[
        str | None, Field(description="Ask the index on author", max_length=40, examples=["ada"])
    ] = None
    tag: Annotated[str | None, Field(description="Or that on tags", max_length=30)] = None

    @model_validator(mode="after")
    def one_index(self) -> Self:
        """Two indexes at once would mean to read the rows of one and throw most of them away."""
        if self.author and self.tag:
            raise ValueError("Ask for an author or for a tag, not for both: each has an index of its own.")
        return self
