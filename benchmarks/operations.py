"""The operations that are compared: each as hand-written code over the raw driver, and as coodie's one line.

Every function does `TIMES` of its operation (or reads `ROWS` rows), so that a round is long enough to measure.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from cassandra.cluster import Session
from cassandra.query import dict_factory

from benchmarks.models import COLUMNS, AsyncReading, Plain, Reading, values

TIMES = 200
ROWS = 1000
READ_BUCKET = -1


class Raw:
    """Hand-written code: prepared statements, dictionaries, dataclasses."""

    def __init__(self, session: Session, keyspace: str) -> None:
        self.session = session
        session.row_factory = dict_factory
        table, names = f"{keyspace}.reading", ", ".join(COLUMNS)
        self._insert = session.prepare(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(COLUMNS))})"
        )
        self._get = session.prepare(f"SELECT {names} FROM {table} WHERE bucket = ? AND id = ?")
        self._update = session.prepare(f"UPDATE {table} SET name = ? WHERE bucket = ? AND id = ?")
        self._read = session.prepare(f"SELECT {names} FROM {table} WHERE bucket = ?")
        self.key = (READ_BUCKET, values(READ_BUCKET, 1)["id"])

    def insert(self) -> None:
        """Insert rows one after another."""
        for number in range(TIMES):
            row = Plain(**values(0, number))  # type: ignore[arg-type]
            self.session.execute(self._insert, tuple(getattr(row, name) for name in COLUMNS))

    def get(self) -> None:
        """Read one row by its key."""
        for _ in range(TIMES):
            Plain(**self.session.execute(self._get, self.key).one())

    def update(self) -> None:
        """Change one column."""
        for number in range(TIMES):
            self.session.execute(self._update, (f"name {number}", *self.key))

    def read(self) -> None:
        """Read a partition into dataclasses."""
        rows = [Plain(**row) for row in self.session.execute(self._read, (READ_BUCKET,))]
        assert len(rows) == ROWS  # noqa: S101 - a benchmark that reads nothing is none

    async def _awaited(self, statement: Any, params: tuple[Any, ...]) -> Any:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()
        future = self.session.execute_async(statement, params)
        future.add_callbacks(
            lambda rows: loop.call_soon_threadsafe(answer.set_result, rows),
            lambda error: loop.call_soon_threadsafe(answer.set_exception, error),
        )
        return await answer

    async def ainsert(self) -> None:
        """Insert rows one after another over the driver's callbacks."""
        for number in range(TIMES):
            row = Plain(**values(0, number))  # type: ignore[arg-type]
            await self._awaited(self._insert, tuple(asdict(row).values()))

    async def aget(self) -> None:
        """Read one row by its key over the driver's callbacks."""
        for _ in range(TIMES):
            Plain(**(await self._awaited(self._get, self.key))[0])


class Coodie:
    """The same in coodie's words; every row validated."""

    def __init__(self, key: tuple[Any, ...]) -> None:
        self._key = {"bucket": key[0], "id": key[1]}
        self._document = Reading(**{**values(0, 1), **self._key})  # type: ignore[arg-type]

    def insert(self) -> None:
        """Insert rows one after another."""
        for number in range(TIMES):
            Reading(**values(0, number)).save()  # type: ignore[arg-type]

    def get(self) -> None:
        """Read one row by its key."""
        for _ in range(TIMES):
            Reading.get(**self._key)

    def update(self) -> None:
        """Change one column."""
        for number in range(TIMES):
            self._document.update(name=f"name {number}")

    def read(self) -> None:
        """Read a partition into validated documents."""
        assert len(Reading.find(bucket=READ_BUCKET).all()) == ROWS  # noqa: S101

    async def ainsert(self) -> None:
        """Insert rows one after another."""
        for number in range(TIMES):
            await AsyncReading(**values(0, number)).save()  # type: ignore[arg-type]

    async def aget(self) -> None:
        """Read one row by its key."""
        for _ in range(TIMES):
            await AsyncReading.get(**self._key)


Pair = tuple[str, int, Callable[[], Any], Callable[[], Any]]


def pairs(raw: Raw, coodie: Coodie, run: Callable[[Awaitable[None]], None]) -> list[Pair]:
    """Return each operation: its name, how many of it a call does, the raw way, and coodie's."""
    return [
        ("insert", TIMES, raw.insert, coodie.insert),
        ("get", TIMES, raw.get, coodie.get),
        ("partial update", TIMES, raw.update, coodie.update),
        ("1,000 rows to documents", 1, raw.read, coodie.read),
        ("insert, async", TIMES, lambda: run(raw.ainsert()), lambda: run(coodie.ainsert())),
        ("get, async", TIMES, lambda: run(raw.aget()), lambda: run(coodie.aget())),
    ]
