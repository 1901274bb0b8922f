"""What is sent again after an error, what never is, and what an error tells."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from memory_driver import MemoryDriver

from coodie.cql.statement import BatchStatement, ExecutionOptions, Kind, Shape, Statement
from coodie.drivers import retries
from coodie.drivers.remedies import explained, timed_out
from coodie.exceptions import ServerRejected, Timeout, Unavailable
from coodie.execution import arun, observe, run
from coodie.operations.request import Request
from coodie.rows.rows import EMPTY

READ = Shape("SELECT a FROM t", Kind.SELECT, idempotent=True)
APPEND = Shape("UPDATE t SET l = l + ?", Kind.UPDATE)
COUNT = Shape("UPDATE t SET n = n + ?", Kind.UPDATE, counter=True)
LWT = Shape("INSERT INTO t (a) VALUES (?) IF NOT EXISTS", Kind.INSERT, conditional=True)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(retries, "FIRST_PAUSE", 0.0)


@pytest.fixture(params=["sync", "aio"])
def send(request):
    """Execute a statement on a driver, in either colour."""

    def execute(driver, statement):
        wanted = Request(statement, lambda rows: rows)
        return run(driver, wanted) if request.param == "sync" else asyncio.run(arun(driver, wanted))

    return execute


def test_an_idempotent_statement_is_sent_again_when_that_is_safe(send):
    driver = MemoryDriver(Unavailable("down", retry_safe=True), Timeout("late", retry_safe=True), EMPTY)
    seen = []
    with observe(seen.append):
        assert send(driver, Statement(READ)) == EMPTY
    assert [type(each.error) for each in seen] == [Unavailable, Timeout, type(None)]


def test_three_times_at_most(send):
    driver = MemoryDriver(*(Unavailable("down", retry_safe=True) for _ in range(9)))
    with pytest.raises(Unavailable):
        send(driver, Statement(READ))
    assert len(driver.sent) == retries.ATTEMPTS


@pytest.mark.parametrize("shape", [APPEND, COUNT, LWT])
def test_what_is_not_idempotent_is_sent_once(send, shape):
    for statement in (Statement(shape, (1,)), BatchStatement((Statement(READ), Statement(shape, (1,))))):
        driver = MemoryDriver(Timeout("late", retry_safe=True))
        with pytest.raises(Timeout):
            send(driver, statement)
        assert len(driver.sent) == 1


@pytest.mark.parametrize("error", [ServerRejected("no"), Timeout("late", retry_safe=False)])
def test_an_error_that_does_not_allow_it_ends_it(send, error):
    driver = MemoryDriver(error)
    with pytest.raises(type(error)):
        send(driver, Statement(READ))
    assert len(driver.sent) == 1


def test_a_time_limit_of_its_own_is_kept(send):
    driver = MemoryDriver(Timeout("late", retry_safe=True))
    with pytest.raises(Timeout):
        send(driver, Statement(READ, options=ExecutionOptions(timeout=1.0)))
    assert len(driver.sent) == 1


def test_a_budget_that_is_spent_ends_it(send, monkeypatch):
    monkeypatch.setattr(retries, "PER_SECOND", 0.0)
    driver = MemoryDriver(*(Unavailable("down", retry_safe=True) for _ in range(200)))
    for _ in range(30):
        with pytest.raises(Unavailable):
            send(driver, Statement(READ))
    assert len(driver.sent) == 30 + retries.MOST_SAVED


def test_a_write_that_nobody_answered_stays_unknown_when_it_is_refused_later(send):
    write = replace(READ, kind=Kind.UPDATE)
    for statement in (Statement(write), BatchStatement((Statement(write),))):
        late = Timeout("late", retry_safe=True)
        driver = MemoryDriver(late, *(Unavailable("down", retry_safe=True) for _ in range(2)))
        with pytest.raises(Timeout) as raised:
            send(driver, statement)
        assert raised.value is late
        assert late.__notes__ == ["it was sent again, and refused: down"]


def test_a_read_tells_how_its_last_attempt_ended(send):
    driver = MemoryDriver(Timeout("late", retry_safe=True), *(Unavailable("down", retry_safe=True),) * 2)
    with pytest.raises(Unavailable):
        send(driver, Statement(READ))


def test_a_write_that_was_refused_and_then_not_answered_is_unknown(send):
    driver = MemoryDriver(Unavailable("down", retry_safe=True), *(Timeout("late", retry_safe=True),) * 2)
    with pytest.raises(Timeout):
        send(driver, Statement(replace(READ, kind=Kind.UPDATE)))


def test_what_ends_the_program_is_never_replaced(send):
    driver = MemoryDriver(Timeout("late", retry_safe=True), KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        send(driver, Statement(replace(READ, kind=Kind.UPDATE)))


def test_an_error_tells_what_was_sent_how_and_where_but_no_value():
    shape = replace(READ, text="SELECT a FROM t WHERE k = ?")
    statement = Statement(shape, ("hush",), ExecutionOptions(consistency="QUORUM"))
    error = explained(Unavailable("down", statement=statement, retry_safe=True), None, "10.0.0.1:9042")
    assert (error.consistency, error.coordinator) == ("QUORUM", "10.0.0.1:9042")
    assert error.__notes__ == [
        "statement: SELECT a FROM t WHERE k = ? (at QUORUM, coordinator 10.0.0.1:9042); it is safe to send it again"
    ]


def test_a_conditional_write_without_an_answer_says_how_to_find_out():
    assert 'consistency("SERIAL")' in timed_out(Statement(LWT, (1,)))[1]
    assert "unknown" in timed_out(Statement(COUNT, (1,)))[1]
    assert "SERIAL" not in timed_out(Statement(COUNT, (1,)))[1]
