"""The two tables: the pages of a site, and what was counted on them hour by hour."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import Field

from coodie.aio import CounterDocument, Document
from coodie.fields import ClusteringKey, Counter, PrimaryKey

SITE: Final = "almanac"
Slug = Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Title = Annotated[str, Field(min_length=1, max_length=60)]


class Page(Document):
    """A page of the site, in the order of names."""

    site: Annotated[str, PrimaryKey()] = SITE
    slug: Annotated[Slug, ClusteringKey()]
    title: Title


class PageHour(CounterDocument):
    """Counts of a page by the hour, newest first."""

    page: Annotated[Slug, PrimaryKey()]
    hour: Annotated[datetime, ClusteringKey("DESC")]
    views: Annotated[int, Counter()] = 0
    up: Annotated[int, Counter()] = 0
    down: Annotated[int, Counter()] = 0
    burst: Annotated[int, Counter()] = 0


MODELS = (PageHour, Page)
