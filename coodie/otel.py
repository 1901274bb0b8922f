"""OpenTelemetry: a span and a measurement of each statement, in the stable conventions for databases.

It needs the extra `coodie[otel]`, which brings the API; the application chooses the SDK and its exporters, and calls
`instrument()` once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from coodie.cql.dialect import Dialect
from coodie.cql.statement import BatchStatement, Kind, Statement
from coodie.drivers.registry import known_target
from coodie.exceptions import OperationError
from coodie.execution import add_observer
from coodie.observation import Observation

if TYPE_CHECKING:
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import TracerProvider

NAME = "coodie"
METRIC = "db.client.operation.duration"
# What the conventions ask for: seconds.
BOUNDARIES = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10)
_SYSTEMS = {Dialect.CASSANDRA: "cassandra", Dialect.SCYLLA: "scylladb"}
_NANOSECONDS = 1_000_000_000
_SPAN_ONLY = frozenset(
    {"db.query.text", "db.query.summary", "db.operation.batch.size", "cassandra.consistency.level"}
)
_LITERALS = re.compile(
    r"\$\$.*?(?:\$\$|\Z)|'(?:[^']|'')*(?:'|\Z)|\"(?:[^\"]|\"\")*\"|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
    r"|\b0[xX][0-9a-fA-F]*\b|(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\w*",
    re.DOTALL,
)
_WORD = re.compile(r"\s*([A-Za-z]+)")


def instrument(
    tracer_provider: TracerProvider | None = None, meter_provider: MeterProvider | None = None
) -> Callable[[], None]:
    """Make a span and a measurement of every statement of this process; the returned function ends that.

    Without providers the global ones are used. A span is a child of the span that is current where the statement is
    sent; it holds the text with its bind markers, and never a value. Raises `ImportError` that names the extra.
    """
    try:
        from opentelemetry import metrics, trace  # noqa: PLC0415
    except ImportError as error:
        raise ImportError(
            "coodie.otel needs the package opentelemetry-api: install the extra coodie[otel]"
        ) from error
    tracer = trace.get_tracer(NAME, tracer_provider=tracer_provider)
    meter = metrics.get_meter(NAME, meter_provider=meter_provider)
    histogram = meter.create_histogram(
        METRIC,
        unit="s",
        description="Duration of database client operations.",
        explicit_bucket_boundaries_advisory=BOUNDARIES,
    )

    def observed(observation: Observation) -> None:
        attributes = attributes_of(observation)
        measured = {name: value for name, value in attributes.items() if name not in _SPAN_ONLY}
        histogram.record(observation.duration, measured)
        started = int(observation.started * _NANOSECONDS)
        span = tracer.start_span(
            str(attributes["db.query.summary"]),
            kind=trace.SpanKind.CLIENT,
            attributes=attributes,
            start_time=started,
        )
        if observation.error is not None:
            # A server's words may quote what was sent, literals and all.
            span.set_status(trace.Status(trace.StatusCode.ERROR, type(observation.error).__name__))
        span.end(started + int(observation.duration * _NANOSECONDS))

    return add_observer(observed)


def attributes_of(observation: Observation) -> Mapping[str, str | int]:
    """Return what the conventions say of a statement, by their names."""
    statement, error = observation.statement, observation.error
    found: dict[str, Any] = {"db.system.name": _SYSTEMS[known_target(observation.connection).dialect]}
    if isinstance(statement, BatchStatement):
        found |= _of_batch(statement)
    else:
        found |= _of_statement(statement)
    summary = f"{found['db.operation.name']} {found.get('db.collection.name') or ''}"
    found["db.query.summary"] = summary.strip()
    found |= _address(observation)
    if observation.consistency is not None:
        found["cassandra.consistency.level"] = observation.consistency.lower()
    if error is not None:
        found["error.type"] = f"{type(error).__module__}.{type(error).__qualname__}"
    return {name: value for name, value in found.items() if value is not None}


def _of_statement(statement: Statement) -> dict[str, Any]:
    shape = statement.shape
    written = shape.kind in (Kind.RAW, Kind.DDL)
    return {
        "db.namespace": shape.keyspace,
        "db.collection.name": shape.table,
        "db.operation.name": _verb(shape.text) if written else shape.kind.value,
        "db.query.text": without_literals(shape.text) if written else shape.text,
    }


def _of_batch(batch: BatchStatement) -> dict[str, Any]:
    parts = [_of_statement(statement) for statement in batch.statements]
    found = {name: _common(part[name] for part in parts) for name in ("db.namespace", "db.collection.name")}
    verb = _common(part["db.operation.name"] for part in parts)
    found["db.operation.name"] = "BATCH" if verb is None else f"BATCH {verb}"
    if len(parts) > 1:
        found["db.operation.batch.size"] = len(parts)
    texts = dict.fromkeys(part["db.query.text"] for part in parts)
    found["db.query.text"] = "; ".join(texts)
    return found


def without_literals(cql: str) -> str:
    """Return CQL that somebody wrote by hand with `?` in place of its literals."""
    return _LITERALS.sub(lambda found: found[0] if found[0].startswith('"') else "?", cql)


def _verb(cql: str) -> str:
    word = _WORD.match(cql)
    return word[1].upper() if word else "RAW"


def _common(values: Any) -> Any:
    """Return the value that all have, `None` where they differ."""
    different = set(values)
    return different.pop() if len(different) == 1 else None


def _address(observation: Observation) -> dict[str, str | int]:
    node = observation.rows.coordinator if observation.rows is not None else None
    if node is None and isinstance(observation.error, OperationError):
        node = observation.error.coordinator
    if node is None:
        return {}
    host, colon, port = node.rpartition(":")
    if not colon or not port.isdecimal():
        return {"server.address": node}
    return {"server.address": host.strip("[]"), "server.port": int(port)}
