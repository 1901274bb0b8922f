"""Syncing against a real server: what is missing is added, what is there plans nothing, what differs is told."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import uuid4

import pydantic
import pytest

from coodie.exceptions import InvalidQueryError
from coodie.fields import BigInt, ClusteringKey, Column, Frozen, Indexed, PrimaryKey, Static
from coodie.usertype import UserType

KEY = (Annotated[int, PrimaryKey()], ...)


@pytest.fixture
def title() -> str:
    """A class name, and so a table, of the test's own."""
    return f"T{uuid4().hex[:12]}"


def make(world: Any, title: str, settings: dict[str, Any] | None = None, **fields: Any) -> Any:
    made = pydantic.create_model(title, __base__=world.Document, __module__=__name__, **fields)
    if settings:
        made.Settings = type("Settings", (), settings)
    return made


def sync(world: Any, model: Any, **arguments: Any) -> Any:
    return world.call(model.sync_table, **arguments)


class TestTables:
    def test_a_second_sync_plans_nothing(self, world, title):
        model = make(
            world,
            title,
            {
                "__default_ttl__": 3600,
                "__options__": {
                    "comment": "it's",
                    "gc_grace_seconds": 60,
                    "compaction": {"class": "LeveledCompactionStrategy", "sstable_size_in_mb": 80},
                },
            },
            id=KEY,
            at=(Annotated[int, ClusteringKey("DESC")], 0),
            site=(Annotated[str | None, Static()], None),
            Odd=(Annotated[str, Column("odd name")], ""),
            tags=(Annotated[dict[str, set[int]], Indexed(target="keys"), Indexed(target="values")], {}),
            whole=(Annotated[list[int], Frozen(), Indexed(target="full")], []),
            plain=(Annotated[str | None, Indexed()], None),
            members=(Annotated[set[str], Indexed()], set()),
            rank=(Annotated[int | None, Indexed(using="sai")], None),
            pair=(tuple[int, dict[str, int]] | None, None),
        )
        plan = sync(world, model)
        assert [statement.split(" ", 1)[0] for statement in plan] == ["CREATE"] * 7
        assert sync(world, model) == []
        assert sync(world, model).drift == ()

    def test_a_dry_run_says_what_a_sync_sends(self, world, title):
        model = make(world, title, id=KEY, name=(Annotated[str, Indexed()], ""))
        dry = sync(world, model, dry_run=True)
        assert len(dry) == 2
        assert sync(world, model) == dry
        assert sync(world, model, dry_run=True) == []

    def test_new_columns_indexes_and_options_are_added(self, world, title):
        sync(world, make(world, title, id=KEY))
        grown = make(
            world,
            title,
            {"default_ttl": 60},
            id=KEY,
            one=(Annotated[str, Indexed()], ""),
            two=(list[int], []),
        )
        plan = sync(world, grown)
        assert [statement.split(" ")[0] for statement in plan] == ["ALTER", "ALTER", "CREATE"]
        assert 'ADD ("one" text, "two" list<int>)' in plan[0]
        assert "default_time_to_live = 60" in plan[1]
        assert sync(world, grown) == []
        world.call(grown(id=1, one="x", two=[1]).save)
        assert world.call(grown.find(one="x").one).two == [1]

    def test_what_the_model_lacks_is_drift_and_stays(self, world, title):
        sync(world, make(world, title, id=KEY, old=(Annotated[str, Indexed()], "")))
        plan = sync(world, make(world, title, id=KEY))
        assert plan == []
        assert len(plan.drift) == 2
        assert all("old" in line for line in plan.drift)

    def test_a_removed_index_is_dropped_only_when_asked(self, world, title):
        sync(world, make(world, title, id=KEY, name=(Annotated[str, Indexed()], "")))
        without = make(world, title, id=KEY, name=(str, ""))
        assert sync(world, without) == []
        (dropped,) = sync(world, without, drop_removed_indexes=True)
        assert dropped.startswith("DROP INDEX")
        assert sync(world, without).drift == ()

    @pytest.mark.parametrize(
        ("before", "after", "says"),
        [
            ({"a": (int, 0)}, {"a": (str, "")}, r"a is text.*is int"),
            ({"a": (int, 0)}, {"a": (Annotated[int, BigInt()], 0)}, r"a is bigint.*is int"),
            (
                {"a": (list[int], [])},
                {"a": (Annotated[list[int], Frozen()], [])},
                r"frozen<list<int>>.*is list<int>",
            ),
            (
                {"a": (Annotated[int, ClusteringKey()], 0)},
                {"a": (Annotated[int, ClusteringKey("DESC")], 0)},
                "DESC.*ASC",
            ),
            ({"a": (int, 0)}, {"a": (Annotated[int, ClusteringKey()], 0)}, "clustering.*regular"),
            ({}, {"a": (Annotated[int, ClusteringKey()], 0)}, "key of table"),
        ],
    )
    def test_what_cannot_be_changed_is_an_error_that_names_both(self, world, title, before, after, says):
        sync(world, make(world, title, id=KEY, **before))
        with pytest.raises(InvalidQueryError, match=says) as raised:
            sync(world, make(world, title, id=KEY, **after))
        assert title in str(raised.value)

    def test_an_index_under_another_name_is_adopted(self, world, title):
        model = make(world, title, id=KEY, name=(Annotated[str, Indexed()], ""))
        sync(world, make(world, title, id=KEY, name=(str, "")))
        world.raw(f"CREATE INDEX other_{title.lower()} ON {model.table_name()} (name)")
        plan = sync(world, model)
        assert plan == []
        assert any(f"other_{title.lower()}" in line for line in plan.drift)

    def test_dropping_and_truncating(self, world, title):
        model = make(world, title, id=KEY)
        sync(world, model)
        world.call(model(id=1).save)
        world.call(model.truncate)
        assert world.call(model.find().count) == 0
        world.call(model.drop_table)
        world.call(model.drop_table)
        assert len(sync(world, model)) == 1


class TestUserTypes:
    def test_are_made_extended_and_read_back(self, world, title):
        street = type(
            f"Street{title}", (UserType,), {"__annotations__": {"name": str}, "__module__": __name__}
        )
        home = pydantic.create_model(
            f"Home{title}",
            __base__=UserType,
            __module__=__name__,
            street=(street, ...),
            numbers=(list[int], []),
        )
        model = make(world, title, id=KEY, home=(home | None, None), homes=(list[home], []))
        plan = sync(world, model)
        assert [statement.split(" ")[1] for statement in plan] == ["TYPE", "TYPE", "TABLE"]
        assert sync(world, model) == []
        value = home(street=street(name="a"), numbers=[1, 2])
        world.call(model(id=1, home=value, homes=[value, value]).save)
        read = world.call(model.get, id=1)
        assert read.home == value
        assert read.homes == [value, value]
        assert type(read.home) is home
        assert type(read.home.street) is street
