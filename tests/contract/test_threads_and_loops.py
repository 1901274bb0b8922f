"""Threads, tasks, cancellation and event loops over one connection of every driver."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
import time
from typing import Any
from uuid import uuid4

import pytest

from coodie import aio, sync
from coodie.drivers import get_driver, init_coodie
from coodie.exceptions import (
    ConfigurationError,
    ServerRejected,
    Unavailable,
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
