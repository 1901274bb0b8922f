from datetime import UTC, datetime, timedelta
from uuid import uuid1

from demokit.times import moment_of, time_id

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_an_id_holds_its_moment() -> None:
    assert moment_of(time_id(NOON, "a")) == NOON
    assert time_id(NOON, "a").version == 1


def test_the_same_moment_and_salt_give_the_same_id_and_another_salt_another() -> None:
    assert time_id(NOON, "a") == time_id(NOON, "a") != time_id(NOON, "b")


def test_later_is_later() -> None:
    earlier, later = time_id(NOON, "z"), time_id(NOON + timedelta(microseconds=1), "a")
    assert moment_of(earlier) < moment_of(later)


def test_ids_of_others_are_read_too() -> None:
    assert abs(moment_of(uuid1()) - datetime.now(UTC)) < timedelta(minutes=1)
