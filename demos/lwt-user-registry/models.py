"""The tables: who has which name, and rows that are written only to be timed."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from coodie.aio import Document
from coodie.fields import ClusteringKey, PrimaryKey, Version

Name = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$", min_length=2, max_length=24)]
Line = Annotated[str, Field(min_length=1, max_length=60)]
Words = Annotated[str, Field(max_length=140)]
Kind = Literal["INSERT", "INSERT … IF NOT EXISTS", "UPDATE … IF value = ?"]


class User(Document):
    """Who has a name; written on conditions only."""

    letter: Annotated[str, PrimaryKey()]
    name: Annotated[Name, ClusteringKey()]
    id: UUID
    person: Line
    motto: Words = ""
    place: Words = ""
    version: Annotated[int, Version()] = 0


class Probe(Document):
    """A row that is written to be timed."""

    kind: Annotated[Kind, PrimaryKey()]
    number: Annotated[int, ClusteringKey()]
    value: int


MODELS = (User, Probe)
