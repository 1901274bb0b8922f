"""Hostile texts in requests to a demo: in every parameter and every field of a body that its API describes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
from pytest_bdd import then

from steps.hostile import FOR_COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.livingdoc.attach import LivingDoc
    from steps.demo_app import DemoApp

FAULT = 500
PLAIN = {"integer": 1, "number": 1.5, "boolean": True, "null": None}


@then("no hostile text in a parameter or a field of its API is a fault of the server, or changes its tables")
def no_fault(demo_app: DemoApp, coodie_cql: Any, livingdoc: LivingDoc) -> None:
    """Send each text to each place of each operation; look at each answer, at the schema, and whether the app lives."""
    before = schema_of(coodie_cql, demo_app.keyspace)
    answers: dict[int, int] = {}
    with httpx.Client(base_url=demo_app.url, timeout=30) as client:
        for method, path, operation, document in _operations(client):
            for text in FOR_COMMANDS:
                for target, body in _requests(path, operation, document, text):
                    status = _status(client, method, target, body)
                    answers[status] = answers.get(status, 0) + 1
                    assert status < FAULT, (method, target[:200], ascii(body)[:300], status)
        assert client.get("/health").is_success
    livingdoc.attach_text("inputs", f"{sum(answers.values())} requests; how many had which status: {answers}")
    assert sum(answers.values()) > len(FOR_COMMANDS)
    assert schema_of(coodie_cql, demo_app.keyspace) == before


def schema_of(session: Any, keyspace: str) -> set[str]:
    """Return the tables of a keyspace."""
    query = "SELECT table_name FROM system_schema.tables WHERE keyspace_name = %s"
    return {row[0] for row in session.execute(query, (keyspace,))}


def _operations(client: httpx.Client) -> Iterator[tuple[str, str, Any, Any]]:
    document = client.get("/openapi.json").json()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in ("get", "post", "put", "patch", "delete"):
                yield method.upper(), path, operation, document


def _requests(path: str, operation: Any, document: Any, text: str) -> Iterator[tuple[str, Any]]:
    """Give the addresses and bodies that have the text in one place each."""
    parameters = [_resolved(each, document) for each in operation.get("parameters", ())]
    written = quote(text, safe="", errors="surrogatepass")
    for parameter in parameters:
        if parameter["in"] in ("path", "query"):
            yield _address(path, parameters, parameter["name"], written), _body(operation, document, None, "")
    schema = _schema(operation, document)
    for name in schema.get("properties", ()) if schema else ():
        yield _address(path, parameters, None, written), _body(operation, document, name, text)


def _address(path: str, parameters: list[Any], attacked: str | None, text: str) -> str:
    query = []
    for parameter in parameters:
        value = text if parameter["name"] == attacked else "1"
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", value)
        elif parameter["in"] == "query" and parameter["name"] == attacked:
            query.append(f"{parameter['name']}={value}")
    return f"{path}?{'&'.join(query)}" if query else path


def _schema(operation: Any, document: Any) -> Any:
    content = operation.get("requestBody", {}).get("content", {})
    return (
        _resolved(content["application/json"]["schema"], document) if "application/json" in content else None
    )


def _body(operation: Any, document: Any, attacked: str | None, text: str) -> Any:
    schema = _schema(operation, document)
    if schema is None:
        return None
    names = [*schema.get("required", ()), *([attacked] if attacked else [])]
    properties = schema.get("properties", {})
    return {name: text if name == attacked else _sample(properties.get(name, {}), document) for name in names}


def _sample(schema: Any, document: Any) -> Any:
    schema = _resolved(schema, document)
    for known in ("example", "default"):
        if known in schema:
            return schema[known]
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type", "string")
    return {"array": [], "object": {}}.get(kind, PLAIN.get(kind, "lamp"))


def _resolved(schema: Any, document: Any) -> Any:
    while "$ref" in schema:
        found = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def _status(client: httpx.Client, method: str, target: str, body: Any) -> int:
    """Send a request, and let go of an answer that never ends once it has begun."""
    content = None if body is None else json.dumps(body)
    headers = {} if content is None else {"Content-Type": "application/json"}
    with client.stream(method, target, content=content, headers=headers) as answer:
        return answer.status_code
