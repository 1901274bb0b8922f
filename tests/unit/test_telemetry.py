"""What OpenTelemetry and the log are told of statements, with no server in the way."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from opentelemetry.semconv.attributes import db_attributes, error_attributes, server_attributes
from opentelemetry.semconv.metrics import db_metrics

from coodie.cql.statement import BatchStatement, Kind, Marker, Shape, Statement
from coodie.exceptions import Timeout
from coodie.execution import run
from coodie.logs import log_statements
from coodie.observation import Observation
from coodie.operations.request import Request, constant
from coodie.otel import METRIC, attributes_of, without_literals
from coodie.rows.rows import Rows
from tests.memory_driver import MemoryDriver, rows_of

INSERT = Shape("INSERT INTO t (a) VALUES (?)", Kind.INSERT, "ks", "t")
DELETE = Shape("DELETE FROM u WHERE a = ?", Kind.DELETE, "ks", "u")
KEYS = Shape("SELECT v FROM t WHERE k = ?", Kind.SELECT, "ks", "t", (Marker("k", "int"),), (("k", 0),))


def observed(statement: Any, error: BaseException | None = None, rows: Rows | None = None) -> Observation:
    return Observation(statement, rows, error, 1.0, 0.25, "nobody", "memory", "LOCAL_QUORUM")


def test_the_names_are_those_of_the_conventions() -> None:
    error = Timeout("late", coordinator="[::1]:9042")
    found = attributes_of(observed(BatchStatement((Statement(INSERT), Statement(INSERT))), error))
    stable = {
        value
        for module in (db_attributes, error_attributes, server_attributes)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str)
    }
    assert set(found) - stable == {"cassandra.consistency.level"}
    assert db_metrics.DB_CLIENT_OPERATION_DURATION == METRIC
    assert (found["server.address"], found["server.port"]) == ("::1", 9042)
    assert found["error.type"] == "coodie.exceptions.Timeout"


@pytest.mark.parametrize(
    ("shapes", "operation", "collection"),
    [((INSERT, INSERT), "BATCH INSERT", "t"), ((INSERT, DELETE), "BATCH", None)],
)
def test_a_batch_says_what_its_statements_have_in_common(
    shapes: tuple[Shape, ...], operation: str, collection: str | None
) -> None:
    found = attributes_of(observed(BatchStatement(tuple(map(Statement, shapes)))))
    assert found["db.operation.name"] == operation
    assert found.get("db.collection.name") == collection
    assert found["db.operation.batch.size"] == 2


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("SELECT a FROM t WHERE b = 'it''s' AND c = 1", "SELECT a FROM t WHERE b = ? AND c = ?"),
        ("INSERT INTO t1 (a2) VALUES (-1.5e3)", "INSERT INTO t1 (a2) VALUES (?)"),
        ('SELECT "a 1" FROM t WHERE b = 0xCAFE', 'SELECT "a 1" FROM t WHERE b = ?'),
        ("SELECT a FROM t WHERE b = 1f0e5f8a-0000-4000-8000-00000000abcd", "SELECT a FROM t WHERE b = ?"),
        ("SELECT a FROM t WHERE b = $$it's$$ LIMIT 10", "SELECT a FROM t WHERE b = ? LIMIT ?"),
        ("SELECT a FROM t WHERE b = 'never closed", "SELECT a FROM t WHERE b = ?"),
    ],
)
def test_what_was_written_by_hand_is_shown_without_its_literals(written: str, shown: str) -> None:
    assert without_literals(written) == shown


def test_a_large_partition_is_told_once_a_reading(caplog: pytest.LogCaptureFixture) -> None:
    driver = MemoryDriver()
    page = rows_of({"v": "int"}, *[(number,) for number in range(6)], state=b"more")
    statement = Statement(KEYS, (1,))
    later = statement._replace(options=statement.options.__class__(paging_state=b"more"))
    stop = log_statements(slow=None, large_partition=10)
    try:
        with caplog.at_level(logging.INFO, "coodie.statements"):
            for each in (statement, later, later, later):
                driver.answer(page)
                run(driver, Request(each, constant(None)))
    finally:
        stop()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "12 rows of one k of table t so far" in caplog.text
