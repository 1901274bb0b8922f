"""Hand-written code with vectors over cassandra-driver, which makes a Python object of every element in a loop."""

from __future__ import annotations

import sys
from typing import Any

import data
from cassandra.cluster import Cluster
from cassandra.concurrent import execute_concurrent_with_args
from cassandra.cqltypes import FloatType, VectorType
from serve import serve


class RawVectors:
    """The operations, as one would write them; the tables are there."""

    def __init__(self, host: str, port: str, keyspace: str) -> None:
        self._cluster = Cluster([host], port=int(port), protocol_version=5)
        self._session = self._cluster.connect(keyspace)
        self._kind: Any = type("Wide", (VectorType,), {"vector_size": data.DIMENSIONS, "subtype": FloatType})
        self._floats = data.vector(1)
        self._packed = self._kind.serialize(self._floats, 5)
        self._rows = [(number, data.vector(number, data.WIDE)) for number in range(data.ONE_BY_ONE)]

    def close(self) -> None:
        self._cluster.shutdown()

    def encode_list(self) -> int:
        for _ in range(data.CODED):
            self._kind.serialize(self._floats, 5)
        return data.CODED

    def decode_list(self) -> int:
        for _ in range(data.CODED):
            self._kind.deserialize(self._packed, 5)
        return data.CODED

    encode_array = encode_numpy = encode_list
    decode_array = decode_numpy = decode_list

    def insert_vectors(self) -> int:
        insert = self._session.prepare("INSERT INTO text (id, meaning) VALUES (?, ?)")
        execute_concurrent_with_args(self._session, insert, self._rows, concurrency=32)
        return len(self._rows)

    def nearest(self) -> int:
        search = self._session.prepare("SELECT id, meaning FROM found ORDER BY meaning ANN OF ? LIMIT ?")
        assert len(list(self._session.execute(search, (self._rows[0][1], data.NEAR)))) == data.NEAR
        return 1


if __name__ == "__main__":
    serve(RawVectors(*sys.argv[1:]))
