"""Table cells: what they mean as values, and how values are compared with them."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from steps.cells import compared, value, written


class Suit(enum.Enum):
    HEARTS = "H"


@pytest.mark.parametrize(
    ("cell", "annotation", "meaning"),
    [
        ("lamp", str, "lamp"),
        ("42", str, "42"),
        ("42", int, 42),
        ("null", str, None),
        ("19.90", Decimal, Decimal("19.90")),
        ("2030-05-01T12:00:00Z", dt.datetime, dt.datetime(2030, 5, 1, 12, tzinfo=dt.UTC)),
        ("2030-05-01", dt.date, dt.date(2030, 5, 1)),
        ('{"a", "b"}', set[str], {"a", "b"}),
        ('["b", "a"]', list[str], ["b", "a"]),
        ('{"S": 1}', dict[str, int], {"S": 1}),
        ("H", Suit, Suit.HEARTS),
        ("00000000-0000-0000-0000-000000000001", UUID, UUID(int=1)),
    ],
)
def test_a_cell_means_a_value_and_is_written_back_as_it_stands(
    cell: str, annotation: Any, meaning: object
) -> None:
    assert value(cell, annotation) == meaning
    assert written(meaning, cell) == cell


@pytest.mark.parametrize(("found", "cell"), [("desk", "lamp"), (3, "4"), (None, "lamp"), ({"a"}, '{"b"}')])
def test_another_value_is_written_as_it_is(found: object, cell: str) -> None:
    assert written(found, cell) != cell


def test_rows_in_order_are_compared_in_order() -> None:
    table = [["name", "stock"], ["lamp", "3"], ["desk", "1"]]
    rows = [{"name": "desk", "stock": 1}, {"name": "lamp", "stock": 3}]
    actual, expected = compared(rows, table, ordered=True)
    assert actual != expected
    actual, expected = compared(rows, table, ordered=False)
    assert actual == expected


def test_rows_that_are_missing_or_surplus_are_seen() -> None:
    table = [["name"], ["lamp"], ["desk"]]
    for names in (["lamp"], ["lamp", "desk", "chair"], ["lamp", "lamp"]):
        actual, expected = compared([SimpleNamespace(name=name) for name in names], table, ordered=False)
        assert actual != expected


def test_tuples_are_compared_by_position() -> None:
    actual, expected = compared([("lamp", 3)], [["name", "stock"], ["lamp", "3"]], ordered=True)
    assert actual == expected
