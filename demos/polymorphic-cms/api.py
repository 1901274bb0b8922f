"""The same as JSON: the documents themselves are the schema, a union told apart by `kind`."""

from typing import Annotated, Any
from uuid import UUID

import content
from demokit.problems import Problem
from demokit.tokens import PageTokens
from fastapi import APIRouter, HTTPException, Path, Query
from kinds import KINDS, AnyContent
from models import Channel, Content
from pydantic import BaseModel, Field

MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "Nothing has that key"}}
Token = Annotated[str | None, Query(description="What `next` said on the page before", max_length=4000)]
Kind = Annotated[
    str | None, Query(description=f"One of {', '.join(KINDS)}; all when left out", examples=["podcast"])
]
OfChannel = Annotated[
    Channel | None, Query(description="All when left out; then `kind` is needed", examples=["sea"])
]
InChannel = Annotated[Channel, Path(examples=["sea"])]
ContentId = Annotated[
    UUID,
    Path(
        description="Holds the moment; this one is an article",
        examples=["dd4a7c00-739a-11f1-b423-cf767fb63896"],
    ),
]


class ContentPage(BaseModel):
    """A page of content, newest first within a channel; `next` is the token of the page after it."""

    items: list[AnyContent]
    next: str | None = Field(description="Give it back as `token`")


def known(kind: str | None) -> str | None:
    """Let a kind pass that some class claims."""
    if kind is not None and kind not in KINDS:
        raise HTTPException(422, f"Nothing is of the kind {kind!r}; there are {', '.join(KINDS)}.")
    return kind


def router(tokens: PageTokens) -> APIRouter:
    """Make the routes under `/api`."""
    routes = APIRouter(prefix="/api/content", tags=["content"])

    @routes.get("", response_model=ContentPage)
    async def find(channel: OfChannel = None, kind: Kind = None, token: Token = None) -> dict[str, Any]:
        """List a channel, a kind, or one kind of a channel. Without either it is the front page."""
        if channel is None and known(kind) is None:
            return {"items": await content.front(), "next": None}
        question = (channel, known(kind))
        found = await content.listed(channel, kind, tokens.read(token, *question))
        return {"items": found.data, "next": tokens.write(found.paging_state, *question)}

    @routes.post("", status_code=201, response_model=AnyContent)
    async def create(sent: AnyContent) -> Content:
        """Publish something; `kind` says what, and which fields belong to it."""
        return await sent.save()

    @routes.get("/{channel}/{content_id}", response_model=AnyContent, responses=MISSING)
    async def read(channel: InChannel, content_id: ContentId) -> Content:
        """Read one piece, of whatever kind."""
        return await content.one(channel, content_id)

    @routes.put("/{channel}/{content_id}", response_model=AnyContent, responses=MISSING)
    async def change(channel: InChannel, content_id: ContentId, sent: AnyContent) -> Content:
        """Write all fields anew. The kind stays: an article does not become a video."""
        before = await content.one(channel, content_id)
        return await content.rewrite(before, sent)

    @routes.delete("/{channel}/{content_id}", status_code=204, responses=MISSING)
    async def remove(channel: InChannel, content_id: ContentId) -> None:
        """Delete one piece."""
        await (await content.one(channel, content_id)).delete()

    return routes
