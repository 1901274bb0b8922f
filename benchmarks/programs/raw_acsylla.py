"""Hand-written code over acsylla, many operations in flight on one loop."""

from __future__ import annotations

import asyncio
import struct
import sys
from typing import Any

import acsylla
import data
from raw import Reading
from serve import serve

_PACK, _UNPACK = struct.Struct(">768f").pack, struct.Struct(">768f").unpack


class RawAcsylla:
    """The operations, as one would write them for speed."""

    def __init__(self, host: str, port: str, keyspace: str) -> None:
        self._address, self._keyspace = (host, int(port)), keyspace
        self._session: Any = None

    def close(self) -> None:
        pass

    async def _open(self) -> None:
        if self._session is not None:
            return
        cluster = acsylla.create_cluster([self._address[0]], port=self._address[1])
        self._session = session = await cluster.create_session(keyspace=self._keyspace)
        names, slots = ", ".join(data.COLUMNS), ", ".join("?" * len(data.COLUMNS))
        self._insert = await session.create_prepared(f"INSERT INTO reading ({names}) VALUES ({slots})")
        self._get = await session.create_prepared(f"SELECT {names} FROM reading WHERE bucket = ? AND id = ?")
        self._put = await session.create_prepared("INSERT INTO point (id, vector) VALUES (?, ?)")
        self._point = await session.create_prepared("SELECT id, vector FROM point WHERE id = ?")

    async def _fly(self, one: Any, times: int) -> int:
        await self._open()
        numbers = iter(range(times))

        async def work() -> None:
            for number in numbers:
                await one(number)

        await asyncio.gather(*(work() for _ in range(data.IN_FLIGHT)))
        return times

    async def fly_read(self) -> int:
        async def one(number: int) -> None:
            key = data.key(data.READ, number % data.PARTITION)
            result = await self._session.execute(self._get.bind([data.READ, str(key)]), native_types=True)
            Reading(**result.first().as_dict())

        return await self._fly(one, data.FLYING)

    async def fly_insert(self) -> int:
        async def one(number: int) -> None:
            values = list(data.values(data.WRITTEN, number).values())
            values[1] = str(values[1])
            await self._session.execute(self._insert.bind(values))

        return await self._fly(one, data.FLYING)

    async def vector_insert(self) -> int:
        async def one(number: int) -> None:
            await self._session.execute(self._put.bind([number, _PACK(*data.vector(number))]))

        return await self._fly(one, data.ONE_BY_ONE)

    async def vector_read(self) -> int:
        async def one(number: int) -> None:
            result = await self._session.execute(self._point.bind([number]), native_types=True)
            _UNPACK(result.first().as_dict()["vector"])

        return await self._fly(one, data.ONE_BY_ONE)


if __name__ == "__main__":
    serve(RawAcsylla(*sys.argv[1:]))
