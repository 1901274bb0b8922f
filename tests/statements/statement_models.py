"""The tables whose statements are asserted: one of every kind of column that changes a statement."""

# ruff: noqa: RUF012 - pydantic copies a default for each document
from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import Annotated
from uuid import UUID

from pydantic import SecretStr

from coodie.fields import BigInt, ClusteringKey, Column, Frozen, Indexed, PrimaryKey, Static
from coodie.sync import Document


class Level(Enum):
    LOW = "low"
    HIGH = "high"


class Reading(Document):
    """A partition key of two columns, a clustering key of two, a static column."""

    sensor: Annotated[UUID, PrimaryKey(partition_key_index=0)]
    day: Annotated[dt.date, PrimaryKey(partition_key_index=1)]
    at: Annotated[dt.datetime, ClusteringKey(order="DESC")]
    seq: Annotated[int, ClusteringKey(clustering_key_index=1)] = 0
    site: Annotated[str | None, Static()] = None
    value: float | None = None
    level: Level | None = None


class Product(Document):
    """One key column; collections, indexes, a renamed column, a secret."""

    id: Annotated[int, PrimaryKey()]
    name: str = ""
    brand: Annotated[str | None, Indexed()] = None
    price: Annotated[Decimal | None, Column("unit price")] = None
    tags: set[str] = set()
    notes: list[str] = []
    stock: dict[str, int] = {}
    fixed: Annotated[list[int], Frozen()] = []
    token: SecretStr | None = None

    class Settings:
        keyspace = "shop"


class Indexes(Document):
    """Every target of an index."""

    id: Annotated[int, PrimaryKey()]
    plain: Annotated[str, Indexed()] = ""
    named: Annotated[str, Indexed(index_name="by_name")] = ""
    sai: Annotated[int, Indexed(using="sai", options={"case_sensitive": "false"})] = 0
    members: Annotated[set[str], Indexed()] = set()
    attributes: Annotated[
        dict[str, int], Indexed(target="keys"), Indexed(target="values"), Indexed(target="entries")
    ] = {}
    whole: Annotated[list[int], Frozen(), Indexed(target="full")] = []


class Event(Document):
    """Options, a default time to live, reserved words and capitals as names."""

    key: Annotated[int, PrimaryKey()]
    order: Annotated[int, ClusteringKey()]
    Select: Annotated[int, BigInt()] = 0

    class Settings:
        name = "Table"
        __default_ttl__ = 86400
        __options__ = {
            "comment": "it's here",
            "gc_grace_seconds": 60,
            "compaction": {"class": "LeveledCompactionStrategy"},
        }


KEY = {"sensor": UUID(int=7), "day": dt.date(2026, 3, 1)}
AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
