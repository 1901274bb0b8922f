"""Vectors: what a driver does in a loop of Python and coodie in one step, alone and in whole operations."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Annotated, Any

import numpy as np
from cassandra.cluster import Session
from cassandra.concurrent import execute_concurrent_with_args
from cassandra.cqltypes import FloatType, VectorType
from numpy.typing import NDArray

import coodie.sync
from coodie import PrimaryKey, Vector, VectorIndex
from coodie.vectors.packed import packer, to_array, to_list, to_numpy

WIDE, COMMON = 1536, 768
ROWS, NEAR = 200, 100
CALLS = 200
_DRAWN = np.random.default_rng(5).normal(size=(ROWS, WIDE)).astype(np.float32)
_LISTS = _DRAWN.tolist()

Pair = tuple[str, int, Callable[[], Any], Callable[[], Any]]


class Text(coodie.sync.Document):
    """A text with its vector, not indexed, so that the insert measures the client."""

    id: Annotated[int, PrimaryKey()]
    meaning: Annotated[NDArray[np.float32], Vector(dimensions=WIDE)]


class Found(coodie.sync.Document):
    """A text that is found by its vector."""

    id: Annotated[int, PrimaryKey()]
    meaning: Annotated[NDArray[np.float32], Vector(dimensions=WIDE), VectorIndex("COSINE")]


def vector_pairs(session: Session, keyspace: str) -> list[Pair]:
    """Make the tables and return each operation: its name, how many of it a call does, the raw way, and coodie's."""
    for model in (Text, Found):
        model.sync_table()
    Found.bulk_save(
        (Found(id=n, meaning=row) for n, row in enumerate(_DRAWN)), concurrency=1
    ).raise_failures()
    insert = session.prepare(f"INSERT INTO {keyspace}.text (id, meaning) VALUES (?, ?)")
    search = session.prepare(f"SELECT id, meaning FROM {keyspace}.found ORDER BY meaning ANN OF ? LIMIT ?")

    def raw_insert() -> None:
        execute_concurrent_with_args(session, insert, list(enumerate(_LISTS)), concurrency=32)

    def insert_documents() -> None:
        documents = (Text(id=n, meaning=row) for n, row in enumerate(_DRAWN))
        Text.bulk_save(documents, concurrency=32).raise_failures()

    def raw_search() -> None:
        rows = list(session.execute(search, (_LISTS[0], NEAR)))
        assert len(rows) == NEAR  # noqa: S101 - a benchmark that reads nothing is none

    def search_documents() -> None:
        found = Found.find().order_by_ann("meaning", _DRAWN[0]).limit(NEAR).all()
        assert len(found) == NEAR  # noqa: S101

    return [
        *codec_pairs(),
        (f"insert {WIDE} floats, in bulk", ROWS, raw_insert, insert_documents),
        (f"{NEAR} nearest documents of {WIDE} floats", 1, raw_search, search_documents),
    ]


def codec_pairs() -> list[Pair]:
    """Return encoding and decoding alone: the driver's, element by element, beside the library's one step."""
    kind: Any = type("Wide", (VectorType,), {"vector_size": COMMON, "subtype": FloatType})
    floats = _LISTS[0][:COMMON]
    numeric, compact = np.array(floats, dtype=np.float32), array("f", floats)
    pack = packer(COMMON, indexed=True, directed=True)
    packed = pack(floats).packed

    def times(call: Callable[[], Any]) -> Callable[[], None]:
        def repeated() -> None:
            for _ in range(CALLS):
                call()

        return repeated

    encode, decode = times(lambda: kind.serialize(floats, 5)), times(lambda: kind.deserialize(packed, 5))
    return [
        (f"encode {COMMON} floats, numpy", CALLS, encode, times(lambda: pack(numeric))),
        (f"encode {COMMON} floats, array", CALLS, encode, times(lambda: pack(compact))),
        (f"encode {COMMON} floats, list", CALLS, encode, times(lambda: pack(floats))),
        (f"decode {COMMON} floats, numpy", CALLS, decode, times(lambda: to_numpy(packed))),
        (f"decode {COMMON} floats, array", CALLS, decode, times(lambda: to_array(packed))),
        (f"decode {COMMON} floats, list", CALLS, decode, times(lambda: to_list(packed))),
    ]
