"""One model in both colours, with every kind of column that a filter can meet, and strategies for its values."""

from __future__ import annotations

import datetime as dt
import ipaddress
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import pydantic
from hypothesis import strategies as st

from coodie import aio, sync
from coodie.duration import CqlDuration
from coodie.fields import (
    Ascii,
    BigInt,
    ClusteringKey,
    Double,
    Frozen,
    Indexed,
    PrimaryKey,
    SmallInt,
    Static,
    TinyInt,
    VarInt,
)

UTC = dt.UTC


class Kind(Enum):
    A = "a"
    B = "b"


COLUMNS: dict[str, Any] = {
    "one": (Annotated[int, PrimaryKey(0)], ...),
    "two": (Annotated[str, PrimaryKey(1)], ...),
    "day": (Annotated[dt.date, ClusteringKey("DESC", 0)], ...),
    "number": (Annotated[int, ClusteringKey("ASC", 1)], ...),
    "site": (Annotated[str | None, Static()], None),
    "text": (str | None, None),
    "whole": (int | None, None),
    "real": (Annotated[float, Double()] | None, None),
    "flag": (bool | None, None),
    "kind": (Kind | None, None),
    "blob": (bytes | None, None),
    "length": (CqlDuration | None, None),
    "city": (Annotated[str | None, Indexed()], None),
    "rank": (Annotated[int | None, Indexed(using="sai")], None),
    "tags": (Annotated[set[str], Indexed()], set()),
    "notes": (list[str], []),
    "stock": (Annotated[dict[str, int], Indexed(target="keys")], {}),
    "fixed": (Annotated[list[int], Frozen()], []),
    "pair": (tuple[int, str] | None, None),
}
WORDS = st.sampled_from(["", "a", "b", "it's", "é", "%a%"])
NUMBERS = st.sampled_from([-1, 0, 1, 7, 2**31 - 1])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "one": NUMBERS,
    "two": WORDS,
    "day": st.sampled_from([dt.date(2026, 1, 1), dt.date(1, 1, 1), dt.date(9999, 12, 31)]),
    "number": NUMBERS,
    "site": WORDS,
    "text": WORDS,
    "whole": NUMBERS,
    "real": st.sampled_from([0.0, -1.5, float("inf")]),
    "flag": st.booleans(),
    "kind": st.sampled_from([Kind.A, "b"]),
    "blob": st.sampled_from([b"", b"a"]),
    "length": st.sampled_from([CqlDuration(1), CqlDuration()]),
    "city": WORDS,
    "rank": NUMBERS,
    "tags": st.sets(WORDS, max_size=2),
    "notes": st.lists(WORDS, max_size=2),
    "stock": st.dictionaries(WORDS, NUMBERS, max_size=2),
    "fixed": st.lists(NUMBERS, max_size=2),
    "pair": st.tuples(NUMBERS, WORDS),
}
ELEMENTS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "contains": {"tags": WORDS, "notes": WORDS, "stock": NUMBERS, "fixed": NUMBERS},
    "contains_key": {"stock": WORDS},
}
LOOKUPS = [
    "",
    "gt",
    "gte",
    "lt",
    "lte",
    "in",
    "contains",
    "contains_key",
    "like",
    "ne",
    "token__gt",
    "token__lte",
    "key",
]


def models(name: str) -> tuple[Any, Any]:
    """Make the model in both colours over one table."""
    plain, coloured = (
        pydantic.create_model(name, __base__=flavour.Document, __module__=__name__, **COLUMNS)
        for flavour in (sync, aio)
    )
    return plain, coloured


@st.composite
def filters(draw: st.DrawFn) -> dict[str, Any]:
    """Draw filters: what makes sense and what does not, the key more often than chance."""
    found: dict[str, Any] = {}
    if draw(st.booleans()):
        found["one"], found["two"] = draw(VALUES["one"]), draw(VALUES["two"])
        if draw(st.booleans()):
            found["day"] = draw(VALUES["day"])
    for _ in range(draw(st.integers(0, 3))):
        field = draw(st.sampled_from(sorted(COLUMNS)))
        lookup = draw(st.sampled_from(LOOKUPS))
        values = ELEMENTS.get(lookup, {}).get(field, VALUES[field])
        if lookup == "in":
            values = st.lists(values, max_size=3)
        elif lookup.startswith("token"):
            values = NUMBERS
        elif lookup == "key":
            values = st.tuples(WORDS, NUMBERS)
        found[f"{field}__{lookup}" if lookup else field] = draw(values)
    return found


ORDERS = st.lists(
    st.tuples(st.sampled_from(["", "-"]), st.sampled_from(["day", "number", "text", "one"])).map("".join),
    max_size=2,
)


# Documents of every type, each value as the server can hold it.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MILLISECONDS = st.datetimes(dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000, fold=0)
)
SIGNS = st.sampled_from([1, -1])
DURATIONS = st.builds(
    lambda sign, months, days, nanoseconds: CqlDuration(sign * months, sign * days, sign * nanoseconds),
    SIGNS,
    st.integers(0, 2**31 - 1),
    st.integers(0, 2**31 - 1),
    st.integers(0, 2**63 - 1),
)
FLOATS = st.floats(width=32, allow_nan=False)
DOUBLES = st.floats(allow_nan=False)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False).filter(
    lambda value: not (value.is_zero() and value.is_signed())
)
INETS = st.ip_addresses()
DOCUMENT: dict[str, tuple[Any, st.SearchStrategy[Any]]] = {
    "key": (Annotated[str, PrimaryKey()], TEXT.filter(bool)),
    "at": (Annotated[dt.datetime, ClusteringKey()], MILLISECONDS),
    "whole": (int, st.integers(-(2**31), 2**31 - 1)),
    "big": (Annotated[int, BigInt()], st.integers(-(2**63), 2**63 - 1)),
    "small": (Annotated[int, SmallInt()], st.integers(-(2**15), 2**15 - 1)),
    "tiny": (Annotated[int, TinyInt()], st.integers(-128, 127)),
    "huge": (Annotated[int, VarInt()], st.integers()),
    "single": (float, FLOATS),
    "double": (Annotated[float, Double()], DOUBLES),
    "exact": (Decimal, DECIMALS),
    "flag": (bool, st.booleans()),
    "plain": (Annotated[str, Ascii()], st.text(st.characters(max_codepoint=127), max_size=20)),
    "blob": (bytes, st.binary(max_size=50)),
    "uuid": (Any, st.uuids()),
    "day": (dt.date, st.dates()),
    "time": (dt.time, st.times().map(lambda time: time.replace(fold=0))),
    "length": (CqlDuration, DURATIONS),
    "inet": (ipaddress.IPv4Address | ipaddress.IPv6Address, INETS),
    "kind": (Kind, st.sampled_from(Kind)),
    "words": (set[str], st.sets(TEXT, max_size=4)),
    "numbers": (list[Annotated[float, Double()]], st.lists(DOUBLES, max_size=4)),
    "by_day": (
        dict[dt.date, list[Decimal]],
        st.dictionaries(st.dates(), st.lists(DECIMALS, max_size=3), max_size=3),
    ),
    "nested": (
        dict[str, dict[Kind, list[tuple[int, dt.datetime | None]]]],
        st.dictionaries(
            TEXT,
            st.dictionaries(
                st.sampled_from(Kind),
                st.lists(st.tuples(st.integers(-5, 5), st.none() | MILLISECONDS), max_size=2),
                max_size=2,
            ),
            max_size=2,
        ),
    ),
    "sets": (set[frozenset[int]], st.sets(st.frozensets(st.integers(-5, 5), max_size=3), max_size=3)),
    "maybe": (str | None, st.none() | TEXT),
}
