"""Pages, conditions, time and nulls, alike on every driver."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest

from coodie.cql.dialect import Dialect
from coodie.drivers import get_driver
from coodie.exceptions import (
    DocumentNotFound,
    InvalidQueryError,
)
from coodie.execution import observe
from coodie.observation import Observation

SECOND = 1_000_000


class TestServer:
    def test_is_described(self, driver):
        assert driver.server.dialect is Dialect.CASSANDRA
        assert driver.server.version[0].isdigit()
        assert driver.target.dialect is Dialect.CASSANDRA

    def test_the_connection_is_registered_with_its_keyspace(self, driver, driver_type, coodie_keyspace):
        assert get_driver(driver_type) is driver
        assert driver.keyspace == coodie_keyspace


@pytest.fixture(scope="module")
def full(world, item):
    """A partition of 25 rows."""
    shelf = uuid4().hex
    for number in range(25):
        world.call(item(shelf=shelf, number=number).save)
    return shelf


class TestPages:
    def test_follow_each_other_by_their_token(self, world, item, full):
        query = item.find(shelf=full).fetch_size(10)
        sizes, numbers, state = [], [], None
        while True:
            page = world.call(query.page(state).paged_all)
            sizes.append(len(page.data))
            numbers += [each.number for each in page.data]
            state = page.paging_state
            if state is None:
                break
            assert isinstance(state, bytes)
        assert sizes == [10, 10, 5]
        assert numbers == list(range(25))

    def test_all_reads_every_page(self, world, item, full):
        seen: list[Observation] = []
        with observe(seen.append):
            found = world.call(item.find(shelf=full).fetch_size(10).all)
        assert [each.number for each in found] == list(range(25))
        assert len(seen) == 3

    def test_iteration_reads_page_by_page(self, world, item, full):
        seen: list[Observation] = []
        with observe(seen.append):
            found = world.rows(item.find(shelf=full).fetch_size(10))
        assert [each.number for each in found] == list(range(25))
        assert len(seen) == 3

    def test_limits_count_whatever_the_page(self, world, item, full):
        assert len(world.call(item.find(shelf=full).fetch_size(2).limit(5).all)) == 5
        assert len(world.call(item.find(shelf=full).per_partition_limit(3).all)) == 3
        assert world.call(item.find(shelf=full).count) == 25
        assert world.call(item.find(shelf=full).order_by("-number").first).number == 24

    @pytest.mark.usefixtures("registry")
    def test_a_token_that_no_server_made_does_no_harm(
        self, world, driver_type, address, coodie_keyspace, item, full
    ):
        """The server would close the connection on it, and the driver would take the server for gone."""
        made = world.call(
            world.flavour.init_coodie,
            [address],
            keyspace=coodie_keyspace,
            driver_type=driver_type,
            name="tokens",
        )
        for token in (b"nonsense", b"\0", b"\xff" * 40):
            with pytest.raises(InvalidQueryError):
                world.call(item.find(shelf=full).page(token).paged_all)
            assert world.call(item.find(shelf=full).count) == 25
        made.close()


class TestConditions:
    def test_insert_tells_whether_and_what_stood_in_the_way(self, world, item, shelf):
        assert world.call(item(shelf=shelf, name="first", rank=3).insert).applied
        result = world.call(item(shelf=shelf, name="second").insert)
        assert not result.applied
        assert result.existing == {
            "shelf": shelf,
            "number": 0,
            "name": "first",
            "rank": 3,
            "tags": set(),
            "site": None,
        }
        assert world.call(item.get, shelf=shelf, number=0).name == "first"

    def test_update_applies_where_its_conditions_hold(self, world, item, shelf):
        made = world.call(item(shelf=shelf, name="a", rank=3).save)
        refused = world.call(made.update, name="b", if_conditions={"rank__gt": 5})
        assert (refused.applied, refused.existing) == (False, {"rank": 3})
        assert made.name == "a"
        assert world.call(made.update, name="b", if_conditions={"rank__in": [3, 4], "name": "a"}).applied
        assert made.name == "b"
        assert world.call(item.get, shelf=shelf, number=0).name == "b"

    def test_a_condition_may_ask_for_null(self, world, item, shelf):
        made = world.call(item(shelf=shelf, name="a").save)
        assert world.call(made.update, name="b", if_conditions={"rank": None}).applied
        assert not world.call(made.update, name="c", if_conditions={"name": None}).applied

    def test_if_exists(self, world, item, shelf):
        ghost = item(shelf=shelf)
        assert not world.call(ghost.update, name="b", if_exists=True).applied
        assert not world.call(ghost.delete, if_exists=True).applied
        world.call(ghost.save)
        assert world.call(ghost.update, name="b", if_exists=True).applied
        assert not world.call(ghost.delete, if_conditions={"name": "a"}).applied
        assert world.call(ghost.delete, if_conditions={"name": "b"}).applied
        with pytest.raises(DocumentNotFound):
            world.call(item.get, shelf=shelf, number=0)


class TestTime:
    def test_what_is_saved_with_a_ttl_expires(self, world, item, shelf):
        world.call(item(shelf=shelf, name="a").save, ttl=1000)
        (left,) = world.call(item.find(shelf=shelf).column_ttl, "name")
        assert 990 < left <= 1000
        world.call(item(shelf=shelf, number=1, name="a").save)
        assert world.call(item.find(shelf=shelf, number=1).column_ttl, "name") == [None]
        world.call(item(shelf=shelf, number=2, name="a").save, ttl=1)
        time.sleep(1.1)
        assert world.call(item.find(shelf=shelf, number=2).all) == []

    def test_a_timestamp_decides_which_write_wins(self, world, item, shelf):
        now = int(time.time()) * SECOND
        world.call(item(shelf=shelf, name="new").save, timestamp=now)
        world.call(item(shelf=shelf, name="old").save, timestamp=now - SECOND)
        assert world.call(item.find(shelf=shelf).writetime, "name") == [now]
        assert world.call(item.get, shelf=shelf, number=0).name == "new"
        world.call(item(shelf=shelf).delete, timestamp=now - SECOND)
        assert world.call(item.get, shelf=shelf, number=0).name == "new"
        world.call(item(shelf=shelf).delete, timestamp=now)
        assert world.call(item.find(shelf=shelf).all) == []

    def test_updates_take_both(self, world, item, shelf):
        now = int(time.time()) * SECOND
        made = world.call(item(shelf=shelf).save, timestamp=now - SECOND)
        world.call(made.update, name="a", ttl=1000, timestamp=now)
        assert world.call(item.find(shelf=shelf).writetime, "name") == [now]
        world.call(item.find(shelf=shelf, number=0).ttl(500).timestamp(now + 1).update, name="b")
        ((written, left),) = world.call(
            item.find(shelf=shelf).values_list("WRITETIME(name)", "TTL(name)").all
        )
        assert written == now + 1
        assert 490 < left <= 500


class TestNulls:
    def test_what_was_never_set_is_left_alone_and_an_explicit_none_erases(self, world, item, shelf):
        world.call(item(shelf=shelf, name="a", rank=1, site="s").save)
        world.call(item(shelf=shelf, rank=2).save)
        assert world.call(item.get, shelf=shelf, number=0).name == "a"
        world.call(item(shelf=shelf, name=None, rank=2).save)
        read = world.call(item.get, shelf=shelf, number=0)
        assert (read.name, read.rank, read.site) == (None, 2, "s")

    def test_what_was_read_as_null_is_not_written_back(self, world, item, shelf):
        world.call(item(shelf=shelf).save)
        read = world.call(item.get, shelf=shelf, number=0)
        world.call(item(shelf=shelf, name="meanwhile").save)
        world.call(read.save)
        assert world.call(item.get, shelf=shelf, number=0).name == "meanwhile"

    def test_a_static_column_is_shared_and_updated_through_a_row(self, world, item, shelf):
        first = world.call(item(shelf=shelf, number=1, site="a").save)
        second = world.call(item(shelf=shelf, number=2).save)
        world.call(second.refresh)
        assert second.site == "a"
        world.call(first.update, site="b")
        world.call(second.refresh)
        assert second.site == "b"

    def test_a_partition_with_only_a_static_value_has_no_document(self, world, item, shelf):
        world.call(item.find(shelf=shelf).update, site="alone")
        assert world.call(item.find(shelf=shelf).all) == []
        assert world.rows(item.find(shelf=shelf)) == []
        assert world.call(item.find(shelf=shelf).first) is None
        assert world.call(item.find(shelf=shelf).values_list("site", flat=True).all) == ["alone"]
        world.call(item(shelf=shelf, number=1).save)
        assert [each.site for each in world.call(item.find(shelf=shelf).all)] == ["alone"]

    def test_elements_of_a_collection(self, world, item, shelf):
        made = world.call(item(shelf=shelf, tags={"a"}).save)
        world.call(made.update, tags__add={"b", "c"})
        world.call(made.update, tags__remove={"a"})
        assert world.call(item.get, shelf=shelf, number=0).tags == made.tags == {"b", "c"}
