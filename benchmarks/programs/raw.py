"""Hand-written code over cassandra-driver: prepared statements, dictionaries, dataclasses; nothing is checked."""

from __future__ import annotations

import asyncio
import socket
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import data
from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile
from cassandra.concurrent import execute_concurrent_with_args
from cassandra.query import BatchStatement, BatchType, dict_factory
from serve import serve


@dataclass(slots=True)
class Reading:
    """What hand-written code makes of a row."""

    bucket: int
    id: UUID
    name: str
    email: str
    age: int
    score: float
    visits: int
    active: bool
    created: datetime
    tags: set[str]


class Place(NamedTuple):
    """What the driver takes for a user-defined value."""

    street: str
    number: int
    tags: set[str]


class Raw:
    """The operations, as one would write them for speed."""

    def __init__(self, host: str, port: str, keyspace: str) -> None:
        profile = ExecutionProfile(row_factory=dict_factory)
        self._cluster = Cluster(
            [host],
            port=int(port),
            protocol_version=5,
            execution_profiles={EXEC_PROFILE_DEFAULT: profile},
            sockopts=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
        )
        self._session = session = self._cluster.connect(keyspace)
        names, slots = ", ".join(data.COLUMNS), ", ".join("?" * len(data.COLUMNS))
        self._insert = session.prepare(f"INSERT INTO reading ({names}) VALUES ({slots})")
        self._new = session.prepare(f"INSERT INTO reading ({names}) VALUES ({slots}) IF NOT EXISTS")
        self._get = session.prepare(f"SELECT {names} FROM reading WHERE bucket = ? AND id = ?")
        self._update = session.prepare("UPDATE reading SET name = ? WHERE bucket = ? AND id = ?")
        self._delete = session.prepare("DELETE FROM reading WHERE bucket = ? AND id = ?")
        self._read = session.prepare(f"SELECT {names} FROM reading WHERE bucket = ?")
        self._walk = session.prepare("INSERT INTO walk (id, start, stops) VALUES (?, ?, ?)")
        self._walks = session.prepare("SELECT id, start, stops FROM walk WHERE id = ?")
        self._key = (data.READ, data.key(data.READ, 1))

    def close(self) -> None:
        self._cluster.shutdown()

    def insert(self) -> int:
        for number in range(data.ONE_BY_ONE):
            row = Reading(**data.values(data.WRITTEN, number))
            self._session.execute(self._insert, _params(row))
        return data.ONE_BY_ONE

    def get(self) -> int:
        for _ in range(data.ONE_BY_ONE):
            Reading(**self._session.execute(self._get, self._key).one())
        return data.ONE_BY_ONE

    def update(self) -> int:
        for number in range(data.ONE_BY_ONE):
            self._session.execute(self._update, (f"name {number}", *self._key))
        return data.ONE_BY_ONE

    def delete(self) -> int:
        for number in range(data.ONE_BY_ONE):
            self._session.execute(self._delete, (data.WRITTEN, data.key(data.WRITTEN, number)))
        return data.ONE_BY_ONE

    def conditional(self) -> int:
        for number in range(data.CONDITIONAL):
            self._session.execute(self._new, _params(Reading(**data.values(data.READ, number))))
        return data.CONDITIONAL

    def read(self) -> int:
        rows = [Reading(**row) for row in self._session.execute(self._read, (data.READ,))]
        assert len(rows) == data.PARTITION
        return 1

    def stream(self) -> int:
        count = 0
        for row in self._session.execute(self._read, (data.STREAM,)):
            Reading(**row)
            count += 1
        assert count == data.STREAMED
        return 1

    def batch(self) -> int:
        for number in range(data.BATCHES):
            batch = BatchStatement(BatchType.UNLOGGED)
            for place in range(data.BATCH):
                row = Reading(**data.values(data.WRITTEN, number * data.BATCH + place))
                batch.add(self._insert, _params(row))
            self._session.execute(batch)
        return data.BATCHES * data.BATCH

    def load(self) -> int:
        rows = (_params(Reading(**row)) for row in data.loaded())
        execute_concurrent_with_args(self._session, self._insert, rows, concurrency=32)
        return data.LOADED

    def walk(self) -> int:
        for number in range(data.ONE_BY_ONE):
            stops = [Place(**data.place(number)), Place(**data.place(number + 1))]
            self._session.execute(self._walk, (number, Place(**data.place(number)), stops))
            row = self._session.execute(self._walks, (number,)).one()
            assert [Place(*stop) for stop in row["stops"]] == stops
        return data.ONE_BY_ONE

    def many(self) -> int:
        keys = [(data.READ, data.key(data.READ, number)) for number in range(data.ONE_BY_ONE)]
        for _, rows in execute_concurrent_with_args(self._session, self._get, keys, concurrency=32):
            Reading(**rows.one())
        return data.ONE_BY_ONE

    async def _awaited(self, statement: Any, params: tuple[Any, ...]) -> Any:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()
        future = self._session.execute_async(statement, params)
        future.add_callbacks(
            lambda rows: loop.call_soon_threadsafe(answer.set_result, rows),
            lambda error: loop.call_soon_threadsafe(answer.set_exception, error),
        )
        return await answer

    async def ainsert(self) -> int:
        for number in range(data.ONE_BY_ONE):
            row = Reading(**data.values(data.WRITTEN, number))
            await self._awaited(self._insert, _params(row))
        return data.ONE_BY_ONE

    async def aget(self) -> int:
        for _ in range(data.ONE_BY_ONE):
            Reading(**(await self._awaited(self._get, self._key))[0])
        return data.ONE_BY_ONE

    async def aupdate(self) -> int:
        for number in range(data.ONE_BY_ONE):
            await self._awaited(self._update, (f"name {number}", *self._key))
        return data.ONE_BY_ONE

    async def astream(self) -> int:
        self.stream()
        return 1

    async def amany(self) -> int:
        async def one(number: int) -> None:
            Reading(**(await self._awaited(self._get, (data.READ, data.key(data.READ, number))))[0])

        await asyncio.gather(*(one(number) for number in range(data.ONE_BY_ONE)))
        return data.ONE_BY_ONE


def _params(row: Reading) -> tuple[Any, ...]:
    return tuple([getattr(row, name) for name in data.COLUMNS])


if __name__ == "__main__":
    serve(Raw(*sys.argv[1:]))
