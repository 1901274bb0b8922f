"""What a driver's error means: above all, whether a write may have been applied."""

from __future__ import annotations

import cassandra
import pytest
from cassandra.cluster import NoHostAvailable
from cassandra.connection import ConnectionException, ConnectionShutdown
from cassandra.protocol import ErrorMessage, ServerError

from coodie.cql.statement import BatchStatement, Kind, Shape, Statement, is_read
from coodie.drivers.cassandra_errors import translate
from coodie.drivers.python_rs_errors import translate as translate_of_python_rs
from coodie.exceptions import ReadTimeout, ServerRejected, Timeout, Unavailable, WriteTimeout

READ = Statement(Shape("SELECT a FROM t", Kind.SELECT, idempotent=True))
WRITE = Statement(Shape("UPDATE t SET a = ?", Kind.UPDATE, idempotent=True), (1,))
COUNT = Statement(Shape("UPDATE t SET n = n + ?", Kind.UPDATE, counter=True), (1,))
LWT = Statement(Shape("INSERT INTO t (a) VALUES (?) IF NOT EXISTS", Kind.INSERT, conditional=True), (1,))


@pytest.mark.parametrize("error", [ConnectionShutdown("it broke"), ConnectionException("it broke")])
@pytest.mark.parametrize(("statement", "safe"), [(READ, True), (WRITE, True), (COUNT, False), (LWT, False)])
def test_a_connection_that_breaks_leaves_a_write_unknown(error, statement, safe):
    told = translate(error, statement)
    assert type(told) is Timeout
    assert told.retry_safe is safe
    assert ("is unknown" in str(told)) is not safe


def test_a_proposal_that_others_came_between_is_unknown():
    told = translate(ErrorMessage(0x1700, "CAS operation result is unknown", None), LWT)
    assert type(told) is WriteTimeout
    assert 'consistency("SERIAL")' in str(told)
    assert not told.retry_safe


def test_replicas_that_failed_may_be_fewer_than_those_that_have_written():
    failed = cassandra.WriteFailure(
        "said", consistency=4, required_responses=2, received_responses=1, failures=1
    )
    told = translate(failed, COUNT)
    assert type(told) is WriteTimeout
    assert "1 of 2 replicas answered, 1 failed, at QUORUM; whether the write was applied is unknown" in str(
        told
    )


def test_another_error_of_the_server_is_a_refusal():
    assert type(translate(ServerError(0, "no", None), WRITE)) is ServerRejected


def test_without_a_host_that_is_up_nothing_is_sent():
    told = translate(NoHostAvailable("Unable to complete the operation against any hosts", {}), WRITE)
    assert type(told) is Unavailable
    assert "each node counts as down" in str(told)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (READ, Unavailable),
        (WRITE, Timeout),
        (COUNT, Timeout),
        (BatchStatement((WRITE,)), Timeout),
        (None, Unavailable),
    ],
)
def test_acsylla_has_tried_all_hosts_and_may_have_reached_one(statement, kind):
    errors = pytest.importorskip("acsylla").errors
    from coodie.drivers.acsylla_errors import translate as translate_of_acsylla  # noqa: PLC0415 - may be missing

    told = translate_of_acsylla(errors.CassErrorLibNoHostsAvailable("All hosts failed"), statement)
    assert type(told) is kind
    assert "coodie server up" in str(told)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (
            "Not enough nodes responded to the write request in time to satisfy required consistency level",
            WriteTimeout,
        ),
        (
            "A non-timeout error during a write request (consistency: Quorum, received: 1, required: 2)",
            WriteTimeout,
        ),
        (
            "Not enough nodes responded to the read request in time to satisfy required consistency level",
            ReadTimeout,
        ),
        ("The submitted query has a syntax error", ServerRejected),
        ("The request cannot be processed because the coordinator node is overloaded", Unavailable),
    ],
)
def test_scylladb_rs_driver_tells_by_its_text(said, kind):
    told = translate_of_python_rs(
        RuntimeError(f"Database returned an error: {said}, Error message: oh"), COUNT
    )
    assert type(told) is kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (
            "Failed to execute statement: Connection broken, reason: Timed out while waiting for a keepalive",
            Timeout,
        ),
        ("The pool is broken; Last connection failed with: Connection broken, reason: refused", Unavailable),
    ],
)
def test_scylladb_rs_driver_tells_of_a_connection_by_its_text(said, kind):
    """One that breaks behind a statement leaves it unknown; where there was none, nothing was sent."""
    told = translate_of_python_rs(RuntimeError(said), COUNT)
    assert type(told) is kind
    assert not told.retry_safe or kind is Unavailable


@pytest.mark.parametrize(
    ("text", "reads"), [("SELECT a FROM t", True), (" select a FROM t", True), ("UPDATE t SET a = 1", False)]
)
def test_the_first_word_tells_whether_a_statement_by_hand_reads(text, reads):
    assert is_read(Statement(Shape(text, Kind.RAW))) is reads
