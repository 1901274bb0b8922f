"""coodie's words over acsylla, many operations in flight on one loop."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated, Any

import data
from odm import AsyncReading
from serve import serve

import coodie.aio
from coodie.fields import PrimaryKey

try:
    from coodie.fields import Vector
except ImportError:  # a package that has no vectors
    Vector = None  # type: ignore[assignment, misc]


class OdmAcsylla:
    """The operations, each in a line."""

    def __init__(self, host: str, port: str, keyspace: str) -> None:
        self._address, self._keyspace = (host, int(port)), keyspace
        self._driver: Any = None
        self._point = _point() if Vector is not None else None

    def close(self) -> None:
        if self._driver is not None:
            self._driver.close()

    async def _fly(self, one: Any, times: int) -> int:
        if self._driver is None:
            host, port = self._address
            self._driver = await asyncio.to_thread(
                coodie.aio.init_coodie,
                hosts=[host],
                port=port,
                keyspace=self._keyspace,
                driver_type="acsylla",
            )
            if asyncio.iscoroutine(self._driver):
                self._driver = await self._driver
        numbers = iter(range(times))

        async def work() -> None:
            for number in numbers:
                await one(number)

        await asyncio.gather(*(work() for _ in range(data.IN_FLIGHT)))
        return times

    async def fly_read(self) -> int:
        async def one(number: int) -> None:
            await AsyncReading.get(bucket=data.READ, id=data.key(data.READ, number % data.PARTITION))

        return await self._fly(one, data.FLYING)

    async def fly_insert(self) -> int:
        async def one(number: int) -> None:
            await AsyncReading(**data.values(data.WRITTEN, number)).save()

        return await self._fly(one, data.FLYING)

    async def vector_insert(self) -> int:
        assert self._point is not None, "no vectors in this package"

        async def one(number: int) -> None:
            await self._point(id=number, vector=data.vector(number)).save()

        return await self._fly(one, data.ONE_BY_ONE)

    async def vector_read(self) -> int:
        assert self._point is not None, "no vectors in this package"

        async def one(number: int) -> None:
            await self._point.get(id=number)

        return await self._fly(one, data.ONE_BY_ONE)


def _point() -> Any:
    class Point(coodie.aio.Document):
        id: Annotated[int, PrimaryKey()]
        vector: Annotated[list[float], Vector(dimensions=data.DIMENSIONS)]

    return Point


if __name__ == "__main__":
    serve(OdmAcsylla(*sys.argv[1:]))
