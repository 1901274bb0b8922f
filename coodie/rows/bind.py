"""Documents and values into parameter tuples.

A document's values were validated by pydantic, so they are taken as they are; what a driver still cannot encode, the
adapter explains with `coodie.rows.check`. `None`, or an empty collection, that nobody set becomes `UNSET`, so
that saving a document writes no tombstones; one that was assigned or passed is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic import BaseModel

from coodie.cql.literal import shown
from coodie.cql.terms import TOKENS, Change, Op, Predicate
from coodie.cql.where import bound_type
from coodie.cqltype import CqlType
from coodie.exceptions import InvalidQueryError
from coodie.rows.check import coerce, coercer, exact, misfit
from coodie.rows.unset import UNSET
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table
from coodie.vectors.packed import VectorError

Binder = Callable[[BaseModel], tuple[Any, ...]]
_EMPTY_KEYS = ("", b"")
_INT32 = 2**31


class _Layout(NamedTuple):
    """What is known of a row's parameters before there is one."""

    model: str
    fields: tuple[str, ...]
    encoders: tuple[tuple[int, Callable[[Any], Any]], ...]
    keys: tuple[int, ...]
    sole_key: int | None
    collections: tuple[int, ...]
    time_uuids: tuple[tuple[int, CqlType], ...]


def _layout(table: Table, columns: tuple[ColumnDefinition, ...]) -> _Layout:
    places = tuple(enumerate(columns))
    return _Layout(
        table.model,
        tuple(column.field for column in columns),
        tuple((place, column.encode) for place, column in places if column.encode is not None),
        tuple(place for place, column in places if column.in_key),
        None if table.sole_key is None else columns.index(table.sole_key),
        tuple(place for place, column in places if column.type.is_collection and not column.in_key),
        # The one type that an annotation does not tell apart, and that no driver checks.
        tuple(
            (place, column.type)
            for place, column in places
            if any(part.name == "timeuuid" for part in column.type.walk())
        ),
    )


def compile_binder(table: Table, columns: tuple[ColumnDefinition, ...]) -> Binder:
    """Compile the function that turns a document into the parameters of `columns`, the key among them."""
    layout, model = _layout(table, columns), table.model
    fields, sole_key, collections = layout.fields, layout.sole_key, layout.collections
    get = itemgetter(*fields)
    single = len(fields) == 1
    # `None in values` compares, and an array of numbers refuses to say whether it equals None.
    careful = bool(layout.encoders or layout.time_uuids) or any(
        column.type.name == "vector" for column in columns
    )

    def bind(document: BaseModel) -> tuple[Any, ...]:
        try:
            values: tuple[Any, ...] = get(document.__dict__)
        except KeyError as missing:
            raise InvalidQueryError(
                f"this {model} was loaded without {missing}, so it cannot be written whole: use update()"
            ) from None
        if single:
            values = (values,)
        if sole_key is not None and values[sole_key] in _EMPTY_KEYS:
            raise InvalidQueryError(
                f"{model}.{fields[sole_key]} is the whole partition key and cannot be empty"
            )
        if careful or None in values or any(not values[place] for place in collections):
            return _bind_slowly(layout, values, document)
        for place in collections:
            # Changed in place, a collection is written from now on, emptied again or not.
            document.__pydantic_fields_set__.add(fields[place])
        return values

    return bind


def _bind_slowly(layout: _Layout, values: tuple[Any, ...], document: BaseModel) -> tuple[Any, ...]:
    bound = list(values)
    for place, encode in layout.encoders:
        if bound[place] is not None:
            try:
                bound[place] = encode(bound[place])
            except VectorError as error:
                raise InvalidQueryError(f"{layout.model}.{layout.fields[place]}: {error}") from None
    for place, cql in layout.time_uuids:
        reason = None if bound[place] is None else misfit(cql, bound[place])
        if reason:
            raise InvalidQueryError(f"{layout.model}.{layout.fields[place]} is {cql}: {reason}")
    for place in layout.keys:
        if bound[place] is None:
            where = f"{layout.model}.{layout.fields[place]}"
            raise InvalidQueryError(f"{where} is part of the primary key and cannot be None")
    chosen = document.__pydantic_fields_set__
    for place in layout.collections:
        if values[place]:
            chosen.add(layout.fields[place])
        elif layout.fields[place] not in chosen:
            bound[place] = None  # to the server, empty and null are the same
    return tuple(
        UNSET if value is None and field not in chosen else value
        for value, field in zip(bound, layout.fields, strict=True)
    )


@lru_cache(maxsize=2048)
def row_binder(table: Table) -> Binder:
    """Return what turns a document into the parameters of its whole row."""
    return compile_binder(table, table.columns)


@lru_cache(maxsize=2048)
def key_binder(table: Table) -> Binder:
    """Return what turns a document into the parameters of its primary key."""
    return compile_binder(table, table.primary_key)


@lru_cache(maxsize=2048)
def key_reader(table: Table) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """Return what turns the values of a whole primary key, given by field, into parameters."""
    columns, model = table.primary_key, table.model
    tests = [(column.field, _plain_exact(column)) for column in columns]

    def read(values: Mapping[str, Any]) -> tuple[Any, ...]:
        params = []
        for field, fits in tests:
            value = values[field]
            if not fits(value):
                return tuple([bind_whole(column, values[column.field], model) for column in columns])
            params.append(value)
        return tuple(params)

    return read


def _plain_exact(column: ColumnDefinition) -> Callable[[Any], bool]:
    """Return the test that a value needs no conversion; none passes where the field has a way of its own."""
    return (lambda value: False) if _plain_fit(column) is None else exact(column.type)  # noqa: ARG005


def bind_value(
    column: ColumnDefinition, cql: CqlType, value: Any, where: str, encode: Callable[[Any], Any] | None
) -> Any:
    """Turn one value of a filter, condition or assignment into one of `cql`, or refuse it.

    `encode` is the field's own way from its annotation (an Enum's member, a Secret, a URL, a user type); plain values
    pass through it.
    """
    if encode is not None:
        try:
            value = encode(value)
        except VectorError as error:
            raise InvalidQueryError(f"{where}: {error}") from None
        except (TypeError, AttributeError) as error:
            raise InvalidQueryError(f"{where} is {cql}, not {shown(value, secret=column.secret)}") from error
    return coerce(cql, value, where, secret=column.secret)


@lru_cache(maxsize=8192)
def _plain_fit(column: ColumnDefinition) -> Callable[[Any], Any] | None:
    """Return what checks the values of a column whose field has no way of its own to encode them."""
    return None if column.encode is not None or column.type.packable else coercer(column.type)


def bind_whole(column: ColumnDefinition, value: Any, model: str) -> Any:
    """Turn a value of the column's whole type into a parameter."""
    fit = _plain_fit(column)
    if fit is not None:
        try:
            return fit(value)
        except ValueError:
            pass  # said in full below
    return bind_value(column, column.type, value, f"{model}.{column.field}", column.encode)


def bind_part(column: ColumnDefinition, part: int, value: Any, where: str) -> Any:
    """Turn an element of a collection (`part` 0), or a map's key (0) or value (1), into a parameter."""
    return bind_value(column, column.type.args[part], value, where, column.parts[part])


def bind_key(column: ColumnDefinition, key: Any, model: str) -> Any:
    """Check what names one element of a collection: a map's key, or a position in a list."""
    where = f"{model}.{column.field}[{shown(key, secret=column.secret)}]"
    if column.type.name == "map":
        return bind_part(column, 0, key, where)
    if not isinstance(key, int) or isinstance(key, bool) or not 0 <= key < _INT32:
        raise InvalidQueryError(f"{where}: a position in a list is an integer of at least 0")
    return key


def bind_predicates(predicates: tuple[Predicate, ...], model: str) -> tuple[Any, ...]:
    """Turn the values of predicates into parameters, each checked against its column."""
    params: tuple[Any, ...] = ()
    for predicate in predicates:
        params += _bind_predicate(predicate, model)
    return params


def _bind_predicate(predicate: Predicate, model: str) -> tuple[Any, ...]:
    column, op, value, rest = predicate
    where = f"{model}.{column.field}"
    if rest:
        return tuple(bind_whole(each, item, model) for each, item in zip((column, *rest), value, strict=True))
    if op is Op.IN:
        if isinstance(value, (str, bytes, Mapping)) or not hasattr(value, "__iter__"):
            raise InvalidQueryError(
                f"{where}: __in takes a list of values, not {shown(value, secret=column.secret)}"
            )
        return ([None if item is None else bind_whole(column, item, model) for item in value],)
    if value is None:
        return (None,)  # a condition may compare with null; a filter has refused it by now
    match op:
        case Op.ENTRY:
            item = None if value[1] is None else bind_part(column, -1, value[1], where)
            return (bind_key(column, value[0], model), item)
        case Op.CONTAINS:
            return (bind_part(column, -1, value, where),)
        case Op.CONTAINS_KEY:
            return (bind_part(column, 0, value, where),)
        case _ if op in TOKENS:
            return (coerce(bound_type(column, op), value, f"the token of {model}"),)
        case _:
            return (bind_whole(column, value, model),)


def bind_change(column: ColumnDefinition, change: Change, value: Any, model: str) -> Any:
    """Turn the value of an element operation into a parameter."""
    where = f"{model}.{column.field}"
    match change:
        case Change.REMOVE if column.type.name == "map":
            return {bind_part(column, 0, key, where) for key in value}
        case Change.PUT | Change.SET_INDEX:
            return None if value is None else bind_part(column, -1, value, where)
        case _:
            return bind_whole(column, value, model)
