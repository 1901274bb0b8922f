"""Running requests, plans and streams over a driver in memory, in both colours: results, errors, observers."""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
import threading
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from memory_driver import MemoryDriver, rows_of

from coodie import aio, sync
from coodie.cql.statement import BatchStatement, ExecutionOptions, Kind, Shape, Statement
from coodie.exceptions import ServerRejected, Timeout
from coodie.execution import (
    add_observer,
    arun,
    arun_many,
    arun_plan,
    astream,
    observe,
    run,
    run_many,
    run_plan,
    stream,
)
from coodie.fields import PrimaryKey
from coodie.observation import Observation
from coodie.operations.request import Request
from coodie.results import PagedResult
from coodie.rows.rows import Rows

STATEMENT = Statement(Shape("SELECT 1", Kind.SELECT), (1,))
BATCH = BatchStatement((STATEMENT,))
COLUMNS = {"id": "int"}


def opening(session: Any, page: Any) -> tuple[Any, Any]:
    """Return what opens a stream: the connection is asked for when the first row is."""
    return (lambda: session), (lambda _target: page)


def aopening(session: Any, page: Any) -> tuple[Any, Any]:
    async def opened() -> Any:
        return session

    return opened, (lambda _target: page)


class Runner:
    """Runs the same thing in one colour or the other."""

    def __init__(self, colour: str) -> None:
        self.colour = colour

    def run(self, session: Any, request: Any) -> Any:
        return run(session, request) if self.colour == "sync" else asyncio.run(arun(session, request))

    def plan(self, session: Any, plan: Any) -> Any:
        return run_plan(session, plan) if self.colour == "sync" else asyncio.run(arun_plan(session, plan))

    def many(self, session: Any, requests: Any, concurrency: int, outcome: Any) -> None:
        if self.colour == "sync":
            run_many(session, requests, concurrency, outcome)
        else:
            asyncio.run(arun_many(session, requests, concurrency, outcome))

    def take(self, session: Any, page: Any, count: int | None = None) -> list[Any]:
        """Read `count` rows of a stream and leave it."""
        if self.colour == "sync":
            rows = stream(*opening(session, page), None)
            taken = []
            for row in rows:
                taken.append(row)
                if len(taken) == count:
                    break
            return taken

        async def read() -> list[Any]:
            taken = []
            async for row in astream(*aopening(session, page), None):
                taken.append(row)
                if len(taken) == count:
                    break
                await asyncio.sleep(0)  # time for whatever is under way
                await asyncio.sleep(0)
            return taken

        return asyncio.run(read())


@pytest.fixture(params=["sync", "async"])
def runner(request: pytest.FixtureRequest) -> Runner:
    return Runner(request.param)


@pytest.fixture
def seen() -> Iterator[list[Observation]]:
    found: list[Observation] = []
    with observe(found.append):
        yield found


class TestRun:
    def test_decodes_the_rows_of_the_statement(self, runner):
        driver = MemoryDriver(rows_of(COLUMNS, (3,)))
        assert runner.run(driver, Request(STATEMENT, lambda rows: rows.tuples[0][0])) == 3
        assert driver.sent == [STATEMENT]

    def test_sends_a_batch_as_a_batch(self, runner):
        driver = MemoryDriver(Rows(warnings=("large",)))
        assert runner.run(driver, Request(BATCH, lambda rows: rows.warnings)) == ("large",)
        assert driver.sent == [BATCH]

    @pytest.mark.parametrize("statement", [STATEMENT, BATCH], ids=["statement", "batch"])
    def test_tells_observers_what_was_sent_and_what_came(self, runner, seen, statement):
        rows = rows_of(COLUMNS, (3,))
        driver = MemoryDriver(rows)
        driver.name, driver.consistency = "main", "ONE"
        runner.run(driver, Request(statement, lambda _: None))
        (told,) = seen
        assert (told.statement, told.rows, told.error) == (statement, rows, None)
        assert (told.connection, told.driver, told.consistency) == ("main", "memory", "ONE")
        assert 0 <= told.duration < 5
        assert told.started > 1_700_000_000

    def test_tells_the_consistency_that_a_statement_chose(self, runner, seen):
        chosen = STATEMENT._replace(options=ExecutionOptions(consistency="ALL"))
        runner.run(MemoryDriver(), Request(chosen, lambda _: None))
        assert seen[0].consistency == "ALL"

    def test_tells_observers_of_an_error_and_raises_it(self, runner, seen):
        error = ServerRejected("no")
        with pytest.raises(ServerRejected) as raised:
            runner.run(MemoryDriver(error), Request(STATEMENT, lambda _: None))
        assert raised.value is error
        assert [(told.rows, told.error) for told in seen] == [(None, error)]

    def test_an_error_of_decoding_is_no_error_of_the_statement(self, runner, seen):
        def decode(_: Rows) -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            runner.run(MemoryDriver(), Request(STATEMENT, decode))
        assert [told.error for told in seen] == [None]

    def test_a_cancelled_task_is_told_and_stays_cancelled(self, seen):
        class Slow(MemoryDriver):
            async def execute_async(self, statement):
                await asyncio.sleep(60)
                return self._next(statement)

        async def main() -> None:
            task = asyncio.ensure_future(arun(Slow(), Request(STATEMENT, lambda _: None)))
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(main())
        assert [type(told.error) for told in seen] == [asyncio.CancelledError]


class TestObservers:
    def test_one_for_the_process_hears_every_thread_until_it_is_removed(self):
        found: list[Observation] = []
        remove = add_observer(found.append)
        try:
            thread = threading.Thread(target=run, args=(MemoryDriver(), Request(STATEMENT, lambda _: None)))
            thread.start()
            thread.join()
        finally:
            remove()
        run(MemoryDriver(), Request(STATEMENT, lambda _: None))
        assert len(found) == 1

    def test_one_for_a_context_hears_its_tasks_and_no_others(self):
        heard: dict[str, list[Observation]] = {"a": [], "b": []}

        async def work(name: str) -> None:
            with observe(heard[name].append):
                for _ in range(2):
                    await asyncio.gather(arun(MemoryDriver(), Request(STATEMENT, lambda _: None)))

        async def main() -> None:
            await asyncio.gather(work("a"), work("b"))

        asyncio.run(main())
        assert {name: len(told) for name, told in heard.items()} == {"a": 2, "b": 2}

    def test_several_hear_in_order_and_leave_one_by_one(self):
        order: list[str] = []
        request = Request(STATEMENT, lambda _: None)
        with observe(lambda _: order.append("outer")):
            with observe(lambda _: order.append("inner")):
                run(MemoryDriver(), request)
            run(MemoryDriver(), request)
        run(MemoryDriver(), request)
        assert order == ["outer", "inner", "outer"]

    def test_the_same_one_added_twice_is_removed_once(self):
        found: list[Observation] = []
        removals = [add_observer(found.append), add_observer(found.append)]
        removals.pop()()
        run(MemoryDriver(), Request(STATEMENT, lambda _: None))
        removals.pop()()
        run(MemoryDriver(), Request(STATEMENT, lambda _: None))
        assert len(found) == 1


class TestPlans:
    def test_rows_go_in_and_the_result_comes_out(self, runner, seen):
        def plan():
            first = yield STATEMENT
            second = yield STATEMENT._replace(params=(first.tuples[0][0],))
            return [first, second]

        answers = rows_of(COLUMNS, (7,)), rows_of(COLUMNS, (8,))
        driver = MemoryDriver(*answers)
        assert runner.plan(driver, plan()) == list(answers)
        assert [statement.params for statement in driver.sent] == [(1,), (7,)]
        assert len(seen) == 2

    def test_a_plan_may_need_nothing(self, runner):
        def plan():
            return 5
            yield STATEMENT

        driver = MemoryDriver()
        assert runner.plan(driver, plan()) == 5
        assert driver.sent == []

    def test_an_error_is_thrown_in_so_that_the_plan_can_go_on(self, runner):
        def plan():
            try:
                yield STATEMENT
            except ServerRejected as error:
                rows = yield STATEMENT._replace(params=(2,))
                return [str(error), rows]

        rows = rows_of(COLUMNS)
        driver = MemoryDriver(ServerRejected("no"), rows)
        assert runner.plan(driver, plan()) == ["no", rows]

    def test_an_error_that_the_plan_lets_through_is_raised_after_it_cleaned_up(self, runner):
        cleaned = []

        def plan():
            try:
                yield STATEMENT
            finally:
                cleaned.append(True)

        error = Timeout("late")
        with pytest.raises(Timeout) as raised:
            runner.plan(MemoryDriver(error), plan())
        assert raised.value is error
        assert cleaned == [True]

    def test_the_generator_is_closed_whatever_happens(self, runner):
        def plan():
            yield STATEMENT
            yield STATEMENT

        made = plan()
        with pytest.raises(KeyboardInterrupt):
            runner.plan(MemoryDriver(KeyboardInterrupt()), made)
        assert inspect.getgeneratorstate(made) == inspect.GEN_CLOSED

    def test_a_cancelled_plan_is_closed(self):
        class Slow(MemoryDriver):
            async def execute_async(self, statement):
                await asyncio.sleep(60)
                return self._next(statement)

        closed = []

        def plan():
            try:
                yield STATEMENT
            finally:
                closed.append(True)

        async def main() -> None:
            task = asyncio.ensure_future(arun_plan(Slow(), plan()))
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(main())
        assert closed == [True]


def pages(count: int, size: int = 3) -> list[Rows]:
    """Make pages of consecutive numbers."""
    return [
        rows_of(
            COLUMNS,
            *((page * size + row,) for row in range(size)),
            state=bytes([page + 1]) if page + 1 < count else None,
        )
        for page in range(count)
    ]


def numbers(state: bytes | None) -> Request[PagedResult[int]]:
    statement = STATEMENT._replace(options=ExecutionOptions(paging_state=state))
    return Request(statement, lambda rows: PagedResult([row[0] for row in rows.tuples], rows.paging_state))


class TestStreams:
    def test_give_every_row_in_order(self, runner):
        driver = MemoryDriver(*pages(4))
        assert runner.take(driver, numbers) == list(range(12))
        assert [each.options.paging_state for each in driver.sent] == [None, b"\1", b"\2", b"\3"]

    def test_an_empty_page_is_not_the_end(self, runner):
        driver = MemoryDriver(rows_of(COLUMNS, state=b"\1"), rows_of(COLUMNS, (5,)))
        assert runner.take(driver, numbers) == [5]

    def test_nothing_gives_nothing(self, runner):
        assert runner.take(MemoryDriver(rows_of(COLUMNS)), numbers) == []

    @pytest.mark.parametrize("count", range(1, 10))
    def test_read_at_most_one_page_ahead(self, runner, count):
        driver = MemoryDriver(*pages(4))
        assert runner.take(driver, numbers, count) == list(range(count))
        needed = (count - 1) // 3 + 1
        assert needed <= len(driver.sent) <= needed + 1

    def test_the_next_page_is_under_way_while_the_caller_works(self, runner):
        driver = MemoryDriver(*pages(4))
        runner.take(driver, numbers, 2)
        assert len(driver.sent) == 2

    def test_send_nothing_before_they_are_read(self):
        driver = MemoryDriver(*pages(2))
        stream(*opening(driver, numbers), None)
        astream(*aopening(driver, numbers), None)
        assert driver.sent == []

    def test_an_error_comes_after_the_rows_before_it(self, runner):
        taken: list[int] = []
        driver = MemoryDriver(pages(2)[0], Timeout("late"))
        if runner.colour == "sync":
            rows = stream(*opening(driver, numbers), None)
            taken += [next(rows) for _ in range(3)]
            with pytest.raises(Timeout):
                next(rows)
        else:

            async def read() -> None:
                async for row in astream(*aopening(driver, numbers), None):
                    taken.append(row)

            reading = read()
            with pytest.raises(Timeout):
                asyncio.run(reading)
        assert taken == [0, 1, 2]

    def test_tell_observers_of_every_page(self, runner, seen):
        runner.take(MemoryDriver(*pages(3)), numbers)
        assert [told.rows.paging_state for told in seen if told.rows] == [b"\1", b"\2", None]

    def test_leaving_early_tells_observers_of_what_was_sent(self, runner, seen):
        driver = MemoryDriver(*pages(4))
        runner.take(driver, numbers, 1)
        gc.collect()
        assert len(seen) >= len(driver.sent)

    def test_leaving_early_while_the_next_page_fails_is_silent(self, runner, caplog):
        with caplog.at_level(logging.WARNING):
            runner.take(MemoryDriver(pages(2)[0], Timeout("late")), numbers, 2)
            gc.collect()
        assert caplog.records == []


class TestMany:
    @staticmethod
    def requests(count: int) -> list[Request[int]]:
        return [
            Request(STATEMENT._replace(params=(number,)), lambda rows, number=number: (number, rows.tuples))
            for number in range(count)
        ]

    def test_every_outcome_is_told_with_its_position(self, runner):
        outcomes: dict[int, Any] = {}
        driver = MemoryDriver()
        runner.many(driver, self.requests(50), 8, outcomes.__setitem__)
        assert outcomes == {number: (number, ()) for number in range(50)}
        assert len(driver.sent) == 50

    def test_an_error_is_an_outcome_and_ends_nothing(self, runner):
        outcomes: dict[int, Any] = {}

        class Fails(MemoryDriver):
            def _next(self, statement):
                super()._next(statement)
                if statement.params == (3,):
                    raise Timeout("late")
                return rows_of(COLUMNS)

        runner.many(Fails(), self.requests(6), 2, outcomes.__setitem__)
        assert sorted(outcomes) == list(range(6))
        assert isinstance(outcomes[3], Timeout)

    @pytest.mark.parametrize("concurrency", [1, 3])
    def test_no_more_are_under_way_than_allowed(self, runner, concurrency):
        drawn: list[int] = []
        done: list[int] = []
        widest = []

        def requests() -> Iterator[Request[None]]:
            for number in range(20):
                drawn.append(number)
                widest.append(len(drawn) - len(done))
                yield Request(STATEMENT, lambda _: None)

        runner.many(MemoryDriver(), requests(), concurrency, lambda position, _: done.append(position))
        assert len(done) == 20
        assert max(widest) <= concurrency + 1

    def test_a_request_that_cannot_be_built_ends_the_run_after_what_is_under_way(self, runner):
        outcomes: dict[int, Any] = {}

        def requests() -> Iterator[Request[None]]:
            yield from self.requests(3)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            runner.many(MemoryDriver(), requests(), 2, outcomes.__setitem__)
        assert {0, 1} <= outcomes.keys()


class TestFacades:
    """The public classes on top, in both colours."""

    def test_iteration_never_counts_and_reads_page_by_page(self, memory):
        class Number(sync.Document):
            id: Annotated[int, PrimaryKey()]

        class AsyncNumber(aio.Document):
            id: Annotated[int, PrimaryKey()]

            class Settings:
                name = "number"

        memory.answer(*pages(2))
        assert [number.id for number in Number.find()] == list(range(6))
        texts = list(memory.texts)
        memory.sent.clear()
        memory.answer(*pages(2))

        async def read() -> list[int]:
            return [number.id async for number in AsyncNumber.find()]

        assert asyncio.run(read()) == list(range(6))
        assert memory.texts == texts == ['SELECT "id" FROM "ks"."number"'] * 2

    def test_no_dunder_sends(self, memory):
        class Number(sync.Document):
            id: Annotated[int, PrimaryKey()]

        query = Number.find()
        assert bool(query)
        assert "Number" in repr(query)
        with pytest.raises(TypeError):
            len(query)
        with pytest.raises(TypeError):
            query[0]
        assert memory.sent == []
