"""A fourth kind, from outside: `PLUGINS=quiz make run` takes it up, and nothing else knows of it."""

from typing import Annotated, Literal

from models import Content, Line
from pydantic import Field

from coodie.fields import Discriminator, Indexed


class Quiz(Content):
    """Something to answer."""

    kind: Annotated[Literal["quiz"], Discriminator(), Indexed()] = "quiz"
    question: Annotated[Line, Field(examples=["Which sea has no coast?"])]
    answers: Annotated[list[Line], Field(min_length=2, max_length=6, examples=[["Sargasso Sea", "Aral Sea"]])]
