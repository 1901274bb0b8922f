"""What a program gets of the tables: rows with the moment that their ids hold, in pages."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

Next = Annotated[str | None, Field(description="Give it back as `token`; null on the last page")]


class PostOut(BaseModel):
    """A post."""

    id: UUID
    title: str
    author: str
    tags: list[str]
    body: str
    edited: datetime | None
    written: Annotated[datetime, Field(description="The moment that its id holds")]


class PostPage(BaseModel):
    """A page of posts, newest first."""

    items: list[PostOut]
    next: Next


class CommentOut(BaseModel):
    """A comment."""

    post: UUID
    id: UUID
    author: str
    text: str
    written: Annotated[datetime, Field(description="The moment that its id holds")]


class CommentPage(BaseModel):
    """A page of a post's comments, newest first."""

    items: list[CommentOut]
    next: Next
