"""What may come in as a form or as JSON."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError
from taskboard.cassandra_models import Line, Status


class TaskIn(BaseModel):
    """A new task as somebody sends it."""

    model_config = ConfigDict(str_strip_whitespace=True)

    board: Annotated[str, Field(description="A board's short name", examples=["engine"])]
    title: Annotated[Line, Field(examples=["Grease the crank"])]


class MoveIn(BaseModel):
    """Where a task shall go."""

    status: Annotated[Status, Field(description="The column", examples=["doing"])]


class Wanted(BaseModel):
    """Which page of a history."""

    token: Annotated[
        str | None, Field(description="What `next` said on the page before", max_length=4000)
    ] = None


def refused(field: str, words: str, value: str) -> ValidationError:
    """Say what only the tables know in the words in which a model refuses a value."""
    details = InitErrorDetails(type=PydanticCustomError("refused", words), loc=(field,), input=value)
    return ValidationError.from_exception_data("sent", [details])
