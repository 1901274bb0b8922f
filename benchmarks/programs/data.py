"""The rows that every program writes and reads: drawn from their number, so that all of them handle the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

COLUMNS = ("bucket", "id", "name", "email", "age", "score", "visits", "active", "created", "tags")
TABLES = (
    """CREATE TABLE IF NOT EXISTS {keyspace}.reading (
    bucket int, id uuid, name text, email text, age int, score double, visits bigint, active boolean,
    created timestamp, tags set<text>, PRIMARY KEY (bucket, id))""",
    "CREATE TABLE IF NOT EXISTS {keyspace}.point (id int PRIMARY KEY, vector vector<float, 768>)",
    "CREATE TYPE IF NOT EXISTS {keyspace}.place (street text, number int, tags frozen<set<text>>)",
    """CREATE TABLE IF NOT EXISTS {keyspace}.walk (
    id int PRIMARY KEY, start frozen<place>, stops list<frozen<place>>)""",
)

ONE_BY_ONE = 200  # operations a round, one after another
CODED = 2_000  # vectors encoded or decoded a round: a few µs each, so that the round's own beginning does not show
CONDITIONAL = 30
PARTITION = 1_000  # rows that are read into documents
STREAMED = 50_000
LOADED = 20_000
BATCHES, BATCH = 20, 50
FLYING, IN_FLIGHT = 2_000, 128
DIMENSIONS = 768
WIDE, NEAR = 1_536, 100

WRITTEN, READ, STREAM = 0, -1, -2  # buckets


def key(bucket: int, number: int) -> UUID:
    """Return the id of a row."""
    return UUID(int=(bucket % 2**32 << 32) + number)


def values(bucket: int, number: int) -> dict[str, Any]:
    """Return the values of a row."""
    return {
        "bucket": bucket,
        "id": key(bucket, number),
        "name": f"name {number}",
        "email": f"{number}@example.org",
        "age": number % 90,
        "score": number / 7,
        "visits": number * 1000,
        "active": number % 2 == 0,
        "created": datetime(2026, 1, 1, tzinfo=UTC),
        "tags": {"a", f"t{number % 5}"},
    }


def place(number: int) -> dict[str, Any]:
    """Return the values of a user-defined value."""
    return {"street": f"street {number}", "number": number, "tags": {"a", "b"}}


def loaded() -> list[dict[str, Any]]:
    """Return the values of the rows of a bulk load: a hundred to a partition, in the order of a log."""
    return [values(1_000 + number // 100, number) for number in range(LOADED)]


def vector(number: int, dimensions: int = DIMENSIONS) -> list[float]:
    """Return a vector of floats that are exact in 32 bits."""
    return [(number * 31 + place * 17) % 1024 / 512 - 1 for place in range(dimensions)]
