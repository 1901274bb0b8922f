from collections.abc import Mapping
from types import SimpleNamespace
from typing import Annotated, Any

import pytest
from demokit import operations
from demokit.operations import Operation
from fastapi.openapi.models import OpenAPI
from pydantic import BaseModel, Field, ValidationError


class Asked(BaseModel):
    size: Annotated[int, Field(description="How many", examples=[5])] = 10


class Sent(BaseModel):
    name: Annotated[str, Field(min_length=1, examples=["lamp"])]


class Answer(BaseModel):
    id: int
    name: str


OPERATION = Operation(
    "PUT", Answer, asks=Asked, takes=Sent, status=201, missing="No such thing", examples={"key": "7"}
)


def view() -> None:
    """Change a thing."""


def document() -> dict[str, Any]:
    setattr(view, operations.ATTRIBUTE, OPERATION)
    route = operations.described("/api/things/<uuid:key>", view)
    assert route
    return operations.document(SimpleNamespace(name="toys", promise="many"), [route])  # type: ignore[arg-type]


def test_a_route_is_given_what_it_declares() -> None:
    given = OPERATION.read({"size": "3"}, lambda: {"name": "lamp"})
    assert given == {"asked": Asked(size=3), "sent": Sent(name="lamp")}
    assert Operation("GET", Answer).read({"size": "three"}, lambda: None) == {}


@pytest.mark.parametrize(("query", "body"), [({"size": "three"}, {"name": "a"}), ({}, {"name": ""}), ({}, 7)])
def test_what_is_not_as_declared_is_refused(query: Mapping[str, str], body: object) -> None:
    with pytest.raises(ValidationError):
        OPERATION.read(query, lambda: body)


def test_an_answer_is_written_as_declared() -> None:
    assert OPERATION.write(SimpleNamespace(id=1, name="lamp", secret="x")) == '{"id":1,"name":"lamp"}'  # noqa: S106
    assert Operation("DELETE", None).write(None) == ""


def test_an_answer_that_is_not_as_declared_is_the_demos_fault() -> None:
    with pytest.raises(TypeError, match="no Answer"):
        OPERATION.write({"id": "one"})


def test_the_description_is_openapi_with_models_and_examples() -> None:
    found = document()
    OpenAPI.model_validate(found)
    operation = found["paths"]["/api/things/{key}"]["put"]
    assert operation["summary"] == "Change a thing."
    assert list(operation["responses"]) == ["201", "404", "422"]
    key, size = operation["parameters"]
    assert (key["in"], key["schema"]) == ("path", {"type": "string", "format": "uuid", "examples": ["7"]})
    assert (size["in"], size["required"], size["description"]) == ("query", False, "How many")
    assert operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/Sent")
    assert {"Sent", "Answer", "Problem", "FieldError"} <= set(found["components"]["schemas"])


def test_a_view_that_declares_nothing_is_not_described() -> None:
    assert operations.described("/", test_a_view_that_declares_nothing_is_not_described) is None
