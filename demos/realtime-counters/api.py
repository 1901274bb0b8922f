"""The same as JSON, typed, with examples."""

from typing import Annotated, Any
from uuid import UUID

import counting
from burst import Burst, BurstIn, Bursts
from counting import Counted, Vote
from demokit.problems import Problem
from demokit.tokens import PageTokens
from fastapi import APIRouter, Path, Query
from models import Page, PageHour, Slug, Title
from pydantic import BaseModel, Field

Token = Annotated[str | None, Query(description="What `next` said on the page before", max_length=4000)]
Name = Annotated[Slug, Path(examples=["when-to-lay-a-hedge-3307"])]
MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "There is no such page"}}
UNKNOWN: dict[int | str, dict[str, Any]] = {
    **MISSING,
    503: {"model": Problem, "description": "No answer in time: counted or not, and not sent again"},
}
BUSY: dict[int | str, dict[str, Any]] = {
    **MISSING,
    409: {"model": Problem, "description": "A burst of this page is under way"},
}


class PageIn(BaseModel):
    """A page as somebody sends it."""

    title: Annotated[Title, Field(examples=["How to whet a scythe"])]


class PageOut(Counted):
    """A page with what was counted on it."""

    slug: str
    title: str


class PageList(BaseModel):
    """Pages in the order of their names; `next` is the token of those after them, null at the end."""

    items: list[PageOut]
    next: str | None = Field(description="Give it back as `token`")


class Hours(BaseModel):
    """At most 24 rows of a page, newest first."""

    items: list[PageHour]


class ViewsIn(BaseModel):
    """Views to be counted at once, by one statement."""

    views: Annotated[int, Field(ge=1, le=1000, examples=[1])] = 1


class VoteIn(BaseModel):
    """A vote, or one taken back."""

    vote: Annotated[Vote, Field(examples=["up"])]
    back: Annotated[bool, Field(description="Take one back: `decrement()`")] = False


def router(tokens: PageTokens, bursts: Bursts) -> APIRouter:
    """Make the routes under `/api`."""
    routes = APIRouter(prefix="/api")

    @routes.get("/pages", tags=["pages"])
    async def find(token: Token = None) -> PageList:
        """List pages with what was counted on them."""
        found = await counting.pages(tokens.read(token, "pages"))
        counts = await counting.counted([page.slug for page in found.data]) if found.data else {}
        items = [_out(page, counts[page.slug]) for page in found.data]
        return PageList(items=items, next=tokens.write(found.paging_state, "pages"))

    @routes.post("/pages", tags=["pages"], status_code=201)
    async def add(sent: PageIn) -> Page:
        """Add a page."""
        return await counting.add(sent.title)

    @routes.get("/pages/{slug}", tags=["pages"], responses=MISSING)
    async def read(slug: Name) -> PageOut:
        """Read what was counted on a page."""
        page = await counting.one(slug)
        return _out(page, (await counting.counted([slug]))[slug])

    @routes.get("/pages/{slug}/hours", tags=["pages"], responses=MISSING)
    async def hours(slug: Name) -> Hours:
        """Read a page's newest rows, one an hour."""
        await counting.one(slug)
        return Hours(items=await counting.hours(slug))

    @routes.post("/pages/{slug}/views", tags=["pages"], responses=UNKNOWN)
    async def view(slug: Name, sent: ViewsIn) -> PageOut:
        """Count a view, or several."""
        await counting.one(slug)
        await counting.view(slug, sent.views)
        return await read(slug)

    @routes.post("/pages/{slug}/votes", tags=["pages"], responses=UNKNOWN)
    async def vote(slug: Name, sent: VoteIn) -> PageOut:
        """Count a vote, or take one back."""
        await counting.one(slug)
        await counting.vote(slug, sent.vote, back=sent.back)
        return await read(slug)

    @routes.post("/bursts", tags=["bursts"], status_code=202, responses=BUSY)
    async def start(sent: BurstIn) -> Burst:
        """Send many increments of one row at once; ask for the ledger until its state is `done`."""
        await counting.one(sent.page)
        return await bursts.start(sent)

    @routes.get("/bursts/{burst_id}", tags=["bursts"], responses=MISSING)
    async def ledger(
        burst_id: Annotated[UUID, Path(examples=["00000000-0000-0000-0000-000000000000"])],
    ) -> Burst:
        """Read the ledger of a burst."""
        return bursts.get(burst_id)

    return routes


def _out(page: Page, counted: Counted) -> PageOut:
    return PageOut(slug=page.slug, title=page.title, **counted.model_dump())
