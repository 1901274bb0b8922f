"""What the pages and the API do with the tables."""

from typing import Any
from uuid import UUID, uuid4

from changes import Change
from demokit.capture import capture
from demokit.highlight import code
from demokit.hood import Sent
from markupsafe import Markup
from models import EVERYTHING, Article, TagCount
from pydantic import BaseModel, Field

from coodie import PagedResult
from coodie.aio import AsyncBatchQuery

PAGE = 12
SIZES = 5


class Statement(BaseModel):
    """What was sent."""

    cql: str
    values: dict[str, str] = Field(description="Each bound value as CQL has it")

    @property
    def gist(self) -> Markup:
        """The text in one line, as the drawer has it."""
        return Sent({"cql": self.cql}).gist


class Became(BaseModel):
    """What a change was made into: a call of the library, and the statements that it sent."""

    python: str = Field(examples=["article.update(tags__add={'riverside'})"])
    statements: list[Statement]

    @property
    def call(self) -> Markup:
        """The call in colours."""
        return code(self.python, "python")


class Cloud(BaseModel):
    """A tag with its count, and how large it is to be written."""

    tag: str
    articles: int
    size: int = Field(description="From 1 to 5")


async def articles(tag: str | None, state: bytes | None) -> PagedResult[Article]:
    """Read a page of the articles, or of those with a tag: the index knows each element of the set."""
    found = Article.find(shelf=EVERYTHING)
    if tag is not None:
        found = found.filter(tags__contains=tag)
    return await found.fetch_size(PAGE).page(state).paged_all()


async def one(article_id: UUID) -> Article:
    """Read an article, or `DocumentNotFound`."""
    return await Article.get(shelf=EVERYTHING, id=article_id)


async def cloud() -> list[Cloud]:
    """Read the counters of all tags: one partition, however many articles there are."""
    counts = [each for each in await TagCount.find(cloud=EVERYTHING).all() if each.articles > 0]
    most = max((each.articles for each in counts), default=1)
    return [
        Cloud(tag=each.tag, articles=each.articles, size=1 + round((SIZES - 1) * each.articles / most))
        for each in counts
    ]


async def add(title: str) -> Article:
    """Write an article that has nothing but a title."""
    return await Article(id=uuid4(), title=title).save()


async def change(article: Article, wanted: Change) -> Became:
    """Change elements, and count the tags that came or went; tell what was sent for it."""
    before, call = set(article.tags), wanted.call(article)
    with capture() as records:
        await getattr(article, call.method)(**call.arguments)
        await count(article.tags - before, before - article.tags)
    return Became(python=str(call), statements=[_statement(record) for record in records])


async def count(came: set[str], gone: set[str]) -> None:
    """Move the counters of tags.

    A set does not mind an element that comes twice; a counter does. Two who add one tag to one article at the same
    moment, each of whom has read it without, count it twice: `recount()` sets that right.
    """
    for tag in came:
        await TagCount(tag=tag).increment(articles=1)
    for tag in gone:
        await TagCount(tag=tag).decrement(articles=1)


async def recount(tag: str) -> Cloud:
    """Count the articles that have a tag, and move its counter by the difference."""
    there = await Article.find(shelf=EVERYTHING, tags__contains=tag).count()
    found = await TagCount.find_one(cloud=EVERYTHING, tag=tag)
    if there != (found.articles if found else 0):
        await TagCount(tag=tag).increment(articles=there - (found.articles if found else 0))
    return Cloud(tag=tag, articles=there, size=1)


async def remove(article: Article) -> None:
    """Delete an article, and count its tags down."""
    await article.delete()
    await count(set(), set(article.tags))


async def bring(article: Article) -> None:
    """Write an article that is not there yet, and count its tags: one batch, because the cloud is one partition."""
    if await Article.find(shelf=EVERYTHING, id=article.id).exists():
        return
    await article.save()
    if article.tags:
        async with AsyncBatchQuery(batch_type="COUNTER") as batch:
            for tag in article.tags:
                await TagCount(tag=tag).increment(articles=1, batch=batch)


def _statement(record: dict[str, Any]) -> Statement:
    return Statement(cql=record["cql"], values={each["name"]: each["value"] for each in record["params"]})
