"""The same as JSON, typed, with examples."""

from typing import Annotated, Any
from uuid import UUID

import library
from changes import Change
from demokit.problems import Problem
from demokit.tokens import PageTokens
from fastapi import APIRouter, Path, Query
from library import Became, Cloud
from models import Article, Line, Tag
from pydantic import BaseModel, Field

Token = Annotated[str | None, Query(description="What `next` said on the page before", max_length=4000)]
Known = Annotated[UUID, Path(examples=["ebf31e9f-452d-5773-9512-5cb2a27aaf18"])]
Word = Annotated[Tag, Path(examples=["timber"])]
MISSING: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no such article"}
}
NO_ELEMENT: dict[int | str, dict[str, Any]] = {
    **MISSING,
    409: {"model": Problem, "description": "The list has no such position"},
}


class ArticleIn(BaseModel):
    """An article as somebody begins it."""

    title: Annotated[Line, Field(examples=["Rowan"])]


class ArticlePage(BaseModel):
    """Articles; `next` is the token of those after them, null at the end."""

    items: list[Article]
    next: str | None = Field(description="Give it back as `token`")


class Tags(BaseModel):
    """Every tag with its count."""

    items: list[Cloud]


class Changed(BaseModel):
    """An article after a change, and what the change became."""

    article: Article
    became: Became


def router(tokens: PageTokens) -> APIRouter:
    """Make the routes under `/api`."""
    routes = APIRouter(prefix="/api")

    @routes.get("/articles", tags=["articles"])
    async def find(
        tag: Annotated[Tag | None, Query(description="Ask the index on tags", examples=["timber"])] = None,
        token: Token = None,
    ) -> ArticlePage:
        """List articles, or those with a tag."""
        found = await library.articles(tag, tokens.read(token, "articles", tag))
        return ArticlePage(items=found.data, next=tokens.write(found.paging_state, "articles", tag))

    @routes.post("/articles", tags=["articles"], status_code=201)
    async def add(sent: ArticleIn) -> Article:
        """Begin an article."""
        return await library.add(sent.title)

    @routes.get("/articles/{article_id}", tags=["articles"], responses=MISSING)
    async def read(article_id: Known) -> Article:
        """Read an article."""
        return await library.one(article_id)

    @routes.post("/articles/{article_id}/changes", tags=["articles"], responses=NO_ELEMENT)
    async def change(article_id: Known, sent: Change) -> Changed:
        """Change one element, and see the statement that it became."""
        article = await library.one(article_id)
        became = await library.change(article, sent)
        return Changed(article=article, became=became)

    @routes.delete("/articles/{article_id}", tags=["articles"], status_code=204, responses=MISSING)
    async def remove(article_id: Known) -> None:
        """Delete an article; its tags are counted down."""
        await library.remove(await library.one(article_id))

    @routes.get("/tags", tags=["tags"])
    async def tags() -> Tags:
        """Read the tag cloud from its counters."""
        return Tags(items=await library.cloud())

    @routes.put("/tags/{tag}", tags=["tags"])
    async def recount(tag: Word) -> Cloud:
        """Set a tag's counter right."""
        return await library.recount(tag)

    return routes
