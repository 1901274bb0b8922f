"""What may come in as a form or as JSON."""

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError
from taskboard.cassandra_models import Line, Status


class TaskIn(BaseModel):
    """A new task as somebody sends it."""

    model_config = ConfigDict(str_strip_whitespace=True)

    board: str
    title: Line


class MoveIn(BaseModel):
    """Where a task shall go."""

    status: Status


class Wanted(BaseModel):
    """Which page of a history."""

    token: str | None = Field(default=None, max_length=4000)


def refused(field: str, words: str, value: str) -> ValidationError:
    """Say what only the tables know in the words in which a model refuses a value."""
    details = InitErrorDetails(type=PydanticCustomError("refused", words), loc=(field,), input=value)
    return ValidationError.from_exception_data("sent", [details])
