"""What the migration guide calls a difference between a row and its copy; a server cannot make all kinds of them."""

import importlib
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from tests.demo_family import DEMOS, forget

FOLDER = DEMOS / "migration-guide"
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
VALUES = {"branch": "north", "day": NOON.date(), "taken": NOON, "reader": 7, "title": "Emma", "days": 14}
VALUES |= {"fee": Decimal("1.5"), "note": None}

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of cqlengine, when it is imported


@pytest.fixture
def guide(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    monkeypatch.syspath_prepend(str(FOLDER))
    forget(FOLDER)
    yield SimpleNamespace(**{name: importlib.import_module(name) for name in ("engine", "tables", "verify")})
    forget(FOLDER)


def differences(guide: SimpleNamespace, copied: dict[str, Any], **times: Any) -> list[tuple[str, str]]:
    """Column and kind of what differs when the copy of a loan has these values and these times of its title."""
    before, now = (
        guide.tables.Time(1000, 3600),
        guide.tables.Time(**({"written": 1000, "rest": 3600} | times)),
    )
    original = guide.tables.Row(VALUES, {"title": before})
    copy = guide.tables.Row(VALUES | copied, {"title": now})
    return [(column, what) for column, what, *_ in guide.verify._row("loan", original, VALUES, copy)]


def test_an_equal_copy_has_no_difference(guide: SimpleNamespace) -> None:
    assert differences(guide, {}) == []


@pytest.mark.parametrize(
    ("copied", "times", "found"),
    [
        ({"title": "Emmb"}, {}, ("title", "value")),
        ({"fee": 1.5}, {}, ("fee", "type")),
        ({"note": ""}, {}, ("note", "type")),
        ({"days": None}, {}, ("days", "type")),
        ({}, {"written": 1001}, ("title", "writetime")),
        ({}, {"rest": 3600 - 61}, ("title", "ttl")),
        ({}, {"rest": None}, ("title", "ttl")),
    ],
)
def test_each_kind_is_named_with_its_column(
    guide: SimpleNamespace, copied: dict[str, Any], times: dict[str, Any], found: tuple[str, str]
) -> None:
    assert differences(guide, copied, **times) == [found]


def test_what_copying_takes_is_no_difference(guide: SimpleNamespace) -> None:
    assert differences(guide, {}, rest=3600 - 59) == []


def test_a_row_that_one_side_lacks_is_named_as_a_whole(guide: SimpleNamespace) -> None:
    row = guide.tables.Row(VALUES, {})
    assert [*guide.verify._row("loan", row, VALUES, None)] == [("", "row", "there", "not there")]
    assert [*guide.verify._row("loan", None, None, row)] == [("", "row", "not there", "there")]


def test_the_parts_of_the_ring_leave_nothing_out(guide: SimpleNamespace) -> None:
    ends = [guide.tables.ends(part) for part in range(guide.tables.PARTS)]
    assert [high for _, high in ends[:-1]] == [low for low, _ in ends[1:]]
    assert (ends[0][0], ends[-1][1]) == (-(2**63), 2**63 - 1)


def test_what_cqlengine_reads_is_compared_as_pythons_own(guide: SimpleNamespace) -> None:
    from cassandra.util import Date, OrderedMap, SortedSet  # noqa: PLC0415 - as the demo does, behind the filter

    plain = guide.engine.plain
    assert plain(datetime(2026, 3, 14, 12)) == NOON  # noqa: DTZ001 - that is how it reads them
    assert plain(Date(NOON.date())) == NOON.date()
    assert plain(SortedSet(["b", "a"])) == {"a", "b"}
    assert plain(OrderedMap([("a", SortedSet([1]))])) == {"a": {1}}
