"""Rows to documents and documents to parameters: nulls, defaults, what counts as set, decoders, UNSET."""

# ruff: noqa: RUF012 - pydantic copies a default for each document

from __future__ import annotations

import datetime as dt
import ipaddress
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import pydantic
import pytest
from memory_driver import rows_of

from coodie.cqltype import parse_cql_type
from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError
from coodie.fields import BigInt, ClusteringKey, Column, Frozen, PrimaryKey, SmallInt, TimeUUID
from coodie.rows.bind import compile_binder
from coodie.rows.check import coerce
from coodie.rows.hydrate import hydrate
from coodie.rows.rows import Rows
from coodie.rows.unset import UNSET
from coodie.schema import table_of
from coodie.sync import Document


class Size(Enum):
    S = "s"
    L = "l"


class Shirt(Document):
    id: Annotated[int, PrimaryKey()]
    size: Size | None = None
    colour: str = "white"
    note: str | None = "none yet"
    tags: set[str] = set()
    washed: list[dt.date] = []
    stock: dict[str, int] = {}
    secret: pydantic.SecretStr | None = None
    price: Annotated[int | None, Column("unit price")] = pydantic.Field(None, alias="cost")


TYPES = {
    "id": "int",
    "size": "text",
    "colour": "text",
    "note": "text",
    "tags": "set<text>",
    "washed": "list<date>",
    "stock": "map<text, int>",
    "secret": "text",
    "unit price": "int",
}


class TestHydrate:
    def test_values_become_those_of_the_annotations(self):
        row = (1, "s", "red", "x", {"a"}, [dt.date(2026, 1, 2)], {"m": 1}, "hush", 5)
        (shirt,) = hydrate(Shirt, rows_of(TYPES, row))
        assert shirt == Shirt(
            id=1,
            size=Size.S,
            colour="red",
            note="x",
            tags={"a"},
            washed=[dt.date(2026, 1, 2)],
            stock={"m": 1},
            secret="hush",  # noqa: S106
            cost=5,
        )
        assert shirt.model_fields_set == set(Shirt.model_fields)

    def test_nulls_are_none_where_admitted_empty_in_collections_and_else_the_default(self):
        (shirt,) = hydrate(Shirt, rows_of(TYPES, (1, None, None, None, None, None, None, None, None)))
        assert shirt.size is None
        assert shirt.colour == "white"
        assert shirt.note is None
        assert (shirt.tags, shirt.washed, shirt.stock) == (set(), [], {})

    def test_a_null_counts_as_not_set(self):
        (shirt,) = hydrate(Shirt, rows_of(TYPES, (1, None, None, "x", None, None, {"a": 1}, None, None)))
        assert shirt.model_fields_set == {"id", "note", "stock"}

    def test_empty_collections_are_not_shared(self):
        nulls = (None,) * 8
        one, two = hydrate(Shirt, rows_of(TYPES, (1, *nulls), (2, *nulls)))
        one.tags.add("x")
        one.stock["x"] = 1
        assert (two.tags, two.stock) == (set(), {})

    def test_no_rows_are_no_documents(self):
        assert hydrate(Shirt, rows_of(TYPES)) == []

    def test_the_driver_values_are_decoded_once_each(self):
        calls: list[Any] = []

        def decode(value: Any) -> Any:
            calls.append(value)
            return set(value)

        def decoder(cql: Any) -> Any:
            return decode if cql.name == "set" else None

        rows = Rows(("id", "tags"), tuple(map(parse_cql_type, ("int", "set<text>"))), [(1, ["a"]), (2, None)])
        found = hydrate(Shirt, rows._replace(decoder=decoder))
        assert [shirt.tags for shirt in found] == [{"a"}, set()]
        assert calls == [["a"]]

    def test_columns_may_come_in_any_order_and_number(self):
        (shirt,) = hydrate(Shirt, rows_of({"colour": "text", "id": "int"}, ("red", 1)))
        assert (shirt.id, shirt.colour, shirt.note) == (1, "red", "none yet")

    def test_a_value_that_the_model_refuses_is_an_error_of_the_model(self):
        class Strict(Document):
            id: Annotated[int, PrimaryKey()]
            age: Annotated[int, pydantic.Field(gt=0)]

        with pytest.raises(pydantic.ValidationError, match="age"):
            hydrate(Strict, rows_of({"id": "int", "age": "int"}, (1, -1)))

    def test_validators_run_once_a_row(self):
        class Loud(Document):
            id: Annotated[int, PrimaryKey()]

            @pydantic.field_validator("id")
            @classmethod
            def double(cls, value: int) -> int:
                return value * 2

        assert [each.id for each in hydrate(Loud, rows_of({"id": "int"}, (1,), (2,)))] == [2, 4]

    def test_names_that_need_quoting_in_python(self):
        class Odd(Document):
            id: Annotated[int, PrimaryKey()]
            value: Annotated[str, Column('it\'s "odd"\n\\')] = ""

        (odd,) = hydrate(Odd, rows_of({"id": "int", 'it\'s "odd"\n\\': "text"}, (1, "x")))
        assert odd.value == "x"


class TestBind:
    @staticmethod
    def bind(document: Document) -> tuple[Any, ...]:
        table = table_of(type(document))
        return compile_binder(table, table.columns)(document)

    def test_none_that_nobody_set_is_left_unset(self):
        assert self.bind(Shirt(id=1)) == (1, UNSET, "white", "none yet", UNSET, UNSET, UNSET, UNSET, UNSET)

    @pytest.mark.parametrize("explicit", [lambda: Shirt(id=1, size=None), lambda: assigned("size", None)])
    def test_none_that_was_passed_or_assigned_is_a_null(self, explicit):
        assert self.bind(explicit())[1] is None

    def test_values_are_encoded(self):
        shirt = Shirt(id=1, size="l", secret="hush")  # noqa: S106
        bound = self.bind(shirt)
        assert (bound[1], bound[7]) == ("l", "hush")

    def test_read_then_written_leaves_no_tombstone(self):
        (shirt,) = hydrate(Shirt, rows_of(TYPES, (1, None, None, None, None, None, None, None, None)))
        unset = [value for value in self.bind(shirt) if value is UNSET]
        assert [value for value in self.bind(shirt) if value is None or value in ([], set(), {})] == []
        assert len(unset) == 7, "an empty collection is a tombstone to the server"

    def test_a_key_cannot_be_none(self):
        class Note(Document):
            id: Annotated[int | None, PrimaryKey()] = None
            at: Annotated[int, ClusteringKey()] = 0

        with pytest.raises(InvalidQueryError, match=r"Note\.id is part of the primary key"):
            self.bind(Note())
        with pytest.raises(InvalidQueryError, match=r"Note\.id"):
            self.bind(Note(id=None))

    def test_a_document_without_all_its_fields_is_not_written_whole(self):
        shirt = Shirt(id=1)
        del shirt.__dict__["colour"]
        with pytest.raises(InvalidQueryError, match=r"Shirt.*colour.*update\(\)"):
            self.bind(shirt)

    def test_one_column_is_a_tuple_too(self):
        class Single(Document):
            id: Annotated[str, PrimaryKey()]

        assert self.bind(Single(id="ab")) == ("ab",)


def assigned(field: str, value: Any) -> Shirt:
    shirt = Shirt(id=1)
    setattr(shirt, field, value)
    return shirt


class TestCoerce:
    @pytest.mark.parametrize(
        ("cql", "value", "fit"),
        [
            ("int", "7", 7),
            ("int", 2**31 - 1, 2**31 - 1),
            ("bigint", -(2**63), -(2**63)),
            ("varint", 2**70, 2**70),
            ("uuid", "12345678-1234-5678-1234-567812345678", UUID("12345678-1234-5678-1234-567812345678")),
            ("inet", "::1", ipaddress.IPv6Address("::1")),
            ("date", "2026-01-02", dt.date(2026, 1, 2)),
            ("float", 1, 1.0),
            ("list<int>", ("1", 2), [1, 2]),
            ("set<text>", ["a", "a"], {"a"}),
            ("map<text, int>", {"a": "1"}, {"a": 1}),
            ("tuple<int, text>", ["1", "a"], (1, "a")),
            ("duration", CqlDuration(1), CqlDuration(1)),
            ("timestamp", dt.datetime(2026, 1, 1), dt.datetime(2026, 1, 1)),  # noqa: DTZ001 - naive is UTC
        ],
    )
    def test_makes_a_value_fit(self, cql, value, fit):
        found = coerce(parse_cql_type(cql), value, "T.c")
        assert found == fit
        assert type(found) is type(fit)

    @pytest.mark.parametrize(
        ("cql", "value", "reason"),
        [
            ("int", 2**31, "32 bits"),
            ("int", -(2**31) - 1, "32 bits"),
            ("smallint", 40_000, "16 bits"),
            ("tinyint", 128, "8 bits"),
            ("bigint", 2**63, "64 bits"),
            ("counter", 2**63, "64 bits"),
            ("int", "seven", "integer"),
            ("int", 1.5, "int"),
            ("float", 1e39, "32 bits"),
            ("ascii", "ä", "ASCII"),
            ("text", "\ud800", "Unicode"),
            ("text", 5, "string"),
            ("timeuuid", UUID(int=0), "version 1"),
            ("list<int>", [2**31], "32 bits"),
            ("list<int>", [None], "list<int>"),
            ("map<tinyint, text>", {200: "a"}, "8 bits"),
            ("map<text, tinyint>", {"a": 200}, "8 bits"),
            ("tuple<int, text>", (1,), "tuple<int, text>"),
            ("boolean", "perhaps", "boolean"),
            ("uuid", "x", "UUID"),
            ("inet", "1.2.3", "IP"),
            ("duration", "1d", "CqlDuration"),
        ],
    )
    def test_refuses_what_does_not_and_says_where_and_why(self, cql, value, reason):
        with pytest.raises(InvalidQueryError, match=reason) as raised:
            coerce(parse_cql_type(cql), value, "Thing.field")
        assert "Thing.field is" in str(raised.value)

    def test_a_long_value_is_cut_in_the_message(self):
        with pytest.raises(InvalidQueryError) as raised:
            coerce(parse_cql_type("int"), "x" * 5000, "Thing.field")
        assert len(str(raised.value)) < 300


class Profile(Document):
    id: Annotated[int, PrimaryKey()]
    name: str = "a"
    age: Annotated[int, SmallInt(), pydantic.Field(ge=0)] = 1
    size: Size = Size.S
    tags: set[str] = {"x"}
    sizes: set[Size] = set()
    notes: list[str] = ["a", "b", "a"]
    stock: dict[str, int] = {"m": 1, "n": 2}
    fixed: Annotated[list[int], Frozen()] = []
    big: Annotated[int, BigInt()] | None = None
    stamp: Annotated[UUID, TimeUUID()] | None = None


class TestChanges:
    @pytest.mark.parametrize(
        ("changes", "field", "after"),
        [
            ({"name": "b"}, "name", "b"),
            ({"size": "l"}, "size", Size.L),
            ({"age": "7"}, "age", 7),
            ({"big": None}, "big", None),
            ({"tags__add": {"y"}}, "tags", {"x", "y"}),
            ({"tags__remove": {"x", "z"}}, "tags", set()),
            ({"sizes__add": {Size.L}}, "sizes", {Size.L}),
            ({"add__tags": ["y"]}, "tags", {"x", "y"}),
            ({"notes__append": ["c"]}, "notes", ["a", "b", "a", "c"]),
            ({"notes__prepend": ["c", "d"]}, "notes", ["c", "d", "a", "b", "a"]),
            ({"notes__remove": ["a"]}, "notes", ["b"]),
            ({"notes__setindex": (1, "z")}, "notes", ["a", "z", "a"]),
            ({"stock__add": {"n": 3, "o": 4}}, "stock", {"m": 1, "n": 3, "o": 4}),
            ({"stock__update": {"m": 9}}, "stock", {"m": 9, "n": 2}),
            ({"stock__remove": {"m"}}, "stock", {"n": 2}),
            ({"stock__put": ("m", 7)}, "stock", {"m": 7, "n": 2}),
            ({"stock__put": ("m", None)}, "stock", {"n": 2}),
        ],
    )
    def test_the_document_is_what_the_row_is_after_an_applied_write(self, memory, changes, field, after):
        profile = Profile(id=1)
        assert profile.update(**changes).applied
        assert getattr(profile, field) == after
        assert type(getattr(profile, field)) is type(after)
        assert field in profile.model_fields_set
        assert len(memory.sent) == 1

    def test_it_stays_as_it_is_when_the_write_was_not_applied(self, memory):
        memory.answer(rows_of({"[applied]": "boolean", "name": "text"}, (False, "other")))
        profile = Profile(id=1)
        before = profile.model_copy(deep=True)
        result = profile.update(name="b", if_conditions={"name": "a"})
        assert not result
        assert result.existing == {"name": "other"}
        assert profile == before
        assert profile.model_fields_set == {"id"}

    def test_it_stays_as_it_is_when_the_server_fails(self, memory):
        memory.answer(TimeoutError())
        profile = Profile(id=1)
        with pytest.raises(TimeoutError):
            profile.update(name="b", tags__add={"y"})
        assert profile == Profile(id=1)

    @pytest.mark.parametrize(
        "changes",
        [
            {"tags__add": 5},
            {"tags__add": None},
            {"tags__add": "abc"},
            {"tags__add": [object()]},
            {"stock__add": 5},
            {"stock__add": ["m"]},
            {"stock__remove": 5},
            {"notes__append": 5},
            {"notes__append": "abc"},
            {"notes__prepend": None},
            {"notes__setindex": (9, "z")},
            {"stock__put": (None, 5)},
            {"stock__put": ("m", "many")},
            {"tags__add": {"y"}, "tags__remove": {"x"}},
            {"tags": {"z"}, "tags__add": {"y"}},
            {"fixed__append": [1]},
            {"name__add": "x"},
        ],
        ids=str,
    )
    def test_what_cannot_be_is_refused_before_the_wire_and_changes_nothing(self, memory, changes):
        profile = Profile(id=1)
        before = profile.model_copy(deep=True)
        with pytest.raises((InvalidQueryError, pydantic.ValidationError)):
            profile.update(**changes)
        assert memory.sent == []
        assert profile == before

    @pytest.mark.parametrize("changes", [{"age": -1}, {"age": "old"}, {"size": "xl"}, {"name": None}])
    def test_the_model_validates_what_is_set(self, memory, changes):
        with pytest.raises(pydantic.ValidationError):
            Profile(id=1).update(**changes)
        assert memory.sent == []

    def test_a_map_key_or_list_position_is_checked_against_its_type(self, memory):
        with pytest.raises(pydantic.ValidationError, match="stock"):
            Profile(id=1).update(stock__put=(5, 5))
        with pytest.raises(InvalidQueryError, match=r"Profile\.stock"):
            Profile.find(id=1).update(stock__put=(5, 5))
        with pytest.raises(InvalidQueryError, match="position"):
            Profile.find(id=1).update(notes__setindex=(-1, "z"))
        with pytest.raises(InvalidQueryError, match="position"):
            Profile.find(id=1).update(notes__setindex=("a", "z"))
        assert memory.sent == []


class TestConditionalResults:
    def test_an_insert_that_met_a_row_tells_it_by_field_with_python_values(self, memory):
        answer = rows_of(
            {"[applied]": "boolean", **TYPES}, (False, 1, "s", None, None, None, None, None, None, 5)
        )
        memory.answer(answer)
        result = Shirt(id=1).insert()
        assert not result.applied
        assert result.existing is not None
        assert result.existing["id"] == 1
        assert result.existing["price"] == 5

    def test_values_of_the_row_in_the_way_are_as_in_a_document(self, memory):
        answer = rows_of(
            {"[applied]": "boolean", **TYPES}, (False, 1, "s", None, None, None, None, None, None, 5)
        )
        memory.answer(answer)
        existing = Shirt(id=1).insert().existing
        assert existing is not None
        assert existing["size"] is Size.S
        assert existing["tags"] == set()

    def test_applied_has_nothing_in_the_way(self, memory):
        memory.answer(rows_of({"[applied]": "boolean"}, (True,)))
        result = Shirt(id=1).insert()
        assert bool(result)
        assert result.existing is None
