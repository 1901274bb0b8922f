"""What went wrong, for people and for programs: one record, shown as a page, inside a form, or as JSON (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, Field

from coodie.exceptions import (
    AuthenticationError,
    CoodieError,
    DocumentNotFound,
    InvalidQueryError,
    OperationError,
    ServerRejected,
)
from demokit.embedding import EmbedderError
from demokit.tokens import PageTokenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

JSON: Final = "application/problem+json"
NO_DATABASE: Final = (
    "The database did not answer in time, so this request was given up. `coodie server status` tells whether it runs; "
    "`make db-up` starts it."
)


class FieldError(BaseModel):
    """One value that was refused."""

    field: str = Field(description="Name of the field or parameter", examples=["price"])
    message: str = Field(description="What is wrong with it", examples=["Input should be greater than 0"])


class Problem(BaseModel):
    """An error as this demo reports it, `application/problem+json`."""

    title: str = Field(examples=["Some values were refused"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["Correct them and send again; nothing was changed."])
    errors: list[FieldError] = []


def problem(status: int, detail: str, errors: Iterable[FieldError] = ()) -> Problem:
    """Make a problem with the status's own phrase as its title."""
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=list(errors))


def from_exception(error: Exception) -> Problem:
    """Say what an exception of the library, or any other, means to whoever sent the request."""
    match error:
        case PageTokenError() | InvalidQueryError():
            return problem(HTTPStatus.BAD_REQUEST, str(error))
        case EmbedderError():
            return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
        case DocumentNotFound():
            return problem(HTTPStatus.NOT_FOUND, str(error))
        case ServerRejected():
            # It did answer: its words, with coodie's remedy, say what does not agree with the tables as they are.
            return problem(HTTPStatus.CONFLICT, f"The database refused this: {error}")
        case AuthenticationError():
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, f"The database refused this app: {error}")
        case OperationError():
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, NO_DATABASE)
        case CoodieError():
            # Raised on purpose, so its words name cause and remedy.
            return problem(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        case _:
            return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The demo failed; its terminal says where.")


def from_validation(errors: Iterable[Mapping[str, Any]], path: str) -> Problem:
    """Say which values were refused; a path that does not parse names nothing, so that is a 404."""
    found = list(errors)
    if any(error["loc"][:1] == ("path",) for error in found):
        return problem(HTTPStatus.NOT_FOUND, f"Nothing has the address {path}.")
    fields = [_field(error) for error in found]
    return Problem(
        title="Some values were refused",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        detail="Correct them and send again; nothing was changed.",
        errors=fields,
    )


def _field(error: Mapping[str, Any]) -> FieldError:
    if error.get("type") == "json_invalid":
        return FieldError(field="body", message=f"This is not JSON: {error['ctx']['error']}")
    name = ".".join(str(step) for step in error["loc"][1:])
    return FieldError(field=name, message=error["msg"].removeprefix("Value error, "))


def wants_html(path: str, accept: str, *, swap: bool) -> bool:
    """Tell whether the answer is for a reader; a program gets JSON, also when it does not say what it wants."""
    return not path.startswith("/api/") and (swap or "text/html" in accept)
