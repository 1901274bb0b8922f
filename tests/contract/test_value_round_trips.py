"""Every CQL type goes to a real server and comes back equal, of the same Python type, and with its time zone."""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal, get_args, get_origin
from uuid import UUID, uuid1, uuid4

import pydantic
import pytest

from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError, UnsupportedByDriver
from coodie.fields import (
    Ascii,
    BigInt,
    Double,
    Frozen,
    PrimaryKey,
    SmallInt,
    TimeUUID,
    TinyInt,
    VarInt,
)

UTC = dt.UTC
EAST = dt.timezone(dt.timedelta(hours=5, minutes=30))


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Rank(IntEnum):
    LOW = 1
    HIGH = 300


BIG = 2**63
# Annotation, and values of it.
SCALARS: dict[str, tuple[Any, list[Any]]] = {
    "text": (str, ["a", "", "it's", "日本語 🎉", "a\nb", "x" * 70_000]),
    "ascii": (Annotated[str, Ascii()], ["a", "", "~"]),
    "int": (int, [0, -1, 2**31 - 1, -(2**31)]),
    "bigint": (Annotated[int, BigInt()], [0, BIG - 1, -BIG]),
    "smallint": (Annotated[int, SmallInt()], [0, 32_767, -32_768]),
    "tinyint": (Annotated[int, TinyInt()], [0, 127, -128]),
    "varint": (Annotated[int, VarInt()], [0, -1, 127, 128, 255, 2**64, -(2**200), 10**50]),
    "float": (float, [0.0, -1.5, 3.4028234663852886e38, math.inf, -math.inf]),
    "double": (Annotated[float, Double()], [0.1, -1e308, 5e-324, math.inf]),
    "boolean": (bool, [True, False]),
    "blob": (bytes, [b"", b"\x00\xff", bytes(range(256))]),
    "uuid": (UUID, [UUID(int=0), uuid4(), UUID(int=2**128 - 1)]),
    "timeuuid": (Annotated[UUID, TimeUUID()], [uuid1()]),
    "decimal": (
        Decimal,
        [
            Decimal(0),
            Decimal("1.10"),
            Decimal("-0.001"),
            Decimal("1E+20"),
            Decimal("123456789012345678901234567890.5"),
        ],
    ),
    "date": (dt.date, [dt.date(2026, 2, 28), dt.date(1, 1, 1), dt.date(9999, 12, 31), dt.date(1969, 12, 31)]),
    "time": (dt.time, [dt.time(0), dt.time(23, 59, 59, 999_999), dt.time(1, 2, 3, 4)]),
    "instant": (
        dt.datetime,
        [
            dt.datetime(2026, 3, 29, 1, 30, 15, 123_000, UTC),
            dt.datetime(1970, 1, 1, tzinfo=UTC),
            dt.datetime(1969, 12, 31, 23, 59, 59, 999_000, UTC),
            dt.datetime(1, 1, 2, tzinfo=UTC),
            dt.datetime(9999, 12, 31, 23, 59, 59, 999_000, UTC),
        ],
    ),
    "inet": (
        ipaddress.IPv4Address | ipaddress.IPv6Address,
        [ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("2001:db8::1"), ipaddress.ip_address("::")],
    ),
    "duration": (
        CqlDuration,
        [
            CqlDuration(),
            CqlDuration(1, 2, 3),
            CqlDuration(-1, -2, -3),
            CqlDuration(0, 0, 10**15),
            CqlDuration(14),
        ],
    ),
    "enum": (Colour, [Colour.RED, Colour.BLUE]),
    "int_enum": (Rank, [Rank.HIGH]),
    "literal": (Literal["a", "b"], ["a"]),
    "url": (pydantic.HttpUrl, [pydantic.HttpUrl("https://example.org/a?b=c")]),
    "secret": (pydantic.SecretStr, [pydantic.SecretStr("hush")]),
    "secret_bytes": (pydantic.SecretBytes, [pydantic.SecretBytes(b"hush")]),
}
# A duration has no order, so it is no key; pydantic's secrets do not hash alike in every version.
KEYS = [name for name in SCALARS if name not in ("duration", "secret", "secret_bytes")]
NESTED: dict[str, tuple[Any, list[Any]]] = {
    "list_of_sets": (list[set[int]], [[{1, 2}, set(), {3}]]),
    "set_of_sets": (set[frozenset[int]], [{frozenset({1, 2}), frozenset()}]),
    "set_of_tuples": (set[tuple[int, str]], [{(1, "a"), (2, "b")}]),
    "map_of_maps": (dict[str, dict[str, list[int]]], [{"a": {"b": [1, 2]}, "c": {}}]),
    "map_by_set": (dict[frozenset[str], int], [{frozenset({"a", "b"}): 1}]),
    "map_by_tuple": (dict[tuple[int, dt.date], list[UUID]], [{(1, dt.date(2026, 1, 1)): [UUID(int=5)]}]),
    "list_of_tuples": (
        list[tuple[int, list[dt.date]]],
        [[(1, [dt.date(2026, 1, 1)]), (2, [])]],
    ),
    "tuple_of_all": (
        tuple[dt.datetime, CqlDuration, ipaddress.IPv4Address, list[dt.time], Colour],
        [
            (
                dt.datetime(2026, 1, 1, tzinfo=UTC),
                CqlDuration(1),
                ipaddress.IPv4Address("1.2.3.4"),
                [dt.time(1)],
                Colour.RED,
            )
        ],
    ),
    "tuple_with_none": (tuple[int | None, str | None], [(None, "a"), (1, None)]),
    "list_of_durations": (list[CqlDuration], [[CqlDuration(1), CqlDuration(0, 1)]]),
    "map_of_inets": (dict[ipaddress.IPv4Address, ipaddress.IPv6Address], [
        {ipaddress.IPv4Address("1.2.3.4"): ipaddress.IPv6Address("::1")}
    ]),
    "enums_inside": (dict[Colour, list[Rank]], [{Colour.RED: [Rank.HIGH, Rank.LOW]}]),
    "urls_inside": (list[pydantic.HttpUrl], [[pydantic.HttpUrl("https://example.org/")]]),
    "secrets_inside": (list[pydantic.SecretStr], [[pydantic.SecretStr("hush")]]),
    "frozen_list": (Annotated[list[int], Frozen()], [[1, 2, 2], []]),
    "frozen_map": (Annotated[dict[str, set[int]], Frozen()], [{"a": {1}}, {}]),
    "map_to_instants_now": (
        dict[str, list[dt.datetime]],
        [{"a": [dt.datetime(2026, 1, 1, 12, 30, 59, ms * 1000, UTC) for ms in range(1000)]}],
    ),
    "three_deep": (list[list[list[dt.datetime]]], [[[[dt.datetime(2026, 1, 1, tzinfo=UTC)], []], []]]),
    "map_three_deep": (dict[str, dict[int, dict[bool, Decimal]]], [{"a": {1: {True: Decimal("1.5")}}}]),
}  # fmt: skip
COLLECTIONS: dict[str, tuple[Any, list[Any]]] = {}
for _name, (_type, _values) in SCALARS.items():
    COLLECTIONS[f"list_{_name}"] = (list[_type], [_values, list(reversed(_values)) * 2])
    COLLECTIONS[f"tuple_{_name}"] = (tuple[_type, int], [(value, 1) for value in _values[:2]])
    COLLECTIONS[f"map_to_{_name}"] = (dict[int, _type], [dict(enumerate(_values))])
    if _name in KEYS:
        COLLECTIONS[f"set_{_name}"] = (set[_type], [set(_values)])
        COLLECTIONS[f"map_by_{_name}"] = (dict[_type, str], [dict.fromkeys(_values, "x")])


def _shorter(value: Any) -> Any:
    """Map keys and elements may be 64 KiB at most; the long text has its own test as a column."""
    match value:
        case str():
            return value[:1000]
        case list() | set() | tuple():
            return type(value)(map(_shorter, value))
        case dict():
            return {_shorter(key): _shorter(item) for key, item in value.items()}
        case _:
            return value


FIELDS = SCALARS | {name: (kind, _shorter(values)) for name, (kind, values) in (COLLECTIONS | NESTED).items()}


@pytest.fixture(scope="module")
def model(world):
    """A table with a column of every type; both colours share it."""
    fields: dict[str, Any] = {name: (kind | None, None) for name, (kind, _) in FIELDS.items()}
    made = pydantic.create_model(
        "Everything",
        __base__=world.Document,
        __module__=__name__,
        id=(Annotated[UUID, PrimaryKey()], ...),
        **fields,
    )
    world.call(made.sync_table)
    assert world.call(made.sync_table) == [], "a table that was just made differs from its model"
    return made


def same_type(one: Any, other: Any) -> bool:
    """Compare the Python types of two values, all the way down."""
    if type(one) is not type(other):
        return False
    match one:
        case dict():
            return same_type(sorted(one, key=repr), sorted(other, key=repr)) and all(
                same_type(item, other[key]) for key, item in one.items()
            )
        case set() | frozenset():
            return same_type(sorted(one, key=repr), sorted(other, key=repr))
        case list() | tuple():
            return len(one) == len(other) and all(map(same_type, one, other))
        case dt.datetime():
            return one.utcoffset() == other.utcoffset()
        case Decimal():
            return one.as_tuple() == other.as_tuple()
        case float():
            return math.copysign(1, one) == math.copysign(1, other)
        case _:
            return True


def _beyond_acsylla(value: Any, *, inner: bool = False, hashed: bool = False) -> bool:
    """Tell what acsylla cannot keep inside another value: decimals, instants far from now, and in a set collections."""
    match value:
        case Decimal():
            return inner
        case dt.datetime():
            return inner and not 1698 <= value.year <= 2241
        case dict():
            return (
                hashed
                or any(_beyond_acsylla(key, inner=True, hashed=True) for key in value)
                or any(_beyond_acsylla(item, inner=True) for item in value.values())
            )
        case set() | frozenset():
            return hashed or any(_beyond_acsylla(item, inner=True, hashed=True) for item in value)
        case list():
            return hashed or any(_beyond_acsylla(item, inner=True) for item in value)
        case tuple():
            return any(_beyond_acsylla(item, inner=True, hashed=hashed) for item in value)
        case _:
            return False


def _beyond_python_rs(value: Any, *, hashed: bool = False) -> bool:
    """Tell what python-rs cannot keep: durations, nulls in tuples, and in a set collections."""
    match value:
        case CqlDuration():
            return True
        case dict():
            return (
                hashed
                or any(_beyond_python_rs(key, hashed=True) for key in value)
                or any(map(_beyond_python_rs, value.values()))
            )
        case set() | frozenset():
            return hashed or any(_beyond_python_rs(item, hashed=True) for item in value)
        case list():
            return hashed or any(map(_beyond_python_rs, value))
        case tuple():
            return None in value or any(_beyond_python_rs(item, hashed=hashed) for item in value)
        case _:
            return False


# What a driver cannot do is an error that names it, for these values and no others.
BEYOND: dict[str, Any] = {"acsylla": _beyond_acsylla, "python-rs": _beyond_python_rs}


def beyond(driver_type: str, value: Any) -> bool:
    """Tell whether a driver refuses a value."""
    return driver_type in BEYOND and BEYOND[driver_type](value)


def within(driver_type: str, values: dict[str, Any]) -> dict[str, Any]:
    """Leave out the values that the driver refuses."""
    return {field: value for field, value in values.items() if not beyond(driver_type, value)}


@pytest.mark.parametrize("field", FIELDS)
def test_values_come_back_as_they_were_written(world, model, driver_type, field):
    for value in FIELDS[field][1]:
        key = uuid4()
        if beyond(driver_type, value):
            with pytest.raises(UnsupportedByDriver, match=f"{field}.*{driver_type}.*driver_type="):
                world.call(model(id=key, **{field: value}).save)
            continue
        world.call(model(id=key, **{field: value}).save)
        read = world.call(model.get, id=key)
        assert getattr(read, field) == value
        assert same_type(getattr(read, field), value), getattr(read, field)
        assert read.model_fields_set <= {"id", field}
        selected = world.call(model.find(id=key).values_list(field, flat=True).one)
        assert selected == value
        assert same_type(selected, value), selected


def test_nulls_come_back_as_none_or_empty(world, model):
    key = uuid4()
    world.call(model(id=key, **dict.fromkeys(FIELDS)).save)
    read = world.call(model.get, id=key)
    for field, (kind, _) in FIELDS.items():
        origin = get_origin(kind)
        bare = get_origin(get_args(kind)[0]) if origin is Annotated else origin
        assert getattr(read, field) == (bare() if bare in (list, set, dict) else None), field


def test_an_update_binds_as_a_save_does(world, model, driver_type):
    key = uuid4()
    values = within(driver_type, {field: values[-1] for field, (_, values) in FIELDS.items()})
    world.call(model(id=key).update, **values)
    read = world.call(model.get, id=key)
    for field, value in values.items():
        assert getattr(read, field) == value, field


@pytest.mark.parametrize(
    "field", [name for name in FIELDS if not name.startswith(("list", "tuple", "map_to"))]
)
def test_an_update_of_one_column(world, model, driver_type, field):
    key, value = uuid4(), FIELDS[field][1][0]
    if beyond(driver_type, value):
        with pytest.raises(UnsupportedByDriver, match=f"{field}.*{driver_type}"):
            world.call(model.find(id=key).update, **{field: value})
        return
    world.call(model.find(id=key).update, **{field: value})
    assert world.call(model.find(id=key).values_list(field, flat=True).one) == value


class TestTimestamps:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            (
                dt.datetime(2026, 7, 1, 12, tzinfo=EAST),
                dt.datetime(2026, 7, 1, 6, 30, tzinfo=UTC),
            ),
            (dt.datetime(2026, 7, 1, 12), dt.datetime(2026, 7, 1, 12, tzinfo=UTC)),  # noqa: DTZ001
            (
                dt.datetime(2026, 7, 1, 12, 0, 0, 123_999, UTC),
                dt.datetime(2026, 7, 1, 12, 0, 0, 123_000, UTC),
            ),
        ],
        ids=["another zone", "naive", "microseconds"],
    )
    def test_keep_the_instant_in_utc_and_milliseconds(self, world, model, written, read):
        key = uuid4()
        world.call(model(id=key, instant=written).save)
        found = world.call(model.get, id=key).instant
        assert found == read
        assert found.utcoffset() == dt.timedelta(0)

    def test_microseconds_before_1970_are_cut_as_after_it(self, world, model):
        key = uuid4()
        world.call(model(id=key, instant=dt.datetime(1969, 12, 31, 23, 59, 59, 1_999, UTC)).save)
        found = world.call(model.get, id=key).instant
        assert found == dt.datetime(1969, 12, 31, 23, 59, 59, 1_000, UTC)


def test_a_time_with_a_zone_is_not_silently_another_one(world, model):
    """CQL's `time` has no zone: what cannot be kept is refused, not dropped."""
    key = uuid4()
    written = dt.time(12, tzinfo=EAST)
    try:
        world.call(model(id=key, time=written).save)
    except (ValueError, InvalidQueryError):
        return
    assert world.call(model.get, id=key).time == written


def test_not_a_number_comes_back(world, model):
    key = uuid4()
    world.call(model(id=key, float=math.nan, double=math.nan).save)
    read = world.call(model.get, id=key)
    assert math.isnan(read.float)
    assert math.isnan(read.double)


def test_a_float_is_a_float32(world, model):
    key = uuid4()
    world.call(model(id=key, float=0.1).save)
    assert world.call(model.get, id=key).float == pytest.approx(0.1, rel=1e-7)


def test_what_another_driver_wrote_is_read_or_refused_by_name(
    world, model, driver_type, coodie_cql, coodie_keyspace
):
    if driver_type not in BEYOND:
        pytest.skip("this driver reads all of them")
    unreadable = {
        "acsylla": [
            ("list_decimal", "[-1.5]"), ("list_decimal", "[1.1]"), ("set_of_sets", "{{1}}"),
            ("map_by_set", "{{'a'}: 1}"), ("list_instant", "['9999-12-31T23:59:59.999Z']"),
        ],
        "python-rs": [("duration", "1mo2h"), ("list_duration", "[2h]")],
    }  # fmt: skip
    for column, literal in unreadable[driver_type]:
        key = uuid4()
        coodie_cql.execute(
            f"INSERT INTO {coodie_keyspace}.everything (id, {column}) VALUES ({key}, {literal})"
        )
        with pytest.raises(UnsupportedByDriver, match=f"{driver_type}.*driver_type="):
            world.call(model.get, id=key)
        with pytest.raises(UnsupportedByDriver, match=f"{driver_type}.*driver_type="):
            world.raw(f"SELECT {column} FROM everything WHERE id = ?", [key])


def test_no_type_of_the_driver_reaches_rows_by_hand(world, model, driver_type):
    key = uuid4()
    values = within(driver_type, {name: values[0] for name, (_, values) in FIELDS.items()})
    world.call(model(id=key, **values).save)
    (row,) = world.raw("SELECT * FROM everything WHERE id = ?", [key])

    def modules(value: Any) -> set[str]:
        inner: list[Any] = []
        if isinstance(value, dict):
            inner = [*value, *value.values()]
        elif isinstance(value, (list, set, frozenset, tuple)):
            inner = list(value)
        return {type(value).__module__}.union(*map(modules, inner))

    assert modules(row) <= {"builtins", "datetime", "decimal", "uuid", "ipaddress", "coodie.duration"}


class TestFilters:
    @pytest.mark.parametrize("field", [name for name in KEYS if name not in ("blob", "text", "ascii")])
    def test_a_value_of_every_type_finds_its_row(self, world, model, driver_type, field):
        key = uuid4()
        value = FIELDS[field][1][0]
        if beyond(driver_type, value):
            with pytest.raises(UnsupportedByDriver, match=f"{field}.*{driver_type}"):
                world.call(model.find(id=key, **{field: value}).allow_filtering().all)
            return
        world.call(model(id=key, **{field: value}).save)
        found = world.call(model.find(id=key, **{field: value}).allow_filtering().all)
        assert [each.id for each in found] == [key]

    def test_a_duration_is_found_by_equality(self, world, model, driver_type):
        if driver_type == "python-rs":
            pytest.skip("this driver refuses durations, which another test expects of it")
        key = uuid4()
        world.call(model(id=key, duration=CqlDuration(1, 2, 3)).save)
        assert world.call(model.find(id=key, duration=CqlDuration(1, 2, 3)).allow_filtering().count) == 1

    @pytest.mark.parametrize(
        ("lookup", "value"),
        [
            ("list_date__contains", dt.date(2026, 2, 28)),
            ("set_enum__contains", Colour.RED),
            ("map_by_inet__contains_key", ipaddress.ip_address("127.0.0.1")),
            ("map_by_time__contains_key", dt.time(1, 2, 3, 4)),
            ("frozen_list", [1, 2, 2]),
            ("tuple_int", (0, 1)),
        ],
    )
    def test_elements_are_bound_as_their_type(self, world, model, driver_type, lookup, value):
        key = uuid4()
        field = lookup.partition("__")[0]
        written = next(each for each in FIELDS[field][1] if not beyond(driver_type, each))
        world.call(model(id=key, **{field: written}).save)
        found = world.call(model.find(id=key, **{lookup: value}).allow_filtering().all)
        assert [each.id for each in found] == [key]
