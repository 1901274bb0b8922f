"""What every driver must do beside values: pages, conditions, time, options, errors, threads, loops, sessions."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
import time
from decimal import Decimal
from typing import Annotated, Any
from uuid import uuid4

import pydantic
import pytest

from coodie import aio, sync
from coodie.cql.dialect import Dialect
from coodie.drivers import get_driver, init_coodie
from coodie.exceptions import (
    ConfigurationError,
    DocumentNotFound,
    InvalidQueryError,
    ServerRejected,
    Timeout,
    Unavailable,
)
from coodie.execution import observe
from coodie.fields import BigInt, ClusteringKey, Counter, PrimaryKey, SmallInt, Static
from coodie.observation import Observation

SECOND = 1_000_000


def define(world: Any, title: str, /, **fields: Any) -> Any:
    """Make a model in the world's colour and its table."""
    made = pydantic.create_model(title, __base__=world.Document, __module__=__name__, **fields)
    world.call(made.sync_table)
    return made


@pytest.fixture(scope="module")
def item(world):
    return define(
        world,
        "Item",
        shelf=(Annotated[str, PrimaryKey()], ...),
        number=(Annotated[int, ClusteringKey()], 0),
        name=(str | None, None),
        rank=(Annotated[int, SmallInt()] | None, None),
        tags=(set[str], set()),
        site=(Annotated[str | None, Static()], None),
    )


@pytest.fixture
def shelf() -> str:
    """A partition of the test's own."""
    return uuid4().hex


class TestServer:
    def test_is_described(self, driver):
        assert driver.server.dialect is Dialect.CASSANDRA
        assert driver.server.version[0].isdigit()
        assert driver.target.dialect is Dialect.CASSANDRA

    def test_the_connection_is_registered_with_its_keyspace(self, driver, driver_type, coodie_keyspace):
        assert get_driver(driver_type) is driver
        assert driver.keyspace == coodie_keyspace


@pytest.fixture(scope="module")
def full(world, item):
    """A partition of 25 rows."""
    shelf = uuid4().hex
    for number in range(25):
        world.call(item(shelf=shelf, number=number).save)
    return shelf


class TestPages:
    def test_follow_each_other_by_their_token(self, world, item, full):
        query = item.find(shelf=full).fetch_size(10)
        sizes, numbers, state = [], [], None
        while True:
            page = world.call(query.page(state).paged_all)
            sizes.append(len(page.data))
            numbers += [each.number for each in page.data]
            state = page.paging_state
            if state is None:
                break
            assert isinstance(state, bytes)
        assert sizes == [10, 10, 5]
        assert numbers == list(range(25))

    def test_all_reads_every_page(self, world, item, full):
        seen: list[Observation] = []
        with observe(seen.append):
            found = world.call(item.find(shelf=full).fetch_size(10).all)
        assert [each.number for each in found] == list(range(25))
        assert len(seen) == 3

    def test_iteration_reads_page_by_page(self, world, item, full):
        seen: list[Observation] = []
        with observe(seen.append):
            found = world.rows(item.find(shelf=full).fetch_size(10))
        assert [each.number for each in found] == list(range(25))
        assert len(seen) == 3

    def test_limits_count_whatever_the_page(self, world, item, full):
        assert len(world.call(item.find(shelf=full).fetch_size(2).limit(5).all)) == 5
        assert len(world.call(item.find(shelf=full).per_partition_limit(3).all)) == 3
        assert world.call(item.find(shelf=full).count) == 25
        assert world.call(item.find(shelf=full).order_by("-number").first).number == 24

    @pytest.mark.usefixtures("registry")
    def test_a_token_that_no_server_made_does_no_harm(
        self, world, driver_type, address, coodie_keyspace, item, full
    ):
        """The server would close the connection on it, and the driver would take the server for gone."""
        made = world.call(
            world.flavour.init_coodie,
            [address],
            keyspace=coodie_keyspace,
            driver_type=driver_type,
            name="tokens",
        )
        for token in (b"nonsense", b"\0", b"\xff" * 40):
            with pytest.raises(InvalidQueryError):
                world.call(item.find(shelf=full).page(token).paged_all)
            assert world.call(item.find(shelf=full).count) == 25
        made.close()


class TestConditions:
    def test_insert_tells_whether_and_what_stood_in_the_way(self, world, item, shelf):
        assert world.call(item(shelf=shelf, name="first", rank=3).insert).applied
        result = world.call(item(shelf=shelf, name="second").insert)
        assert not result.applied
        assert result.existing == {
            "shelf": shelf,
            "number": 0,
            "name": "first",
            "rank": 3,
            "tags": set(),
            "site": None,
        }
        assert world.call(item.get, shelf=shelf, number=0).name == "first"

    def test_update_applies_where_its_conditions_hold(self, world, item, shelf):
        made = world.call(item(shelf=shelf, name="a", rank=3).save)
        refused = world.call(made.update, name="b", if_conditions={"rank__gt": 5})
        assert (refused.applied, refused.existing) == (False, {"rank": 3})
        assert made.name == "a"
        assert world.call(made.update, name="b", if_conditions={"rank__in": [3, 4], "name": "a"}).applied
        assert made.name == "b"
        assert world.call(item.get, shelf=shelf, number=0).name == "b"

    def test_a_condition_may_ask_for_null(self, world, item, shelf):
        made = world.call(item(shelf=shelf, name="a").save)
        assert world.call(made.update, name="b", if_conditions={"rank": None}).applied
        assert not world.call(made.update, name="c", if_conditions={"name": None}).applied

    def test_if_exists(self, world, item, shelf):
        ghost = item(shelf=shelf)
        assert not world.call(ghost.update, name="b", if_exists=True).applied
        assert not world.call(ghost.delete, if_exists=True).applied
        world.call(ghost.save)
        assert world.call(ghost.update, name="b", if_exists=True).applied
        assert not world.call(ghost.delete, if_conditions={"name": "a"}).applied
        assert world.call(ghost.delete, if_conditions={"name": "b"}).applied
        with pytest.raises(DocumentNotFound):
            world.call(item.get, shelf=shelf, number=0)


class TestTime:
    def test_what_is_saved_with_a_ttl_expires(self, world, item, shelf):
        world.call(item(shelf=shelf, name="a").save, ttl=1000)
        (left,) = world.call(item.find(shelf=shelf).column_ttl, "name")
        assert 990 < left <= 1000
        world.call(item(shelf=shelf, number=1, name="a").save)
        assert world.call(item.find(shelf=shelf, number=1).column_ttl, "name") == [None]
        world.call(item(shelf=shelf, number=2, name="a").save, ttl=1)
        time.sleep(1.1)
        assert world.call(item.find(shelf=shelf, number=2).all) == []

    def test_a_timestamp_decides_which_write_wins(self, world, item, shelf):
        now = int(time.time()) * SECOND
        world.call(item(shelf=shelf, name="new").save, timestamp=now)
        world.call(item(shelf=shelf, name="old").save, timestamp=now - SECOND)
        assert world.call(item.find(shelf=shelf).writetime, "name") == [now]
        assert world.call(item.get, shelf=shelf, number=0).name == "new"
        world.call(item(shelf=shelf).delete, timestamp=now - SECOND)
        assert world.call(item.get, shelf=shelf, number=0).name == "new"
        world.call(item(shelf=shelf).delete, timestamp=now)
        assert world.call(item.find(shelf=shelf).all) == []

    def test_updates_take_both(self, world, item, shelf):
        now = int(time.time()) * SECOND
        made = world.call(item(shelf=shelf).save, timestamp=now - SECOND)
        world.call(made.update, name="a", ttl=1000, timestamp=now)
        assert world.call(item.find(shelf=shelf).writetime, "name") == [now]
        world.call(item.find(shelf=shelf, number=0).ttl(500).timestamp(now + 1).update, name="b")
        ((written, left),) = world.call(
            item.find(shelf=shelf).values_list("WRITETIME(name)", "TTL(name)").all
        )
        assert written == now + 1
        assert 490 < left <= 500


class TestNulls:
    def test_what_was_never_set_is_left_alone_and_an_explicit_none_erases(self, world, item, shelf):
        world.call(item(shelf=shelf, name="a", rank=1, site="s").save)
        world.call(item(shelf=shelf, rank=2).save)
        assert world.call(item.get, shelf=shelf, number=0).name == "a"
        world.call(item(shelf=shelf, name=None, rank=2).save)
        read = world.call(item.get, shelf=shelf, number=0)
        assert (read.name, read.rank, read.site) == (None, 2, "s")

    def test_what_was_read_as_null_is_not_written_back(self, world, item, shelf):
        world.call(item(shelf=shelf).save)
        read = world.call(item.get, shelf=shelf, number=0)
        world.call(item(shelf=shelf, name="meanwhile").save)
        world.call(read.save)
        assert world.call(item.get, shelf=shelf, number=0).name == "meanwhile"

    def test_a_static_column_is_shared_and_updated_through_a_row(self, world, item, shelf):
        first = world.call(item(shelf=shelf, number=1, site="a").save)
        second = world.call(item(shelf=shelf, number=2).save)
        world.call(second.refresh)
        assert second.site == "a"
        world.call(first.update, site="b")
        world.call(second.refresh)
        assert second.site == "b"

    def test_a_partition_with_only_a_static_value_has_no_document(self, world, item, shelf):
        world.call(item.find(shelf=shelf).update, site="alone")
        assert world.call(item.find(shelf=shelf).all) == []
        assert world.rows(item.find(shelf=shelf)) == []
        assert world.call(item.find(shelf=shelf).first) is None
        assert world.call(item.find(shelf=shelf).values_list("site", flat=True).all) == ["alone"]
        world.call(item(shelf=shelf, number=1).save)
        assert [each.site for each in world.call(item.find(shelf=shelf).all)] == ["alone"]

    def test_elements_of_a_collection(self, world, item, shelf):
        made = world.call(item(shelf=shelf, tags={"a"}).save)
        world.call(made.update, tags__add={"b", "c"})
        world.call(made.update, tags__remove={"a"})
        assert world.call(item.get, shelf=shelf, number=0).tags == made.tags == {"b", "c"}


class TestBatches:
    def query(self, world, **arguments):
        kind = world.flavour.BatchQuery if world.colour == "sync" else world.flavour.AsyncBatchQuery
        return kind(**arguments)

    def send(self, world, batch):
        return world.call(batch.execute)

    @pytest.mark.parametrize("logged", [True, False])
    def test_all_of_it_is_written(self, world, item, shelf, logged):
        batch = self.query(world, logged=logged)
        for number in range(3):
            world.call(item(shelf=shelf, number=number, name="a").save, batch=batch)
        assert world.call(item.find(shelf=shelf).all) == []
        assert self.send(world, batch).applied
        assert world.call(item.find(shelf=shelf).count) == 3

    def test_one_timestamp_for_all_of_it(self, world, item, shelf):
        now = int(time.time()) * SECOND
        batch = self.query(world, timestamp=now)
        world.call(item(shelf=shelf, number=1, name="a").save, batch=batch)
        world.call(item(shelf=shelf, number=2, name="a").save, batch=batch)
        self.send(world, batch)
        assert world.call(item.find(shelf=shelf).writetime, "name") == [now, now]

    def test_conditions_hold_for_all_or_none(self, world, item, shelf):
        world.call(item(shelf=shelf, number=1, name="a").save)
        batch = self.query(world)
        world.call(item(shelf=shelf, number=2, name="b").insert, batch=batch)
        world.call(item(shelf=shelf, number=1, name="b").insert, batch=batch)
        result = self.send(world, batch)
        assert not result.applied
        assert any(row.get("number") == 1 for row in result.rows)
        assert world.call(item.find(shelf=shelf).count) == 1

    def test_a_misfit_is_an_error_of_ours(self, world, item, shelf):
        batch = self.query(world)
        batch.add("INSERT INTO nowhere (a) VALUES (?)", [1])
        with pytest.raises(ServerRejected, match="nowhere"):
            self.send(world, batch)
        batch = self.query(world)
        world.call(item(shelf=shelf, rank=40_000).save, batch=batch)
        with pytest.raises(InvalidQueryError, match="rank"):
            self.send(world, batch)


class TestCounters:
    def test_count(self, world):
        base = world.flavour.CounterDocument
        model = pydantic.create_model(
            "Visits",
            __base__=base,
            __module__=__name__,
            page=(Annotated[str, PrimaryKey()], ...),
            seen=(Annotated[int, Counter()], 0),
        )
        world.call(model.sync_table)
        page = uuid4().hex
        world.call(model(page=page).increment, seen=5)
        world.call(model(page=page).decrement, seen=2)
        assert world.call(model.get, page=page).seen == 3


class TestOptions:
    @pytest.mark.parametrize("level", ["ONE", "QUORUM", "LOCAL_QUORUM", "ALL", "LOCAL_ONE"])
    def test_a_consistency_reaches_the_server(self, world, item, shelf, level):
        seen: list[Observation] = []
        with observe(seen.append):
            world.call(item(shelf=shelf).save, consistency=level)
            world.call(item.find(shelf=shelf).consistency(level).all)
        assert [each.consistency for each in seen] == [level, level]

    def test_one_that_cannot_be_reached_is_unavailable(self, world, driver_type, item, shelf):
        counts = r"TWO.*2 are needed, 1 are there" if driver_type != "acsylla" else "too few replicas.*TWO"
        with pytest.raises(Unavailable, match=counts) as raised:
            world.call(item.find(shelf=shelf).consistency("TWO").all)
        assert raised.value.retry_safe
        assert raised.value.__cause__ is not None
        assert "SELECT" in raised.value.statement.cql
        with pytest.raises(Unavailable):
            world.call(item(shelf=shelf).save, consistency="THREE")

    def test_a_level_that_a_read_cannot_have_is_refused(self, world, item, shelf):
        with pytest.raises((ServerRejected, InvalidQueryError)):
            world.call(item.find(shelf=shelf).consistency("ANY").all)

    def test_without_one_the_connection_decides(self, world, driver, item, shelf):
        seen: list[Observation] = []
        with observe(seen.append):
            world.call(item.find(shelf=shelf).all)
        assert seen[0].consistency == driver.consistency

    def test_a_timeout_is_a_timeout(self, world, item, shelf):
        world.call(item(shelf=shelf).save)
        with pytest.raises(Timeout) as raised:
            self.fifty_times(lambda: world.call(item.find(shelf=shelf).timeout(1e-6).all))
        assert raised.value.retry_safe
        assert raised.value.statement is not None
        with pytest.raises(Timeout) as raised:
            self.fifty_times(lambda: world.call(item(shelf=shelf).insert, timeout=1e-6))
        assert not raised.value.retry_safe

    @staticmethod
    def fifty_times(action: Any) -> None:
        """Do it until it fails: a fast answer may win against any timeout."""
        for _ in range(50):
            action()


class TestErrors:
    def test_syntax(self, world):
        with pytest.raises(ServerRejected, match="SELEC") as raised:
            world.raw("SELEC nothing")
        assert raised.value.__cause__ is not None
        assert not raised.value.retry_safe

    def test_an_unknown_table_says_what_makes_it(self, world):
        model = pydantic.create_model(
            "Missing", __base__=world.Document, __module__=__name__, id=(Annotated[int, PrimaryKey()], ...)
        )
        for action in (lambda: model.find().all(), lambda: model(id=1).save(), lambda: model.get(id=1)):
            with pytest.raises(
                ServerRejected, match=r"table '.*missing' does not exist: call sync_table\(\)"
            ):
                world.call(action)

    def test_an_unknown_keyspace_says_what_makes_it(self, world):
        class Lost(world.Document):
            id: Annotated[int, PrimaryKey()]

            class Settings:
                keyspace = "no_such_keyspace"

        for action in (Lost.find().all, Lost.sync_table):
            with pytest.raises(
                ServerRejected, match=r"'no_such_keyspace' does not exist: call create_keyspace"
            ):
                world.call(action)

    def test_a_column_that_the_table_lacks(self, world, item):
        world.call(item(shelf="x").save)
        other = pydantic.create_model(
            "Item",
            __base__=world.Document,
            __module__=__name__,
            shelf=(Annotated[str, PrimaryKey()], ...),
            novel=(str, ""),
        )
        with pytest.raises(ServerRejected, match="novel"):
            world.call(other.find().all)

    @pytest.mark.parametrize(
        ("field", "value"), [("rank", 40_000), ("rank", 2**70), ("number", 2**31), ("name", "\ud800")]
    )
    def test_a_value_that_does_not_fit_names_its_column(self, world, item, field, value):
        with pytest.raises(InvalidQueryError, match=field):
            world.call(item(**{"shelf": "x", field: value}).save)

    def test_parameters_by_hand_that_do_not_fit(self, world, item):
        world.call(item(shelf="x").save)
        cql = "SELECT name FROM item WHERE shelf = ? AND number = ?"
        for params in (["x"], ["x", 1, 2], ["x", "one"], [5, 1]):
            with pytest.raises(InvalidQueryError):
                world.raw(cql, params)
        assert world.raw(cql, ["x", 0]) == [{"name": None}]

    @pytest.mark.usefixtures("item", "registry")
    def test_cql_by_hand_needs_no_keyspace_in_it(self, world, driver_type, address, coodie_keyspace):
        for cql, params in (
            ("SELECT name FROM item", None),
            ("SELECT name FROM item WHERE shelf = ?", ["none"]),
        ):
            made = world.call(
                world.flavour.init_coodie,
                [address],
                keyspace=coodie_keyspace,
                driver_type=driver_type,
                name="fresh",
            )
            world.raw(cql, params)
            made.close()

    @pytest.mark.usefixtures("registry")
    def test_no_host_answers(self, world, driver_type):
        with pytest.raises(Unavailable, match=r"no CQL server answers.*coodie server up"):
            world.call(world.flavour.init_coodie, ["127.0.0.1:1"], driver_type=driver_type, connect_timeout=1)

    @pytest.mark.usefixtures("registry")
    def test_an_argument_that_no_cluster_takes(self, world, driver_type, address):
        with pytest.raises(ConfigurationError, match="nonsense"):
            world.call(world.flavour.init_coodie, [address], driver_type=driver_type, nonsense=1)

    @pytest.mark.usefixtures("registry")
    def test_a_policy_of_another_driver(self, world, driver_type, address):
        with pytest.raises(ConfigurationError, match=r"object.*this driver takes .*Policy"):
            world.call(
                world.flavour.init_coodie,
                [address],
                driver_type=driver_type,
                speculative_execution_policy=object(),
            )


class TestThreadsAndLoops:
    def count_prepares(self, driver, monkeypatch):
        texts: list[str] = []
        if driver.driver_type == "acsylla":
            from coodie.drivers.acsylla_prepared import PreparedTexts  # noqa: PLC0415 - where acsylla is installed

            make = PreparedTexts._make

            async def counted(self, statement):
                texts.append(statement.cql)
                await asyncio.sleep(0.05)
                return await make(self, statement)

            monkeypatch.setattr(PreparedTexts, "_make", counted)
            return texts
        cache = driver._prepared
        plain = cache._prepare

        def prepare(text):
            texts.append(text)
            time.sleep(0.05)
            return plain(text)

        monkeypatch.setattr(cache, "_prepare", prepare)
        return texts

    def fresh(self, world):
        """Give a query whose text nobody has prepared."""
        alias = "a" + uuid4().hex
        cql = f"SELECT rack AS {alias} FROM system.local WHERE key = ?"
        return lambda: world.flavour.execute_raw(cql, ["x"])

    def test_fifty_first_calls_share_one_prepare(self, world, driver, monkeypatch):
        texts = self.count_prepares(driver, monkeypatch)
        query = self.fresh(world)
        if world.colour == "sync":
            start = threading.Barrier(50)
            failed: list[BaseException] = []

            def work() -> None:
                start.wait()
                try:
                    query()
                except BaseException as error:  # noqa: BLE001 - asserted on below
                    failed.append(error)

            threads = [threading.Thread(target=work) for _ in range(50)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert failed == []
        else:

            async def main() -> None:
                await asyncio.gather(*(query() for _ in range(50)))

            asyncio.run(main())
        assert len(texts) == 1

    def test_a_failed_prepare_fails_all_who_wait_and_is_tried_again(self, world, driver, monkeypatch):
        texts = self.count_prepares(driver, monkeypatch)
        cql = f"SELECT {'x' + uuid4().hex} FROM system.local WHERE key = ?"
        if world.colour == "async":

            async def main() -> list[Any]:
                calls = (aio.execute_raw(cql, ["x"]) for _ in range(5))
                return await asyncio.gather(*calls, return_exceptions=True)

            outcomes = asyncio.run(main())
            assert [type(outcome) for outcome in outcomes] == [ServerRejected] * 5
        else:
            with pytest.raises(ServerRejected):
                sync.execute_raw(cql, ["x"])
        assert len(texts) == 1
        with pytest.raises(ServerRejected):
            world.raw(cql, ["x"])
        assert len(texts) == 2

    @pytest.mark.usefixtures("driver")
    def test_several_loops_one_after_another(self):
        async def main() -> int:
            await asyncio.gather(
                *(aio.execute_raw("SELECT release_version FROM system.local") for _ in range(10))
            )
            return len(
                await aio.execute_raw("SELECT release_version FROM system.local WHERE key = ?", ["local"])
            )

        assert [asyncio.run(main()) for _ in range(4)] == [1] * 4

    @pytest.mark.usefixtures("driver")
    def test_loops_in_several_threads_at_once(self):
        outcomes: list[Any] = []

        async def main() -> None:
            rows = await aio.execute_raw("SELECT release_version FROM system.local WHERE key = ?", ["local"])
            outcomes.append(len(rows))

        threads = [threading.Thread(target=lambda: asyncio.run(main())) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes == [1] * 5

    @pytest.mark.usefixtures("driver")
    def test_a_cancelled_task_leaves_nothing_behind(self, caplog):
        problems: list[Any] = []

        async def main() -> None:
            asyncio.get_running_loop().set_exception_handler(lambda _, context: problems.append(context))
            cancelled = []
            for wait in (0, 0, 0.0005, 0.001):
                task = asyncio.ensure_future(aio.execute_raw("SELECT * FROM system_schema.columns"))
                await asyncio.sleep(wait)
                task.cancel()
                await asyncio.wait([task])
                cancelled.append(task.cancelled())
            # On a busy machine a sleep lasts longer, and an answer may be there before the end of it.
            assert any(cancelled)
            assert await aio.execute_raw("SELECT release_version FROM system.local")

        with caplog.at_level(logging.WARNING):
            asyncio.run(main())
            # The last answers arrive after their loop is closed.
            asyncio.run(self.leave_early())
            time.sleep(0.2)
            gc.collect()
        assert problems == []
        assert [record for record in caplog.records if not record.name.startswith("cassandra")] == []

    @staticmethod
    async def leave_early() -> None:
        task = asyncio.ensure_future(aio.execute_raw("SELECT * FROM system_schema.columns"))
        await asyncio.sleep(0.0005)
        task.cancel()

    @pytest.mark.usefixtures("driver")
    def test_the_loop_goes_on_while_a_statement_is_under_way(self):
        ticks: list[float] = []

        async def main() -> None:
            done = asyncio.Event()

            async def tick() -> None:
                while not done.is_set():
                    ticks.append(time.perf_counter())
                    await asyncio.sleep(0)

            ticking = asyncio.ensure_future(tick())
            await aio.execute_raw(f"SELECT * FROM system_schema.columns -- {uuid4().hex}\n")
            done.set()
            await ticking

        asyncio.run(main())
        assert len(ticks) > 3

    @pytest.mark.usefixtures("registry")
    def test_close_leaves_no_thread_and_no_registration(self, world, driver_type, address):
        before = set(threading.enumerate())
        made = world.call(world.flavour.init_coodie, [address], driver_type=driver_type, name="short")
        assert world.call(world.flavour.execute_raw, "SELECT release_version FROM system.local")
        world.call(made.close if world.colour == "sync" else made.close_async)
        deadline = time.monotonic() + 5
        while (left := self.names_of_threads(before)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert left == set()
        with pytest.raises(ConfigurationError):
            get_driver("short")

    @pytest.mark.usefixtures("registry")
    def test_a_failed_connect_leaves_no_thread(self, driver_type):
        before = set(threading.enumerate())
        with pytest.raises(Unavailable):
            init_coodie(["127.0.0.1:1"], driver_type=driver_type, connect_timeout=1)
        deadline = time.monotonic() + 5
        while (left := self.names_of_threads(before)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert left == set()

    @staticmethod
    def names_of_threads(before: set[threading.Thread]) -> set[str]:
        """Return who is new, but for the loops' own helpers and the driver's one loop of the process."""
        new = {thread.name for thread in set(threading.enumerate()) - before}
        return {name for name in new if not name.startswith(("asyncio_", "cassandra_driver_event_loop"))}


class TestSessionsOfTheApplication:
    """cassandra-driver and scylla-driver: a session that somebody else made."""

    @pytest.fixture
    def session(self, driver_type, coodie_server):
        if driver_type not in ("cassandra", "scylla"):
            pytest.skip("this driver's sessions are given in its own test")
        from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile  # noqa: PLC0415
        from cassandra.policies import RoundRobinPolicy  # noqa: PLC0415
        from cassandra.query import dict_factory  # noqa: PLC0415

        profile = ExecutionProfile(
            RoundRobinPolicy(), row_factory=dict_factory, consistency_level=6, request_timeout=17
        )
        cluster = Cluster(
            [coodie_server.host],
            port=coodie_server.port,
            protocol_version=4,
            execution_profiles={EXEC_PROFILE_DEFAULT: profile},
        )
        try:
            yield cluster.connect()
        finally:
            cluster.shutdown()

    @pytest.mark.filterwarnings("ignore:Legacy execution parameters:DeprecationWarning")  # what is tested
    def test_one_in_legacy_mode_is_told_what_it_needs(self, world, driver_type, coodie_server):
        if driver_type not in ("cassandra", "scylla"):
            pytest.skip("only this driver has such a mode")
        from cassandra.cluster import Cluster  # noqa: PLC0415
        from cassandra.policies import RoundRobinPolicy  # noqa: PLC0415

        cluster = Cluster(
            [coodie_server.host],
            port=coodie_server.port,
            protocol_version=4,
            load_balancing_policy=RoundRobinPolicy(),
        )
        try:
            session = cluster.connect()
            with pytest.raises(ConfigurationError, match="execution_profiles="):
                world.call(world.flavour.init_coodie, session=session, name="legacy")
            assert session.execute("SELECT release_version FROM system.local").one()
        finally:
            cluster.shutdown()

    @staticmethod
    def state(session):
        profiles = session.cluster.profile_manager.profiles
        return (
            session.keyspace,
            session.row_factory,
            session.default_timeout,
            session.default_fetch_size,
            session.client_protocol_handler,
            {
                name: (
                    each.row_factory,
                    each.consistency_level,
                    each.request_timeout,
                    each.load_balancing_policy,
                )
                for name, each in profiles.items()
            },
        )

    @pytest.mark.filterwarnings(
        "ignore:Legacy execution parameters:DeprecationWarning"
    )  # the application's choice
    def test_are_used_and_left_as_they_were(self, world, session, coodie_keyspace, shelf):
        connection = f"own_{uuid4().hex}"
        before = self.state(session)
        made = world.call(
            world.flavour.init_coodie, session=session, keyspace=coodie_keyspace, name=connection
        )

        class Own(world.Document):
            shelf: Annotated[str, PrimaryKey()]
            number: Annotated[int, ClusteringKey()] = 0
            big: Annotated[int, BigInt()] | None = None

            class Settings:
                name = "own"
                connection = ""

        Own.Settings.connection = connection
        world.call(Own.sync_table)
        world.call(Own(shelf=shelf, big=1).save)
        assert world.call(Own.get, shelf=shelf, number=0).big == 1
        assert len(world.rows(Own.find(shelf=shelf).fetch_size(1))) == 1
        world.call(
            world.flavour.execute_raw, "SELECT release_version FROM system.local", connection=connection
        )
        assert self.state(session) == before
        rows = list(session.execute(f"SELECT shelf FROM {coodie_keyspace}.own WHERE shelf = %s", [shelf]))
        assert rows == [{"shelf": shelf}]
        world.call(made.close if world.colour == "sync" else made.close_async)
        assert not session.is_shutdown
        assert session.execute("SELECT release_version FROM system.local").one()
        assert self.state(session) == before


class TestDecimals:
    def test_are_found_by_a_list_of_them(self, world):
        model = define(
            world,
            "Priced",
            shop=(Annotated[str, PrimaryKey()], ...),
            price=(Annotated[Decimal, ClusteringKey()], ...),
            paid=(Decimal | None, None),
        )
        shop = uuid4().hex
        for price in ("1", "1.50", "-2.25", "1000000000000000000000.5"):
            world.call(model(shop=shop, price=Decimal(price), paid=Decimal(price)).save)
        wanted = [Decimal("1.5"), Decimal("-2.25"), Decimal(7)]
        found = world.call(model.find(shop=shop, price__in=wanted).all)
        assert [each.price for each in found] == [Decimal("-2.25"), Decimal("1.50")]
        assert world.call(model.find(shop=shop, price__in=[]).all) == []
        rows = world.raw("SELECT price FROM priced WHERE shop = ? AND price IN ?", [shop, wanted[:1]])
        assert rows == [{"price": Decimal("1.50")}]

    def test_are_compared_by_a_list_of_them_in_a_condition(self, world, driver_type):
        model = define(world, "Paid", number=(Annotated[str, PrimaryKey()], ...), sum=(Decimal | None, None))
        made = world.call(model(number=uuid4().hex, sum=Decimal("2.50")).save)
        chosen = [Decimal("2.5"), Decimal(3)]
        assert world.call(made.update, sum=Decimal(4), if_conditions={"sum__in": chosen}).applied
        assert world.call(model.get, number=made.number).sum == Decimal(4)
        if driver_type != "acsylla":  # which cannot read the decimal that a refusal gives back
            assert not world.call(made.update, sum=Decimal(5), if_conditions={"sum__in": chosen}).applied
