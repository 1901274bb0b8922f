"""coodie's words over cassandra-driver, every row validated; also what the published package of the name is given.

It uses the public names alone, so that the same program runs in another environment.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import data
from serve import serve

import coodie.aio
import coodie.sync
from coodie.fields import BigInt, ClusteringKey, Double, PrimaryKey
from coodie.usertype import UserType


class Place(UserType):
    street: str
    number: int
    tags: set[str]


class Reading(coodie.sync.Document):
    bucket: Annotated[int, PrimaryKey()]
    id: Annotated[UUID, ClusteringKey()]
    name: str
    email: str
    age: int
    score: Annotated[float, Double()]
    visits: Annotated[int, BigInt()]
    active: bool
    created: datetime
    tags: set[str]


class AsyncReading(coodie.aio.Document):
    bucket: Annotated[int, PrimaryKey()]
    id: Annotated[UUID, ClusteringKey()]
    name: str
    email: str
    age: int
    score: Annotated[float, Double()]
    visits: Annotated[int, BigInt()]
    active: bool
    created: datetime
    tags: set[str]

    class Settings:
        name = "reading"


class Walk(coodie.sync.Document):
    id: Annotated[int, PrimaryKey()]
    start: Place
    stops: list[Place]


class Odm:
    """The operations, each in a line or two."""

    def __init__(self, host: str, port: str, keyspace: str) -> None:
        self._driver = coodie.sync.init_coodie(
            hosts=[host], port=int(port), keyspace=keyspace, driver_type="cassandra"
        )
        Walk.sync_table()
        self._key: dict[str, Any] = {"bucket": data.READ, "id": data.key(data.READ, 1)}
        self._document = Reading(**(data.values(data.READ, 1)))
        self._async_document = AsyncReading(**(data.values(data.READ, 1)))

    def close(self) -> None:
        self._driver.close()

    def insert(self) -> int:
        for number in range(data.ONE_BY_ONE):
            Reading(**data.values(data.WRITTEN, number)).save()
        return data.ONE_BY_ONE

    def get(self) -> int:
        for _ in range(data.ONE_BY_ONE):
            Reading.get(**self._key)
        return data.ONE_BY_ONE

    def update(self) -> int:
        for number in range(data.ONE_BY_ONE):
            self._document.update(name=f"name {number}")
        return data.ONE_BY_ONE

    def delete(self) -> int:
        for number in range(data.ONE_BY_ONE):
            Reading.find(bucket=data.WRITTEN, id=data.key(data.WRITTEN, number)).delete()
        return data.ONE_BY_ONE

    def conditional(self) -> int:
        for number in range(data.CONDITIONAL):
            Reading(**data.values(data.READ, number)).insert()
        return data.CONDITIONAL

    def read(self) -> int:
        assert len(Reading.find(bucket=data.READ).all()) == data.PARTITION
        return 1

    def stream(self) -> int:
        assert sum(1 for _ in Reading.find(bucket=data.STREAM)) == data.STREAMED
        return 1

    def batch(self) -> int:
        for number in range(data.BATCHES):
            with coodie.sync.BatchQuery(logged=False) as batch:
                for place in range(data.BATCH):
                    Reading(**data.values(data.WRITTEN, number * data.BATCH + place)).save(batch=batch)
        return data.BATCHES * data.BATCH

    def load(self) -> int:
        result: Any = Reading.bulk_save((Reading(**row) for row in data.loaded()), concurrency=32)
        assert result.saved == data.LOADED
        return data.LOADED

    def walk(self) -> int:
        for number in range(data.ONE_BY_ONE):
            stops = [Place(**data.place(number)), Place(**data.place(number + 1))]
            Walk(id=number, start=Place(**data.place(number)), stops=stops).save()
            assert Walk.get(id=number).stops == stops
        return data.ONE_BY_ONE

    def many(self) -> int:
        keys = [data.key(data.READ, number) for number in range(data.ONE_BY_ONE)]
        found: Any = coodie.sync.gather(*(Reading.find(bucket=data.READ, id=each) for each in keys))
        assert all(len(rows) == 1 for rows in found)
        return data.ONE_BY_ONE

    async def ainsert(self) -> int:
        for number in range(data.ONE_BY_ONE):
            await AsyncReading(**data.values(data.WRITTEN, number)).save()
        return data.ONE_BY_ONE

    async def aget(self) -> int:
        for _ in range(data.ONE_BY_ONE):
            await AsyncReading.get(**self._key)
        return data.ONE_BY_ONE

    async def aupdate(self) -> int:
        for number in range(data.ONE_BY_ONE):
            await self._async_document.update(name=f"name {number}")
        return data.ONE_BY_ONE

    async def astream(self) -> int:
        count = 0
        async for _ in AsyncReading.find(bucket=data.STREAM):
            count += 1
        assert count == data.STREAMED
        return 1

    async def amany(self) -> int:
        keys = [data.key(data.READ, number) for number in range(data.ONE_BY_ONE)]
        await asyncio.gather(*(AsyncReading.get(bucket=data.READ, id=each) for each in keys))
        return data.ONE_BY_ONE


if __name__ == "__main__":
    serve(Odm(*sys.argv[1:]))
