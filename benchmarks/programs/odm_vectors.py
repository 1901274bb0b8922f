"""coodie's vectors over cassandra-driver: packed and checked in one step, numpy arrays in the models."""

from __future__ import annotations

import sys
from array import array
from typing import Annotated, Any

import data
import numpy as np
from numpy.typing import NDArray
from serve import serve

import coodie.sync
from coodie import PrimaryKey, Vector, VectorIndex
from coodie.vectors.packed import packer, to_array, to_list, to_numpy


class Text(coodie.sync.Document):
    """A text with its vector, not indexed, so that the insert measures the client."""

    id: Annotated[int, PrimaryKey()]
    meaning: Annotated[NDArray[np.float32], Vector(dimensions=data.WIDE)]


class Found(coodie.sync.Document):
    """A text that is found by its vector."""

    id: Annotated[int, PrimaryKey()]
    meaning: Annotated[NDArray[np.float32], Vector(dimensions=data.WIDE), VectorIndex("COSINE")]


class OdmVectors:
    """The operations; what is found is written here."""

    def __init__(self, host: str, port: str, keyspace: str) -> None:
        self._driver = coodie.sync.init_coodie(
            hosts=[host], port=int(port), keyspace=keyspace, driver_type="cassandra"
        )
        for model in (Text, Found):
            model.sync_table()
        wide = [np.array(data.vector(n, data.WIDE), dtype=np.float32) for n in range(data.ONE_BY_ONE)]
        self._wide = wide
        # One after another: a vector index of Cassandra answers a crowd of writers with time-outs.
        Found.bulk_save(
            (Found(id=n, meaning=row) for n, row in enumerate(wide)), concurrency=1
        ).raise_failures()
        self._floats = data.vector(1)
        self._array, self._numpy = array("f", self._floats), np.array(self._floats, dtype=np.float32)
        self._pack = packer(data.DIMENSIONS, indexed=True, directed=True)
        self._packed = self._pack(self._floats).packed

    def close(self) -> None:
        self._driver.close()

    def _often(self, call: Any, value: Any) -> int:
        for _ in range(data.CODED):
            call(value)
        return data.CODED

    def encode_list(self) -> int:
        return self._often(self._pack, self._floats)

    def encode_array(self) -> int:
        return self._often(self._pack, self._array)

    def encode_numpy(self) -> int:
        return self._often(self._pack, self._numpy)

    def decode_list(self) -> int:
        return self._often(to_list, self._packed)

    def decode_array(self) -> int:
        return self._often(to_array, self._packed)

    def decode_numpy(self) -> int:
        return self._often(to_numpy, self._packed)

    def insert_vectors(self) -> int:
        documents = (Text(id=n, meaning=row) for n, row in enumerate(self._wide))
        Text.bulk_save(documents, concurrency=32).raise_failures()
        return len(self._wide)

    def nearest(self) -> int:
        found = Found.find().order_by_ann("meaning", self._wide[0]).limit(data.NEAR).all()
        assert len(found) == data.NEAR
        return 1


if __name__ == "__main__":
    serve(OdmVectors(*sys.argv[1:]))
