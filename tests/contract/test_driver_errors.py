"""What goes wrong is the same error on every driver."""

from __future__ import annotations

from typing import Annotated

import pydantic
import pytest

from coodie.exceptions import (
    ConfigurationError,
    InvalidQueryError,
    ServerRejected,
    Unavailable,
)
from coodie.fields import PrimaryKey


class TestErrors:
    def test_syntax(self, world):
        with pytest.raises(ServerRejected, match="SELEC") as raised:
            world.raw("SELEC nothing")
        assert raised.value.__cause__ is not None
        assert not raised.value.retry_safe

    def test_an_unknown_table_says_what_makes_it(self, world):
        model = pydantic.create_model(
            "Missing", __base__=world.Document, __module__=__name__, id=(Annotated[int, PrimaryKey()], ...)
        )
        for action in (lambda: model.find().all(), lambda: model(id=1).save(), lambda: model.get(id=1)):
            with pytest.raises(
                ServerRejected, match=r"table '.*missing' does not exist: call sync_table\(\)"
            ):
                world.call(action)

    def test_an_unknown_keyspace_says_what_makes_it(self, world):
        class Lost(world.Document):
            id: Annotated[int, PrimaryKey()]

            class Settings:
                keyspace = "no_such_keyspace"

        for action in (Lost.find().all, Lost.sync_table):
            with pytest.raises(
                ServerRejected, match=r"'no_such_keyspace' does not exist: call create_keyspace"
            ):
                world.call(action)

    def test_a_column_that_the_table_lacks(self, world, item):
        world.call(item(shelf="x").save)
        other = pydantic.create_model(
            "Item",
            __base__=world.Document,
            __module__=__name__,
            shelf=(Annotated[str, PrimaryKey()], ...),
            novel=(str, ""),
        )
        with pytest.raises(ServerRejected, match="novel"):
            world.call(other.find().all)

    @pytest.mark.parametrize(
        ("field", "value"), [("rank", 40_000), ("rank", 2**70), ("number", 2**31), ("name", "\ud800")]
    )
    def test_a_value_that_does_not_fit_names_its_column(self, world, item, field, value):
        with pytest.raises(InvalidQueryError, match=field):
            world.call(item(**{"shelf": "x", field: value}).save)

    def test_parameters_by_hand_that_do_not_fit(self, world, item):
        world.call(item(shelf="x").save)
        cql = "SELECT name FROM item WHERE shelf = ? AND number = ?"
        for params in (["x"], ["x", 1, 2], ["x", "one"], [5, 1]):
            with pytest.raises(InvalidQueryError):
                world.raw(cql, params)
        assert world.raw(cql, ["x", 0]) == [{"name": None}]

    @pytest.mark.usefixtures("item", "registry")
    def test_cql_by_hand_needs_no_keyspace_in_it(self, world, driver_type, address, coodie_keyspace):
        for cql, params in (
            ("SELECT name FROM item", None),
            ("SELECT name FROM item WHERE shelf = ?", ["none"]),
        ):
            made = world.call(
                world.flavour.init_coodie,
                [address],
                keyspace=coodie_keyspace,
                driver_type=driver_type,
                name="fresh",
            )
            world.raw(cql, params)
            made.close()

    @pytest.mark.usefixtures("registry")
    def test_no_host_answers(self, world, driver_type):
        with pytest.raises(Unavailable, match=r"no CQL server answers.*coodie server up"):
            world.call(world.flavour.init_coodie, ["127.0.0.1:1"], driver_type=driver_type, connect_timeout=1)

    @pytest.mark.usefixtures("registry")
    def test_an_argument_that_no_cluster_takes(self, world, driver_type, address):
        with pytest.raises(ConfigurationError, match="nonsense"):
            world.call(world.flavour.init_coodie, [address], driver_type=driver_type, nonsense=1)

    @pytest.mark.usefixtures("registry")
    def test_a_policy_of_another_driver(self, world, driver_type, address):
        with pytest.raises(ConfigurationError, match=r"object.*this driver takes .*Policy"):
            world.call(
                world.flavour.init_coodie,
                [address],
                driver_type=driver_type,
                speculative_execution_policy=object(),
            )
