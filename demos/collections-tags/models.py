"""An article made of collections, the user types in it, and a cloud of tags kept as counters."""

# ruff: noqa: RUF012 - pydantic copies a default for each document

from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from coodie.aio import CounterDocument, Document
from coodie.fields import ClusteringKey, Counter, Indexed, PrimaryKey
from coodie.usertype import UserType

EVERYTHING: Final = "all"
Tag = Annotated[str, Field(pattern="^[a-z0-9]+([ -][a-z0-9]+)*$", max_length=24)]
Line = Annotated[str, Field(min_length=1, max_length=80)]
Tags = Annotated[set[Tag], Field(max_length=12)]
Lines = Annotated[list[Line], Field(max_length=12)]
Facts = Annotated[dict[Line, Line], Field(max_length=12)]
Year = Annotated[int, Field(ge=1450, le=2100)]


class Place(UserType):
    """Where something was printed or found."""

    city: Line
    country: Line


class Edition(UserType):
    """A printing of an article; it has a place, which is a type of its own."""

    label: Line
    year: Year
    printed: Place


Editions = Annotated[list[Edition], Field(max_length=12)]


class Article(Document):
    """An article, changed element by element."""

    shelf: Annotated[str, PrimaryKey()] = EVERYTHING
    id: Annotated[UUID, ClusteringKey()]
    title: Line
    tags: Annotated[Tags, Indexed()] = set()
    sections: Lines = []
    facts: Facts = {}
    origin: Place | None = None
    editions: Editions = []


class TagCount(CounterDocument):
    """How many articles have a tag."""

    cloud: Annotated[str, PrimaryKey()] = EVERYTHING
    tag: Annotated[Tag, ClusteringKey()]
    articles: Annotated[int, Counter()] = 0


MODELS = (Article, TagCount)
