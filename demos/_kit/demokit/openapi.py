"""The API page: the OpenAPI document told on a page of the family, which needs nothing from elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from demokit import highlight

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup


@dataclass(frozen=True)
class Operation:
    """One verb on one path, with an example that can be pasted into a terminal."""

    method: str
    path: str
    summary: str
    description: str
    parameters: list[dict[str, Any]]
    bodies: list[tuple[str, Markup]]
    responses: list[tuple[str, str]]
    curl: Markup


def operations(document: Mapping[str, Any], base_url: str) -> list[Operation]:
    """List the document's operations in its order."""
    return [
        _operation(document, method, path, described, base_url.rstrip("/"))
        for path, verbs in document["paths"].items()
        for method, described in verbs.items()
    ]


def _operation(
    document: Mapping[str, Any], method: str, path: str, described: Mapping[str, Any], base_url: str
) -> Operation:
    content = described.get("requestBody", {}).get("content", {})
    taken = content.get("application/json", {}).get("schema")
    bodies = [] if taken is None else [(name, _example(document, one)) for name, one in _variants(taken)]
    parameters = described.get("parameters", [])
    address = path
    for parameter in parameters:
        if parameter["in"] == "path" and (shown := _shown(parameter)):
            address = address.replace(f"{{{parameter['name']}}}", str(shown))
    needed = {
        parameter["name"]: _shown(parameter)
        for parameter in parameters
        if parameter["in"] == "query" and parameter.get("required")
    }
    if needed:
        address += f"?{urlencode(needed)}"
    verb = "" if method == "get" else f"-X {method.upper()} "
    curl = f"curl {verb}'{base_url}{address}'"
    for parameter in parameters:
        if parameter["in"] == "header" and (shown := _shown(parameter)):
            curl += f" \\\n  -H '{parameter['name']}: {shown}'"
    if bodies or method == "post":
        # A POST without a body says that it is JSON all the same: else a foreign page could send it unasked.
        body = json.dumps(bodies[0][1] if bodies else {})
        curl += f" \\\n  -H 'Content-Type: application/json' \\\n  -d '{body}'"
    return Operation(
        method.upper(),
        path,
        described.get("summary", path),
        described.get("description", ""),
        [
            {
                "name": parameter["name"],
                "in": parameter["in"],
                "required": parameter.get("required", False),
                "description": parameter.get("description", ""),
                "example": _shown(parameter),
            }
            for parameter in parameters
        ],
        [(name, highlight.code(json.dumps(body, indent=2), "json")) for name, body in bodies],
        [(status, response["description"]) for status, response in described["responses"].items()],
        highlight.code(curl, "bash"),
    )


def _shown(parameter: Mapping[str, Any]) -> Any:
    schema = parameter.get("schema", {})
    examples = schema.get("examples") or [parameter.get("example", schema.get("default"))]
    return "" if examples[0] is None else examples[0]


def _variants(schema: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Name each schema that a body may have: those of a union, by what its discriminator says, else the one."""
    if "oneOf" not in schema:
        return [("", schema)]
    names = {
        reference: name for name, reference in schema.get("discriminator", {}).get("mapping", {}).items()
    }
    return [(names.get(one.get("$ref"), ""), one) for one in schema["oneOf"]]


def _example(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    """Build an example of a schema from the examples of its fields."""
    if schema.get("examples"):
        return schema["examples"][0]
    if "$ref" in schema:
        return _example(document, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    if "properties" in schema:
        needed = {*schema.get("required", ())}
        return {
            name: _example(document, field)
            for name, field in schema["properties"].items()
            if name in needed or not field.keys().isdisjoint(("examples", "default", "$ref", "anyOf"))
        }
    if "anyOf" in schema:
        return _example(document, schema["anyOf"][0])
    return schema.get("default", schema.get("type"))
