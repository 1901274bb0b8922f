"""JSON operations under Flask and Django: what a route takes and answers is declared once, checked, and described.

FastAPI reads the same from a function's annotations; there this module is not needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ValidationError
from pydantic.json_schema import models_json_schema

from demokit.problems import JSON, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from demokit.demo import Demo

ATTRIBUTE: Final = "__operation__"
REFERENCE: Final = "#/components/schemas/{model}"
_PARAMETER: Final = re.compile(r"<(?:(\w+):)?(\w+)>")
_FORMATS: Final = {"uuid": {"type": "string", "format": "uuid"}, "int": {"type": "integer"}}


@dataclass(frozen=True)
class Operation:
    """One verb on one path: the models of its query, body and answer, and examples for what stands in the path."""

    method: str
    answers: type[BaseModel] | None
    asks: type[BaseModel] | None = None
    takes: type[BaseModel] | None = None
    status: int = 200
    missing: str = ""
    examples: Mapping[str, str] = field(default_factory=dict)

    def read(self, query: Mapping[str, Any], body: Callable[[], Any]) -> dict[str, Any]:
        """Return the arguments `asked` and `sent` of the route; a `ValidationError` says which values were refused."""
        arguments: dict[str, Any] = {}
        if self.asks:
            arguments["asked"] = self.asks.model_validate(dict(query))
        if self.takes:
            arguments["sent"] = self.takes.model_validate(body())
        return arguments

    def write(self, answer: Any) -> str:
        """Return the body of an answer; one that is not as declared is the demo's fault, not the sender's."""
        if self.answers is None:
            return ""
        try:
            return self.answers.model_validate(answer, from_attributes=True).model_dump_json()
        except ValidationError as error:
            raise TypeError(f"this answer is no {self.answers.__name__}: {error}") from error


@dataclass(frozen=True)
class Route:
    """An operation at its path, as the framework writes it: `/api/posts/<uuid:post_id>`."""

    path: str
    operation: Operation
    told: str

    @property
    def template(self) -> str:
        """The path as OpenAPI writes it."""
        return _PARAMETER.sub(r"{\2}", self.path)

    @property
    def models(self) -> list[tuple[type[BaseModel], Any]]:
        """The models of its body and its answer, each in the direction it goes."""
        both = ((self.operation.takes, "validation"), (self.operation.answers, "serialization"))
        return [(model, mode) for model, mode in both if model]


def described(path: str, view: Any) -> Route | None:
    """Return the route of a view that declares its operation."""
    operation = getattr(view, ATTRIBUTE, None)
    return Route(path, operation, (view.__doc__ or path).strip()) if operation else None


def document(demo: Demo, routes: Iterable[Route]) -> dict[str, Any]:
    """Make the OpenAPI document of a demo's routes, in their order."""
    found = list(routes)
    models = dict.fromkeys(model for route in found for model in route.models)
    references, definitions = models_json_schema(
        [*models, (Problem, "serialization")], ref_template=REFERENCE
    )
    paths: dict[str, dict[str, Any]] = {}
    for route in found:
        paths.setdefault(route.template, {})[route.operation.method.lower()] = _operation(route, references)
    return {
        "openapi": "3.1.0",
        "info": {"title": demo.name, "summary": demo.promise, "version": "2.0.0"},
        "paths": paths,
        "components": {"schemas": definitions["$defs"]},
    }


def _operation(route: Route, references: Mapping[Any, Any]) -> dict[str, Any]:
    operation = route.operation
    success: dict[str, Any] = {"description": "Successful Response"}
    if operation.answers:
        success["content"] = {"application/json": {"schema": references[operation.answers, "serialization"]}}
    problem = {"content": {JSON: {"schema": references[Problem, "serialization"]}}}
    told: dict[str, Any] = {"summary": route.told, "responses": {str(operation.status): success}}
    if parameters := [*_in_path(route), *_in_query(operation.asks)]:
        told["parameters"] = parameters
    if operation.takes:
        schema = references[operation.takes, "validation"]
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if operation.missing:
        told["responses"]["404"] = {"description": operation.missing, **problem}
    if operation.takes or operation.asks:
        told["responses"]["422"] = {"description": "Some values were refused", **problem}
    return told


def _in_path(route: Route) -> list[dict[str, Any]]:
    found = []
    for kind, name in _PARAMETER.findall(route.path):
        schema = _FORMATS.get(kind, {"type": "string"})
        examples = [route.operation.examples[name]] if name in route.operation.examples else []
        found.append(
            {"name": name, "in": "path", "required": True, "schema": {**schema, "examples": examples}}
        )
    return found


def _in_query(asks: type[BaseModel] | None) -> list[dict[str, Any]]:
    if asks is None:
        return []
    schema = asks.model_json_schema(ref_template=REFERENCE)
    required = schema.get("required", [])
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": described.get("description", ""),
            "schema": described,
        }
        for name, described in schema["properties"].items()
    ]
