"""Batches, counters, options and decimals, alike on every driver."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Annotated, Any
from uuid import uuid4

import pydantic
import pytest
from contract_items import define

from coodie.exceptions import (
    InvalidQueryError,
    ServerRejected,
    Timeout,
    Unavailable,
)
from coodie.execution import observe
from coodie.fields import ClusteringKey, Counter, PrimaryKey
from coodie.observation import Observation

SECOND = 1_000_000


class TestBatches:
    def query(self, world, **arguments):
        kind = world.flavour.BatchQuery if world.colour == "sync" else world.flavour.AsyncBatchQuery
        return kind(**arguments)

    def send(self, world, batch):
        return world.call(batch.execute)

    @pytest.mark.parametrize("logged", [True, False])
    def test_all_of_it_is_written(self, world, item, shelf, logged):
        batch = self.query(world, logged=logged)
        for number in range(3):
            world.call(item(shelf=shelf, number=number, name="a").save, batch=batch)
        assert world.call(item.find(shelf=shelf).all) == []
        assert self.send(world, batch).applied
        assert world.call(item.find(shelf=shelf).count) == 3

    def test_one_timestamp_for_all_of_it(self, world, item, shelf):
        now = int(time.time()) * SECOND
        batch = self.query(world, timestamp=now)
        world.call(item(shelf=shelf, number=1, name="a").save, batch=batch)
        world.call(item(shelf=shelf, number=2, name="a").save, batch=batch)
        self.send(world, batch)
        assert world.call(item.find(shelf=shelf).writetime, "name") == [now, now]

    def test_conditions_hold_for_all_or_none(self, world, item, shelf):
        world.call(item(shelf=shelf, number=1, name="a").save)
        batch = self.query(world)
        world.call(item(shelf=shelf, number=2, name="b").insert, batch=batch)
        world.call(item(shelf=shelf, number=1, name="b").insert, batch=batch)
        result = self.send(world, batch)
        assert not result.applied
        assert any(row.get("number") == 1 for row in result.rows)
        assert world.call(item.find(shelf=shelf).count) == 1

    def test_a_misfit_is_an_error_of_ours(self, world, item, shelf):
        batch = self.query(world)
        batch.add("INSERT INTO nowhere (a) VALUES (?)", [1])
        with pytest.raises(ServerRejected, match="nowhere"):
            self.send(world, batch)
        batch = self.query(world)
        world.call(item(shelf=shelf, rank=40_000).save, batch=batch)
        with pytest.raises(InvalidQueryError, match="rank"):
            self.send(world, batch)


class TestCounters:
    def test_count(self, world):
        base = world.flavour.CounterDocument
        model = pydantic.create_model(
            "Visits",
            __base__=base,
            __module__=__name__,
            page=(Annotated[str, PrimaryKey()], ...),
            seen=(Annotated[int, Counter()], 0),
        )
        world.call(model.sync_table)
        page = uuid4().hex
        world.call(model(page=page).increment, seen=5)
        world.call(model(page=page).decrement, seen=2)
        assert world.call(model.get, page=page).seen == 3


class TestOptions:
    @pytest.mark.parametrize("level", ["ONE", "QUORUM", "LOCAL_QUORUM", "ALL", "LOCAL_ONE"])
    def test_a_consistency_reaches_the_server(self, world, item, shelf, level):
        seen: list[Observation] = []
        with observe(seen.append):
            world.call(item(shelf=shelf).save, consistency=level)
            world.call(item.find(shelf=shelf).consistency(level).all)
        assert [each.consistency for each in seen] == [level, level]

    def test_one_that_cannot_be_reached_is_unavailable(self, world, driver_type, item, shelf):
        counts = r"TWO.*2 are needed, 1 are there" if driver_type != "acsylla" else "too few replicas.*TWO"
        with pytest.raises(Unavailable, match=counts) as raised:
            world.call(item.find(shelf=shelf).consistency("TWO").all)
        assert raised.value.retry_safe
        assert raised.value.__cause__ is not None
        assert "SELECT" in raised.value.statement.cql
        with pytest.raises(Unavailable):
            world.call(item(shelf=shelf).save, consistency="THREE")

    def test_a_level_that_a_read_cannot_have_is_refused(self, world, item, shelf):
        with pytest.raises((ServerRejected, InvalidQueryError)):
            world.call(item.find(shelf=shelf).consistency("ANY").all)

    def test_without_one_the_connection_decides(self, world, driver, item, shelf):
        seen: list[Observation] = []
        with observe(seen.append):
            world.call(item.find(shelf=shelf).all)
        assert seen[0].consistency == driver.consistency

    def test_a_timeout_is_a_timeout(self, world, item, shelf):
        world.call(item(shelf=shelf).save)
        with pytest.raises(Timeout) as raised:
            self.fifty_times(lambda: world.call(item.find(shelf=shelf).timeout(1e-6).all))
        assert raised.value.retry_safe
        assert raised.value.statement is not None
        with pytest.raises(Timeout) as raised:
            self.fifty_times(lambda: world.call(item(shelf=shelf).insert, timeout=1e-6))
        assert not raised.value.retry_safe

    @staticmethod
    def fifty_times(action: Any) -> None:
        """Do it until it fails: a fast answer may win against any timeout."""
        for _ in range(50):
            action()


class TestDecimals:
    def test_are_found_by_a_list_of_them(self, world):
        model = define(
            world,
            "Priced",
            shop=(Annotated[str, PrimaryKey()], ...),
            price=(Annotated[Decimal, ClusteringKey()], ...),
            paid=(Decimal | None, None),
        )
        shop = uuid4().hex
        for price in ("1", "1.50", "-2.25", "1000000000000000000000.5"):
            world.call(model(shop=shop, price=Decimal(price), paid=Decimal(price)).save)
        wanted = [Decimal("1.5"), Decimal("-2.25"), Decimal(7)]
        found = world.call(model.find(shop=shop, price__in=wanted).all)
        assert [each.price for each in found] == [Decimal("-2.25"), Decimal("1.50")]
        assert world.call(model.find(shop=shop, price__in=[]).all) == []
        rows = world.raw("SELECT price FROM priced WHERE shop = ? AND price IN ?", [shop, wanted[:1]])
        assert rows == [{"price": Decimal("1.50")}]

    def test_are_compared_by_a_list_of_them_in_a_condition(self, world, driver_type):
        model = define(world, "Paid", number=(Annotated[str, PrimaryKey()], ...), sum=(Decimal | None, None))
        made = world.call(model(number=uuid4().hex, sum=Decimal("2.50")).save)
        chosen = [Decimal("2.5"), Decimal(3)]
        assert world.call(made.update, sum=Decimal(4), if_conditions={"sum__in": chosen}).applied
        assert world.call(model.get, number=made.number).sum == Decimal(4)
        if driver_type != "acsylla":  # which cannot read the decimal that a refusal gives back
            assert not world.call(made.update, sum=Decimal(5), if_conditions={"sum__in": chosen}).applied
