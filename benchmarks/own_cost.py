"""What coodie itself costs, with no server in the way: building and decoding, importing, declaring, chaining."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from uuid import UUID

import data
from odm import Reading
from pydantic import create_model

import coodie.sync
from coodie.cql.dialect import Target
from coodie.cql.statement import Kind, Shape, Statement
from coodie.drivers.base import AbstractDriver
from coodie.execution import add_observer
from coodie.execution.observers import watch
from coodie.fields import PrimaryKey
from coodie.operations import documents
from coodie.operations.options import defaults_of
from coodie.rows.bind import row_binder
from coodie.rows.hydrate import hydrate
from coodie.rows.rows import Rows
from coodie.schema.inspect import table_of

TARGET = Target("benchmarks")
_IMPORTS = {
    "pydantic": "from pydantic import BaseModel, TypeAdapter",
    "coodie": "import coodie.sync",
    "cqlengine": "import cassandra.cqlengine.models",
}


def own_costs(rounds: int) -> list[dict[str, Any]]:
    """Return the figures: title, value, unit, goal."""
    decoder = _decoder()
    table = table_of(Reading)
    values = data.values(data.READ, 1)
    columns = tuple(column.name for column in table.columns)
    types = tuple(column.type for column in table.columns)
    row = tuple({**values, "created": values["created"].replace(tzinfo=None)}[name] for name in columns)
    rows = Rows(columns, types, [row], decoder=decoder)
    document, key = Reading(**values), {"bucket": values["bucket"], "id": values["id"]}
    options, binder = defaults_of(table), row_binder(table)
    build = _timed(lambda: documents.get_by_key(Reading, key, TARGET, options), rounds)
    decode = _timed(lambda: hydrate(Reading, rows), rounds)
    save = _timed(lambda: documents.save(document, TARGET, options), rounds)
    bind = _timed(lambda: binder(document), rounds)
    chain = _timed(lambda: Reading.find(bucket=1).limit(3).order_by("id").fetch_size(5), rounds)
    unobserved, observed = _observing(rounds)
    declare = _timed(_declare, rounds, times=5)
    imports = _import_times(rounds)
    return [
        figure("building and decoding a point read", build + decode, "µs", "≤ 5"),
        figure("a write beyond binding its values", save - bind, "µs", "≤ 3"),
        figure("a query of four builders", chain, "µs", ""),
        figure("looking whether anybody observes, a statement", unobserved, "µs", ""),
        figure("an observer that does nothing, a statement", observed, "µs", ""),
        figure("declaring a model of 50 columns, and its first statement", declare / 1000, "ms", ""),
        figure("memory of a document of ten fields", _memory_of(values), "bytes", ""),
        figure("import coodie.sync, over importing pydantic's BaseModel and TypeAdapter",
                imports["coodie"] / imports["pydantic"], "times", "≤ 1.3"),
        figure("import cqlengine's models, over the same", imports["cqlengine"] / imports["pydantic"], "times", ""),
    ]  # fmt: skip


def _observing(rounds: int) -> tuple[float, float]:
    """Return what a statement costs more than sending it, without an observer and with one."""
    session, statement = _Silent(), Statement(Shape("SELECT", Kind.SELECT))
    nothing = _timed(lambda: None, rounds)

    def watched() -> None:
        watching = watch(session, statement)
        if watching is not None:
            watching.end(None)

    off = _timed(watched, rounds) - nothing
    stop = add_observer(lambda _: None)
    on = _timed(watched, rounds) - nothing
    stop()
    return off, on


class _Silent:
    """What an observer is told of a connection."""

    name, driver_type, consistency = "benchmark", "none", "LOCAL_ONE"


def figure(title: str, value: float, unit: str, goal: str = "") -> dict[str, Any]:
    """Return one line of the table."""
    return {"title": title, "value": round(value, 2), "unit": unit, "goal": goal}


def _decoder() -> Any:
    from coodie.drivers.cassandra_codecs import decoder  # noqa: PLC0415 - a driver's, wanted here alone

    return decoder


def _timed(call: Callable[[], Any], rounds: int, times: int = 2_000) -> float:
    """Return the microseconds of CPU of one call: the median over rounds."""
    found = []
    for _ in range(rounds + 1):
        started = time.process_time()
        for _ in range(times):
            call()
        found.append((time.process_time() - started) / times * 1e6)
    return statistics.median(found[1:])


def _declare() -> None:
    fields: dict[str, Any] = {f"field_{number}": (str | None, None) for number in range(49)}
    model = create_model(
        "Wide",
        __base__=coodie.sync.Document,
        __module__=__name__,
        id=(Annotated[UUID, PrimaryKey()], ...),
        **fields,
    )
    documents.save(model(id=UUID(int=1)), TARGET, defaults_of(table_of(model)))


def _memory_of(values: dict[str, Any], count: int = 2_000) -> float:
    rows = [Reading(**values) for _ in range(10)]
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    rows += [Reading(**values) for _ in range(count)]
    growth = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return growth / count


def _import_times(rounds: int) -> dict[str, float]:
    """Return the median CPU seconds of importing, each in a fresh interpreter, what Python itself takes left out.

    All is compiled to bytecode before, as it is where packages are installed, whatever this environment says of that.
    """
    found: dict[str, list[float]] = {name: [] for name in _IMPORTS}
    with TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for number in range(rounds + 1):
            for name, line in _IMPORTS.items():
                source = f"import time; a = time.process_time(); {line}; print(time.process_time() - a)"
                done = subprocess.run(
                    [sys.executable, "-W", "ignore", "-c", source],
                    env=environment,
                    capture_output=True,
                    text=True,
                    check=True,
                )
                if number:
                    found[name].append(float(done.stdout))
    return {name: statistics.median(times) for name, times in found.items()}


class Counting(AbstractDriver):
    """Counts what it is sent, and hands it on."""

    def __init__(self, driver: AbstractDriver) -> None:
        super().__init__(driver.keyspace)
        self.describe(driver.server)
        self._driver, self.count = driver, 0

    def execute(self, statement: Any) -> Rows:
        self.count += 1
        return self._driver.execute(statement)

    async def execute_async(self, statement: Any) -> Rows:
        self.count += 1
        return await self._driver.execute_async(statement)

    def execute_batch(self, batch: Any) -> Rows:
        return self._driver.execute_batch(batch)

    async def execute_batch_async(self, batch: Any) -> Rows:
        return await self._driver.execute_batch_async(batch)

    def close(self) -> None:
        self._driver.close()

    async def close_async(self) -> None:
        await self._driver.close_async()


def schema_costs(driver: AbstractDriver, models: int = 50) -> list[dict[str, Any]]:
    """Sync an application's models twice and return what the second time takes, when nothing is to do."""
    made = [
        create_model(
            f"Model{number}",
            __base__=coodie.sync.Document,
            __module__=__name__,
            id=(Annotated[int, PrimaryKey()], ...),
            name=(str, ""),
        )
        for number in range(models)
    ]
    for model in made:
        model.sync_table()
    counting = Counting(driver)
    coodie.drivers.register_driver("counting", counting)
    again = [model.at(connection="counting") for model in made]
    started = time.perf_counter()
    for model in again:
        assert model.sync_table() == []
    elapsed = time.perf_counter() - started
    return [
        figure("statements of sync_table when nothing is to do, a table", counting.count / models, "", "≤ 2"),
        figure(f"sync_table of {models} models when nothing is to do", elapsed * 1000, "ms", ""),
    ]
