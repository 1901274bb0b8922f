"""Python annotations to CQL types, and CQL types to text and back."""

# ruff: noqa: UP007, UP045 - every spelling of an annotation is tried

from __future__ import annotations

import datetime as dt
import ipaddress
from collections import OrderedDict
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Annotated, Any, Literal, NewType, Optional, Union
from uuid import UUID

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coodie.cqltype import SCALARS, CqlType, parse_cql_type, scalar
from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError
from coodie.fields import (
    Ascii,
    BigInt,
    Counter,
    Double,
    Duration,
    Frozen,
    SmallInt,
    Time,
    TimeUUID,
    TinyInt,
    VarInt,
)
from coodie.types import map_annotation, python_type_to_cql_type_str


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Rank(IntEnum):
    ONE = 1


class Word(StrEnum):
    A = "a"


class Mixed(Enum):
    A = 1
    B = "b"


class Name(str):
    __slots__ = ()


Email = NewType("Email", str)
Boxed = NewType("Boxed", list[int])


@pytest.mark.parametrize(
    ("annotation", "cql"),
    [
        (str, "text"),
        (int, "int"),
        (float, "float"),
        (bool, "boolean"),
        (bytes, "blob"),
        (UUID, "uuid"),
        (dt.datetime, "timestamp"),
        (dt.date, "date"),
        (dt.time, "time"),
        (Decimal, "decimal"),
        (ipaddress.IPv4Address, "inet"),
        (ipaddress.IPv6Address, "inet"),
        (Union[ipaddress.IPv4Address, ipaddress.IPv6Address], "inet"),
        (CqlDuration, "duration"),
        (Colour, "text"),
        (Rank, "int"),
        (Word, "text"),
        (Literal["a", "b"], "text"),
        (Literal[1, 2], "int"),
        (Name, "text"),
        (Email, "text"),
        (Boxed, "list<int>"),
        (pydantic.SecretStr, "text"),
        (pydantic.SecretBytes, "blob"),
        (pydantic.AnyUrl, "text"),
        (pydantic.HttpUrl, "text"),
        (pydantic.PostgresDsn, "text"),
        (pydantic.PositiveInt, "int"),
        (pydantic.conint(gt=3), "int"),
        (pydantic.AwareDatetime, "timestamp"),
        (pydantic.UUID4, "uuid"),
        (Annotated[int, BigInt()], "bigint"),
        (Annotated[int, SmallInt()], "smallint"),
        (Annotated[int, TinyInt()], "tinyint"),
        (Annotated[int, VarInt()], "varint"),
        (Annotated[float, Double()], "double"),
        (Annotated[str, Ascii()], "ascii"),
        (Annotated[UUID, TimeUUID()], "timeuuid"),
        (Annotated[dt.time, Time()], "time"),
        (Annotated[CqlDuration, Duration()], "duration"),
        (Annotated[int, Counter()], "counter"),
        (Annotated[Rank, TinyInt()], "tinyint"),
        (Optional[int], "int"),
        (int | None, "int"),
        (Optional[Annotated[int, BigInt()]], "bigint"),
        (Annotated[int | None, BigInt()], "bigint"),
        (Annotated[Annotated[int, BigInt()] | None, "other"], "bigint"),
        (list[int], "list<int>"),
        (set[str], "set<text>"),
        (frozenset[str], "set<text>"),
        (dict[str, float], "map<text, float>"),
        (tuple[int, str, bool], "tuple<int, text, boolean>"),
        (list[list[int]], "list<frozen<list<int>>>"),
        (dict[str, set[int]], "map<text, frozen<set<int>>>"),
        (set[frozenset[int]], "set<frozen<set<int>>>"),
        (dict[str, dict[str, list[int]]], "map<text, frozen<map<text, frozen<list<int>>>>>"),
        (list[tuple[int, list[str]]], "list<tuple<int, frozen<list<text>>>>"),
        (tuple[int, set[int]], "tuple<int, frozen<set<int>>>"),
        (list[Annotated[int, BigInt()]], "list<bigint>"),
        (dict[Annotated[str, Ascii()], Annotated[float, Double()] | None], "map<ascii, double>"),
        (Annotated[list[int], Frozen()], "frozen<list<int>>"),
        (Annotated[dict[str, list[int]], Frozen()], "frozen<map<text, frozen<list<int>>>>"),
        (Annotated[int, Frozen()], "int"),
        (list[Colour], "list<text>"),
        (set[Literal["a"]], "set<text>"),
    ],
    ids=str,
)
def test_an_annotation_has_one_cql_type(annotation, cql):
    assert python_type_to_cql_type_str(annotation) == cql


@pytest.mark.parametrize(
    ("annotation", "reason"),
    [
        (object, "no CQL type"),
        (Any, "no CQL type"),
        (complex, "no CQL type"),
        (dt.timedelta, "no CQL type"),
        (type(None), "no CQL type"),
        (pydantic.BaseModel, "UserType"),
        (list, r"list\[str\]"),
        (set, r"set\[str\]"),
        (dict, "dict"),
        (tuple, "tuple"),
        (tuple[int, ...], "type per position"),
        (int | str, "int or text"),
        (Literal[1, "a"], "one plain type"),
        (Mixed, "one plain type"),
        (OrderedDict[str, int], "no CQL type"),
        (list[object], "object"),
        (dict[str, complex], "complex"),
        (list[Annotated[int, Counter()]], "counters"),
        (Annotated[str, BigInt()], "BigInt.*int columns"),
        (Annotated[int, Double()], "Double.*float columns"),
        (Annotated[int, Ascii()], "Ascii.*text columns"),
        (Annotated[str, TimeUUID()], "TimeUUID.*uuid columns"),
        (Annotated[str, Counter()], "Counter.*int columns"),
        (Annotated[list[int], BigInt()], "BigInt"),
    ],
    ids=str,
)
def test_what_cannot_be_stored_says_why(annotation, reason):
    with pytest.raises(InvalidQueryError, match=reason):
        map_annotation(annotation)


class TestEncode:
    @pytest.mark.parametrize(
        ("annotation", "value", "stored"),
        [
            (Colour, Colour.RED, "red"),
            (Colour, "red", "red"),
            (list[Colour], [Colour.RED, Colour.BLUE], ["red", "blue"]),
            (set[Colour], {Colour.RED}, {"red"}),
            (frozenset[Colour], frozenset({Colour.RED}), {"red"}),
            (dict[Colour, int], {Colour.RED: 1}, {"red": 1}),
            (dict[str, Colour], {"a": Colour.RED}, {"a": "red"}),
            (tuple[int, Colour], (1, Colour.RED), (1, "red")),
            (tuple[int | None, Colour | None], (None, None), (None, None)),
            (list[list[Colour]], [[Colour.RED], []], [["red"], []]),
            (pydantic.SecretStr, pydantic.SecretStr("hush"), "hush"),
            (list[pydantic.SecretStr], [pydantic.SecretStr("hush")], ["hush"]),
            (pydantic.AnyUrl, pydantic.AnyUrl("http://a/b"), "http://a/b"),
        ],
    )
    def test_gives_the_value_of_the_cql_type(self, annotation, value, stored):
        encode = map_annotation(annotation).encode
        assert encode is not None
        assert encode(value) == stored
        assert type(encode(value)) is type(stored)

    @pytest.mark.parametrize(
        "annotation", [int, str, list[int], dict[str, UUID], tuple[int, str], Literal["a"]]
    )
    def test_is_absent_where_nothing_changes(self, annotation):
        assert map_annotation(annotation).encode is None

    def test_tells_null_and_secret(self):
        assert map_annotation(int | None).nullable
        assert not map_annotation(int).nullable
        assert map_annotation(pydantic.SecretStr).secret
        assert map_annotation(list[pydantic.SecretStr] | None).secret
        assert not map_annotation(str).secret


SCALAR_TYPES = st.sampled_from(sorted(SCALARS)).map(scalar)


def _collections(inner: st.SearchStrategy[CqlType]) -> st.SearchStrategy[CqlType]:
    frozen = inner.map(CqlType.freeze)
    one = st.tuples(st.sampled_from(["list", "set"]), frozen).map(lambda pair: CqlType(pair[0], (pair[1],)))
    pair = st.tuples(frozen, frozen).map(lambda pair: CqlType("map", pair))
    row = st.lists(frozen, min_size=1, max_size=4).map(
        lambda args: CqlType("tuple", tuple(args), frozen=True)
    )
    vector = st.tuples(inner.filter(lambda each: each.name in SCALARS), st.integers(1, 9000)).map(
        lambda each: CqlType("vector", (each[0],), frozen=True, dimensions=each[1])
    )
    return one | pair | row | vector


USER_TYPES = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12
).map(lambda name: CqlType(name, user=True))
NESTED_TYPES = st.recursive(SCALAR_TYPES | USER_TYPES, _collections, max_leaves=8)
WORDS = ["int", "list", "map", "vector", "frozen", "<", ">", ",", " ", "3", '"', "'", "x"]
CQL_TYPES = NESTED_TYPES | NESTED_TYPES.map(CqlType.freeze)


class TestParse:
    @pytest.mark.property
    @given(CQL_TYPES)
    def test_reads_what_a_type_writes(self, cql):
        assert parse_cql_type(str(cql)) == cql

    @pytest.mark.property
    @given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join) | st.text(max_size=12))
    def test_gives_a_type_or_an_error_of_ours(self, text):
        try:
            found = parse_cql_type(text)
        except InvalidQueryError:
            return
        assert parse_cql_type(str(found)) == found

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("varchar", "text"),
            ("TEXT", "text"),
            ("frozen<list<int>>", "frozen<list<int>>"),
            ("frozen<tuple<int, text>>", "tuple<int, text>"),
            ("map<text,frozen<set<int>>>", "map<text, frozen<set<int>>>"),
            ("vector<float, 3>", "vector<float, 3>"),
            ("address", '"address"'),
            ('frozen<"Address">', 'frozen<"Address">'),
            ('"a""b"', '"a""b"'),
        ],
    )
    def test_normalises(self, text, written):
        assert str(parse_cql_type(text)) == written

    @pytest.mark.parametrize(
        "text",
        ["", " ", "<", ">", "list<", "list<>", "list<int", "list<int>>", "map<int;text>", "int int", "vector<float,",
         "vector<float, x>", "vector<float>", "list<int int int>", "frozen<int, text>", "frozen<>", "frozen"],
    )  # fmt: skip
    def test_refuses_what_is_no_type(self, text):
        with pytest.raises(InvalidQueryError):
            parse_cql_type(text)

    def test_a_type_inside_a_type_is_found(self):
        assert [part.name for part in parse_cql_type("map<text, frozen<list<int>>>").walk()] == [
            "map",
            "text",
            "list",
            "int",
        ]

    def test_only_unfrozen_collections_and_user_types_are_written_by_element(self):
        assert parse_cql_type("list<int>").multicell
        assert parse_cql_type("address").multicell
        for text in ("int", "frozen<list<int>>", "tuple<int>", "vector<float, 2>", "frozen<address>"):
            assert not parse_cql_type(text).multicell


class TestDuration:
    @pytest.mark.parametrize(
        "parts", [(1, -1, 0), (0, 1, -1), (2**31, 0, 0), (0, -(2**31) - 1, 0), (0, 0, 2**63)]
    )
    def test_refuses_what_the_server_could_not_hold(self, parts):
        with pytest.raises(InvalidQueryError):
            CqlDuration(*parts)

    @pytest.mark.parametrize(
        ("parts", "text"), [((0, 0, 0), "0ns"), ((1, 2, 3), "1mo2d3ns"), ((-1, 0, -3), "-1mo3ns")]
    )
    def test_is_written_as_cql_does(self, parts, text):
        assert str(CqlDuration(*parts)) == text

    def test_from_a_timedelta_is_exact(self):
        assert CqlDuration.from_timedelta(dt.timedelta(days=1, microseconds=1)) == CqlDuration(
            nanoseconds=86_400_000_001_000
        )
