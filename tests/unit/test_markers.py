"""Markers check their own arguments, and are values: frozen, hashable, equal by content."""

from __future__ import annotations

import dataclasses

import pytest

from coodie.exceptions import InvalidQueryError
from coodie.fields import (
    Ascii,
    BigInt,
    ClusteringKey,
    Column,
    Counter,
    Double,
    Duration,
    Frozen,
    Indexed,
    Mark,
    PrimaryKey,
    SmallInt,
    Static,
    Time,
    TimeUUID,
    TinyInt,
    VarInt,
)

PLAIN = [Ascii, BigInt, Counter, Double, Duration, Frozen, SmallInt, Static, Time, TimeUUID, TinyInt, VarInt]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: PrimaryKey(-1), "partition_key_index.*-1"),
        (lambda: PrimaryKey("0"), "partition_key_index.*'0'"),
        (lambda: PrimaryKey(partition_key_index=True), "partition_key_index.*True"),
        (lambda: PrimaryKey(1.0), "partition_key_index"),
        (lambda: ClusteringKey("UP"), "ASC.*DESC.*'UP'"),
        (lambda: ClusteringKey(None), "ASC.*DESC"),
        (lambda: ClusteringKey(1), "ASC.*DESC"),
        (lambda: ClusteringKey(clustering_key_index=-1), "clustering_key_index"),
        (lambda: Indexed(target="key"), "target.*'key'"),
    ],
)
def test_an_argument_that_cannot_be_is_refused_when_it_is_written(make, reason):
    with pytest.raises(InvalidQueryError, match=reason):
        make()


def test_an_order_may_be_written_in_any_case():
    assert ClusteringKey("desc") == ClusteringKey(order="DESC")


def test_options_given_as_a_mapping_hash_and_are_sorted():
    mark = Indexed(using="sai", options={"b": 1, "a": "x"})
    assert mark.options == (("a", "x"), ("b", "1"))
    assert mark == Indexed(using="sai", options=(("a", "x"), ("b", "1")))
    assert len({mark, Indexed(using="sai", options={"a": "x", "b": "1"})}) == 1


@pytest.mark.parametrize("kind", PLAIN)
def test_markers_without_arguments_are_equal(kind):
    assert kind() == kind()
    assert len({kind(), kind()}) == 1


@pytest.mark.parametrize(
    "mark", [*(kind() for kind in PLAIN), PrimaryKey(), ClusteringKey(), Indexed(), Column("a")]
)
def test_every_marker_is_a_frozen_mark(mark):
    assert isinstance(mark, Mark)
    hash(mark)
    field = next(iter(dataclasses.fields(mark)), None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(mark, field.name if field else "new", 1)
