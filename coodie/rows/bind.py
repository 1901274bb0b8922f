"""Documents and values into parameter tuples.

A document's values were validated by pydantic, so they are taken as they are; what a driver still cannot encode, the
adapter explains with `coodie.rows.check`. `None` that nobody set becomes `UNSET`, so that saving a document writes no
tombstones; a `None` that was assigned or passed stays an explicit null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any

from pydantic import BaseModel

from coodie.cql.literal import shown
from coodie.cql.terms import Change, Op, Predicate
from coodie.cql.update import removed_type
from coodie.cql.where import bound_type
from coodie.cqltype import CqlType
from coodie.exceptions import InvalidQueryError
from coodie.rows.check import coerce
from coodie.rows.unset import UNSET
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table

Binder = Callable[[BaseModel], tuple[Any, ...]]
_EMPTY_KEYS = ("", b"")


def compile_binder(columns: tuple[ColumnDefinition, ...], model: str) -> Binder:
    """Compile the function that turns a document into the parameters of `columns`."""
    fields = tuple(column.field for column in columns)
    get = itemgetter(*fields)
    single = len(fields) == 1
    encoders = tuple(
        (place, column.encode) for place, column in enumerate(columns) if column.encode is not None
    )
    keys = tuple((place, column) for place, column in enumerate(columns) if column.in_key)
    partition = [place for place, column in keys if column.role == "partition_key"]
    sole = partition[0] if len(partition) == 1 else None
    sole_key = sole if sole is not None and columns[sole].type.name in ("text", "ascii", "blob") else None
    # `None in values` compares, and an array of numbers refuses to say whether it equals None.
    arrays = any(column.type.name == "vector" for column in columns)

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
        if encoders or arrays or None in values:
            return _slow(values, document)
        return values

    def _slow(values: tuple[Any, ...], document: BaseModel) -> tuple[Any, ...]:
        bound = list(values)
        for place, encode in encoders:
            if bound[place] is not None:
                bound[place] = encode(bound[place])
        for place, column in keys:
            if bound[place] is None:
                raise InvalidQueryError(
                    f"{model}.{column.field} is part of the primary key and cannot be None"
                )
        chosen = document.__pydantic_fields_set__
        return tuple(
            UNSET if value is None and field not in chosen else value
            for value, field in zip(bound, fields, strict=True)
        )

    return bind


@lru_cache(maxsize=2048)
def row_binder(table: Table) -> Binder:
    """Return what turns a document into the parameters of its whole row."""
    return compile_binder(table.columns, table.model)


@lru_cache(maxsize=2048)
def key_binder(table: Table) -> Binder:
    """Return what turns a document into the parameters of its primary key."""
    return compile_binder(table.primary_key, table.model)


def bind_value(column: ColumnDefinition, cql: CqlType, value: Any, where: str) -> Any:
    """Turn one value of a filter, condition or assignment into one of `cql`, or refuse it."""
    if column.encode is not None:
        # An Enum's member, a Secret, a URL: encoded as the field does; their plain forms pass through.
        value = _encode(column, cql, value)
    return coerce(cql, value, where, secret=column.secret)


def _encode(column: ColumnDefinition, cql: CqlType, value: Any) -> Any:
    encode = column.encode
    if encode is None:
        return value
    if cql == column.type:
        return encode(value)
    if cql.name == "list" and cql.args == (column.type,) and isinstance(value, (list, tuple, set, frozenset)):
        return [encode(item) for item in value]
    if column.type.name in ("list", "set") and cql == column.type.args[0]:
        return next(iter(encode([value])))
    return value


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
        return tuple(
            bind_value(each, each.type, item, f"{model}.{each.field}")
            for each, item in zip((column, *rest), value, strict=True)
        )
    if op is Op.ENTRY:
        key, item = column.type.args
        return (bind_value(column, key, value[0], where), bind_value(column, item, value[1], where))
    if op is Op.IN:
        if isinstance(value, (str, bytes, Mapping)) or not hasattr(value, "__iter__"):
            raise InvalidQueryError(
                f"{where}: __in takes a list of values, not {shown(value, secret=column.secret)}"
            )
        value = list(value)
    if value is None:
        return (None,)  # a condition may compare with null; a filter has refused it by now
    return (bind_value(column, bound_type(column, op), value, where),)


def bind_change(column: ColumnDefinition, change: Change, value: Any, model: str) -> Any:
    """Turn the value of an element operation into a parameter."""
    where = f"{model}.{column.field}"
    match change:
        case Change.REMOVE:
            return bind_value(column, removed_type(column), value, where)
        case Change.PUT | Change.SET_INDEX:
            return None if value is None else bind_value(column, column.type.args[-1], value, where)
        case _:
            return bind_value(column, column.type, value, where)
