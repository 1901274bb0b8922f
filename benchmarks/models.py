"""One table, as a coodie document in both colours and as the dataclass that hand-written code would use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

import coodie.aio
import coodie.sync
from coodie import BigInt, ClusteringKey, Double, PrimaryKey

COLUMNS = ("bucket", "id", "name", "email", "age", "score", "visits", "active", "created", "tags")
CREATE = """CREATE TABLE IF NOT EXISTS {keyspace}.reading (
    bucket int, id uuid, name text, email text, age int, score double, visits bigint, active boolean,
    created timestamp, tags set<text>, PRIMARY KEY (bucket, id))"""


class Reading(coodie.sync.Document):
    """Ten columns of the common types."""

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
    """The same table, awaited."""

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
        """Over the table of the sync class."""

        name = "reading"


@dataclass(slots=True)
class Plain:
    """What hand-written code would make of a row."""

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


def values(bucket: int, number: int) -> dict[str, object]:
    """Return the values of one row, drawn from its number."""
    return {
        "bucket": bucket,
        "id": uuid4(),
        "name": f"name {number}",
        "email": f"{number}@example.org",
        "age": number % 90,
        "score": number / 7,
        "visits": number * 1000,
        "active": number % 2 == 0,
        "created": datetime(2026, 1, 1, tzinfo=UTC),
        "tags": {"a", f"t{number % 5}"},
    }
