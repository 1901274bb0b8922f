"""What an operator sees of a program's statements: spans, measurements, lines of a log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import given, parsers, then

from coodie.logs import log_statements
from coodie.otel import instrument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.livingdoc.attach import LivingDoc
    from steps.cells import Table
    from steps.world import World

LOGGER = logging.getLogger("coodie.statements")


class Lines(logging.Handler):
    """Keeps what is logged: level and line."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.getMessage()}")


@pytest.fixture
def telemetry(world: World) -> Iterator[Any]:
    """An application's set-up of OpenTelemetry, kept in memory; `spans` and `tracer` name its ends."""
    if not _has_sdk():
        pytest.skip("opentelemetry-sdk is not installed")
    from opentelemetry.sdk.metrics import MeterProvider  # noqa: PLC0415 - may be missing
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor  # noqa: PLC0415
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter  # noqa: PLC0415

    exporter, reader = InMemorySpanExporter(), InMemoryMetricReader()
    tracers = TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(exporter))
    meters = MeterProvider([reader])
    stop = instrument(tracers, meters)
    world.names |= {"spans": exporter.get_finished_spans, "tracer": tracers.get_tracer("the application")}
    yield reader
    stop()
    tracers.shutdown()
    meters.shutdown()


def _has_sdk() -> bool:
    try:
        import opentelemetry.sdk  # noqa: F401, PLC0415 - may be missing
    except ImportError:
        return False
    return True


@given("an application that has set OpenTelemetry up, and has called `instrument()`")
def instrumented(telemetry: Any) -> None:
    """Use the fixture."""
    assert telemetry is not None


@then("the last span is")
def last_span(world: World, livingdoc: LivingDoc, datatable: Table) -> None:
    """Compare the last span's name, kind and attributes."""
    span = world.names["spans"]()[-1]
    livingdoc.attach_text("span", span.to_json(), "application/json")
    host, _, port = str(world.server.address).rpartition(":")
    hidden = {host: "HOST", port: "PORT", world.workspace.keyspace: "shop"}
    found = {"name": span.name, "kind": span.kind.name, "status": span.status.status_code.name}
    found |= {name: str(value) for name, value in span.attributes.items()}
    for value, word in hidden.items():
        found = {name: each.replace(value, word) for name, each in found.items()}
    if world.workspace.driver.driver_type in ("acsylla", "python-rs"):
        found |= {"server.address": "HOST", "server.port": "PORT"}  # these tell no coordinator
    assert found == dict(datatable)


@then(parsers.parse("`{metric}` has counted {count:d} statements, all of them with these attributes"))
def metric_counted(
    world: World, telemetry: Any, livingdoc: LivingDoc, metric: str, count: int, datatable: Table
) -> None:
    """Read the histogram as an exporter does."""
    data = telemetry.get_metrics_data()
    livingdoc.attach_text("metrics", data.to_json(), "application/json")
    (found,) = data.resource_metrics[0].scope_metrics[0].metrics
    assert (found.name, found.unit) == (metric, "s")
    points = found.data.data_points
    assert sum(point.count for point in points) == count
    for point in points:
        own = {
            name: str(value).replace(world.workspace.keyspace, "shop")
            for name, value in point.attributes.items()
        }
        assert dict(datatable).items() <= own.items()
        assert not {"db.query.text", "db.query.summary"} & set(own)


@given(
    parsers.parse("statements are logged at {level}, with a warning of those that take {seconds:f} seconds")
)
def logged(world: World, request: pytest.FixtureRequest, level: str, seconds: float) -> None:
    """Log to a list: `lines`."""
    handler = Lines()
    before = LOGGER.level
    LOGGER.setLevel(level)
    LOGGER.addHandler(handler)
    stop = log_statements(slow=seconds, large_partition=20)

    def undo() -> None:
        stop()
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(before)

    request.addfinalizer(undo)
    world.names["lines"] = handler.lines


@then("these lines were logged")
def these_lines(world: World, livingdoc: LivingDoc, docstring: str) -> None:
    """Compare the lines; times may be any."""
    lines = [_plain(world, line) for line in world.names["lines"]]
    livingdoc.attach_text("log", "\n".join(lines))
    assert lines == docstring.splitlines()


def _plain(world: World, line: str) -> str:
    words = line.replace(f'"{world.workspace.keyspace}".', "").split(" ")
    for place, word in enumerate(words):
        if word.startswith("ms") and place:
            words[place - 1] = "N"
    return " ".join(words)
