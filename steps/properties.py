"""Promises about any document: Hypothesis draws the examples inside one step."""

from __future__ import annotations

import datetime as dt
import enum
import ipaddress
import itertools
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import hypothesis
from hypothesis import strategies as draw
from pydantic import AnyUrl
from pytest_bdd import parsers, then

from coodie.cqltype import CqlType
from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError
from coodie.schema.inspect import table_of
from coodie.schema.usertype import is_usertype, layout_of
from coodie.types import split

if TYPE_CHECKING:
    from coodie.livingdoc.attach import LivingDoc
    from coodie.schema.column import ColumnDefinition
    from steps.world import World

_INT32, _INT64 = 2**31, 2**63
_ANY_TEXT = draw.text(draw.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
_MOMENTS = draw.datetimes(timezones=draw.just(dt.UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
_SCALARS: dict[str, draw.SearchStrategy[Any]] = {
    "text": _ANY_TEXT,
    "ascii": draw.text(draw.characters(max_codepoint=127, exclude_characters="\0"), max_size=20),
    "boolean": draw.booleans(),
    "int": draw.integers(-_INT32, _INT32 - 1),
    "tinyint": draw.integers(-128, 127),
    "smallint": draw.integers(-(2**15), 2**15 - 1),
    "bigint": draw.integers(-_INT64, _INT64 - 1),
    "varint": draw.integers(),
    "float": draw.floats(width=32, allow_nan=False),
    "double": draw.floats(allow_nan=False),
    "decimal": draw.decimals(allow_nan=False, allow_infinity=False, places=6),
    "blob": draw.binary(max_size=40),
    "uuid": draw.uuids(),
    "timeuuid": draw.uuids(version=1),
    "timestamp": _MOMENTS,
    "date": draw.dates(),
    "time": draw.times(),
    "duration": draw.builds(
        CqlDuration,
        draw.integers(0, _INT32 - 1),
        draw.integers(0, _INT32 - 1),
        draw.integers(0, _INT64 - 1),
    ),
}


def examples(count: int) -> hypothesis.settings:
    """Return the settings of a property: so many examples, however busy the machine is."""
    slow = [hypothesis.HealthCheck.too_slow]
    return hypothesis.settings(max_examples=count, deadline=None, database=None, suppress_health_check=slow)


@then(parsers.parse("of {count:d} documents drawn, each is equal to itself when it is saved and read back"))
def any_document_survives(world: World, livingdoc: LivingDoc, count: int) -> None:
    """Save and read documents of all models of the scenario."""
    pool = [world.model(name) for name in world.prepared]
    drawn: dict[str, int] = {}
    numbers = itertools.count()

    @examples(count)
    @hypothesis.given(draw.sampled_from(pool).flatmap(documents))
    def survives(document: Any) -> None:
        document = fresh(document, next(numbers))
        drawn[type(document).__name__] = drawn.get(type(document).__name__, 0) + 1
        world.call(document.save)
        assert world.call(type(document).get, **key_of(document)) == document

    survives()
    shares = ", ".join(f"{number} of {name}" for name, number in sorted(drawn.items()))
    livingdoc.attach_text("examples", f"{sum(drawn.values())} documents: {shares}")


@then(parsers.parse("of {count:d} numbers drawn, each is either stored as it is or refused"))
def any_number_is_safe(world: World, livingdoc: LivingDoc, count: int) -> None:
    """Write numbers to columns of every width."""
    model = world.model("Specimen")
    refused = 0

    @examples(count)
    @hypothesis.given(draw.sampled_from(("tiny", "small", "integer", "big", "huge")), draw.integers())
    def is_safe(field: str, number: int) -> None:
        nonlocal refused
        try:
            world.call(model(id=1, **{field: number}).save)
        except InvalidQueryError:
            refused += 1
        else:
            assert getattr(world.call(model.get, id=1), field) == number

    is_safe()
    livingdoc.attach_text("examples", f"{count} numbers, {refused} of them refused")


def fresh(document: Any, number: int) -> Any:
    """Give a document a partition of its own: what an earlier example left in a row would be read with it."""
    field = table_of(type(document)).partition_key[0].field
    drawn = getattr(document, field)
    return document.model_copy(update={field: number if isinstance(drawn, int) else f"{drawn}{number}"})


def key_of(document: Any) -> dict[str, Any]:
    """Return the primary key of a document, by field."""
    return {column.field: getattr(document, column.field) for column in table_of(type(document)).primary_key}


@lru_cache
def documents(model: Any) -> draw.SearchStrategy[Any]:
    """Return a strategy for documents of a model; optional fields may be left out."""
    needed: dict[str, draw.SearchStrategy[Any]] = {}
    optional: dict[str, draw.SearchStrategy[Any]] = {}
    for column in table_of(model).columns:
        (optional if column.has_default else needed)[column.field] = values_of(model, column)
    return draw.fixed_dictionaries(needed, optional=optional).map(lambda values: model(**values))


def values_of(model: Any, column: ColumnDefinition) -> draw.SearchStrategy[Any]:
    """Return a strategy for values of a column, `None` among them where the model takes it."""
    values = _fitting(model.model_fields[column.field].annotation, column.type)
    return draw.none() | values if column.nullable and not column.in_key else values


def _fitting(annotation: Any, cql: CqlType) -> draw.SearchStrategy[Any]:
    """Return a strategy for values of an annotation that is stored as a CQL type, to any depth."""
    annotation = split(annotation)[0]
    if is_usertype(annotation):
        return _user_values(annotation)
    arguments = get_args(annotation)
    match cql.name:
        case "list":
            return draw.lists(_fitting(arguments[0], cql.args[0]), max_size=3)
        case "set":
            return draw.frozensets(_fitting(arguments[0], cql.args[0]), max_size=3).map(
                get_origin(annotation)
            )
        case "map":
            key, item = map(_fitting, arguments, cql.args)
            return draw.dictionaries(key, item, max_size=3)
        case "tuple":
            return draw.tuples(*map(_fitting, arguments, cql.args))
        case name:
            chosen = _of_annotation(annotation)
            return _SCALARS[name] if chosen is None else chosen


def _user_values(model: Any) -> draw.SearchStrategy[Any]:
    fields = {}
    for item in layout_of(model).fields:
        values = _fitting(model.model_fields[item.field].annotation, item.mapping.cql)
        fields[item.field] = draw.none() | values if item.mapping.nullable else values
    return draw.fixed_dictionaries(fields).map(lambda values: model(**values))


def _of_annotation(annotation: Any) -> draw.SearchStrategy[Any] | None:
    if get_origin(annotation) is Literal:
        return draw.sampled_from(get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return draw.sampled_from(annotation)
    if annotation is AnyUrl:
        return draw.sampled_from(("https://example.org/", "ftp://example.org/a%20b?c=d#e"))
    if annotation in (ipaddress.IPv4Address, ipaddress.IPv6Address):
        return draw.ip_addresses(v=4 if annotation is ipaddress.IPv4Address else 6)
    return None
