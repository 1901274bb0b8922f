"""What the pages and the API do with the tables: each function is one statement or two."""

import re
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from models import SITE, Page, PageHour
from pydantic import BaseModel, Field

from coodie import PagedResult
from coodie.aio import AsyncBatchQuery

CARDS, HOURS = 12, 24
PATIENCE = 2.0
WIDE, HIGH = 120, 36
Vote = Literal["up", "down"]
COUNTERS = ("page", "views", "up", "down")


class Counted(BaseModel):
    """What was counted on a page in its newest hours, newest first; a line draws them, oldest first."""

    views: int = Field(description="In the newest 24 hours that have any", examples=[4812])
    up: int = Field(examples=[31])
    down: int = Field(examples=[4])
    line: str = Field(
        description=f"Points of a polyline, {WIDE} wide and {HIGH} high", examples=["0,36 120,0"]
    )


def this_hour() -> datetime:
    """Return the beginning of the hour, which is the row that counts now."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


async def pages(state: bytes | None) -> PagedResult[Page]:
    """Read a page of the site's partition."""
    return await Page.find(site=SITE).fetch_size(CARDS).page(state).paged_all()


async def one(slug: str) -> Page:
    """Read a page, or `DocumentNotFound`."""
    return await Page.get(site=SITE, slug=slug)


async def add(title: str) -> Page:
    """Write a page under a name made of its title."""
    return await Page(slug=f"{words(title)}-{uuid4().hex[:4]}", title=title).save()


async def counted(slugs: list[str]) -> dict[str, Counted]:
    """Read the newest hours of some pages with one statement, which each partition has on top."""
    rows = PageHour.find(page__in=slugs).per_partition_limit(HOURS).values_list(*COUNTERS)
    hours: dict[str, list[tuple[int, int, int]]] = {slug: [] for slug in slugs}
    async for page, *counters in rows:
        hours[page].append((counters[0] or 0, counters[1] or 0, counters[2] or 0))
    return {slug: _summed(found) for slug, found in hours.items()}


async def hours(slug: str) -> list[PageHour]:
    """Read the newest hours of one page."""
    return await PageHour.find(page=slug).limit(HOURS).all()


async def view(slug: str, views: int = 1) -> None:
    """Count a view, or several."""
    await PageHour(page=slug, hour=this_hour()).increment(views=views, timeout=PATIENCE)


async def vote(slug: str, which: Vote, *, back: bool) -> None:
    """Count a vote, or take one back."""
    row = PageHour(page=slug, hour=this_hour())
    count = row.decrement if back else row.increment
    await (count(up=1, timeout=PATIENCE) if which == "up" else count(down=1, timeout=PATIENCE))


async def fill(page: Page, rows: list[PageHour]) -> None:
    """Write a page with what was counted so far, once: one batch for its partition, then the page itself.

    A counter cannot be set, so a page that is there is left as it is, with all that was counted since.
    """
    if await Page.find(site=SITE, slug=page.slug).exists():
        return
    if not await PageHour.find(page=page.slug).limit(1).all():
        async with AsyncBatchQuery(batch_type="COUNTER") as batch:
            for row in rows:
                await row.increment(views=row.views, up=row.up, down=row.down, batch=batch)
    await page.save()


def words(title: str) -> str:
    """Return the letters and digits of a title, as an address has them."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60].strip("-") or "page"


def _summed(hours: list[tuple[int, int, int]]) -> Counted:
    views, up, down = (sum(hour[place] for hour in hours) for place in range(3))
    return Counted(views=views, up=up, down=down, line=line([hour[0] for hour in hours]))


def line(newest_first: list[int]) -> str:
    """Return the points of a line through the hours, oldest first, that fills its box."""
    values = [0] * (HOURS - len(newest_first)) + newest_first[::-1]
    top = max(*values, 1)
    points = enumerate(values)
    return " ".join(
        f"{place * WIDE / (HOURS - 1):.1f},{HIGH - value / top * (HIGH - 2):.1f}" for place, value in points
    )
