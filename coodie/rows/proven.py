"""The second way of reading: documents whose validation could change nothing, made without it.

A column is proven when its annotation is exactly the Python type that its CQL type is decoded to, with no constraint
and no validator beside it; a model when all its columns are, and nothing of the class runs when a document is made.
That is looked at once for a statement, never for a row. Everything else is validated.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

from coodie.cqltype import CqlType
from coodie.duration import CqlDuration
from coodie.fields import Mark, Vector
from coodie.rows.check import exact
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import table_of
from coodie.vectors.accept import form_of

_DECODED: dict[Any, frozenset[str]] = {
    str: frozenset({"text", "ascii"}),
    int: frozenset({"tinyint", "smallint", "int", "bigint", "varint", "counter"}),
    float: frozenset({"float", "double"}),
    bool: frozenset({"boolean"}),
    bytes: frozenset({"blob"}),
    UUID: frozenset({"uuid", "timeuuid"}),
    dt.datetime: frozenset({"timestamp"}),
    dt.date: frozenset({"date"}),
    dt.time: frozenset({"time"}),
    Decimal: frozenset({"decimal"}),
    CqlDuration: frozenset({"duration"}),
}
_CONTAINERS = {"list": list, "set": set, "map": dict}
# What a model's configuration may say without having a part in how a value that fits is read.
_HARMLESS = frozenset(
    {
        "alias_generator",
        "extra",
        "from_attributes",
        "frozen",
        "populate_by_name",
        "title",
        "validate_assignment",
    }
    | {
        "validate_by_alias",
        "validate_by_name",
        "json_schema_extra",
        "protected_namespaces",
        "use_attribute_docstrings",
    }
)


def is_proven(
    model: type[BaseModel], columns: Sequence[ColumnDefinition], cql_types: Sequence[CqlType]
) -> bool:
    """Tell whether rows of these columns need no validation to be documents of `model`."""
    fields = model.model_fields
    return (
        _is_plain(model)
        and {column.field for column in columns} == fields.keys()
        and all(_fits(fields[column.field], cql) for column, cql in zip(columns, cql_types, strict=True))
    )


@lru_cache(maxsize=1024)
def exact_tests(model: type[BaseModel]) -> Mapping[str, Callable[[Any], bool]]:
    """Return, by field, the test that an assigned value is just what validation would make of it."""
    if not _is_plain(model) or model.model_config.get("frozen"):
        return {}
    fields = model.model_fields
    return {
        column.field: exact(column.type)
        for column in table_of(model).columns
        if not fields[column.field].frozen and _fits(fields[column.field], column.type)
    }


def _is_plain(model: type[BaseModel]) -> bool:
    """Tell a class of which nothing runs when a document is made."""
    decorators = model.__pydantic_decorators__
    return not (
        decorators.validators
        or decorators.field_validators
        or decorators.root_validators
        or decorators.model_validators
        or model.__private_attributes__
        or model.__pydantic_post_init__
        or model.__pydantic_custom_init__
        or model.__pydantic_root_model__
        or model.__new__ is not object.__new__
        or model.model_config.keys() - _HARMLESS
        or model.model_config.get("extra") == "allow"
        or "__get_pydantic_core_schema__" in _overridden(model)
    )


def _overridden(model: type[BaseModel]) -> set[str]:
    """Return what the class and its bases below pydantic's own define."""
    return {
        name for base in model.__mro__ if base is not object and base is not BaseModel for name in vars(base)
    }


def _fits(info: Any, cql: CqlType) -> bool:
    """Tell whether a field takes every decoded value of a CQL type as it is."""
    if not all(_leaves_alone(item, cql) for item in info.metadata):
        return False
    if info.discriminator is not None or info.annotation is None:
        return False
    annotation = _without_none(info.annotation)
    return _is_vector(annotation) if cql.packable else _same(annotation, cql)


def _leaves_alone(item: Any, cql: CqlType) -> bool:
    """Tell a marker that has no part in validation; `Vector` has one, but leaves what was read as it is."""
    return isinstance(item, Mark) and (not _has_schema(item) or (cql.packable and isinstance(item, Vector)))


def _is_vector(annotation: Any) -> bool:
    """Tell an annotation whose form of a vector is just what a packed one is unpacked to."""
    form = form_of(annotation)
    return form is not None and (form != "list" or get_args(annotation) == (float,))


def _has_schema(mark: Mark) -> bool:
    return hasattr(mark, "__get_pydantic_core_schema__")


def _without_none(annotation: Any) -> Any:
    """Return the one annotation beside `None`; a marker that stands inside `Optional` is taken off."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [arg for arg in get_args(annotation) if arg is not type(None)]
        if len(rest) == 1:
            annotation = rest[0]
    if get_origin(annotation) is typing.Annotated:
        inner, *metadata = get_args(annotation)
        if all(isinstance(item, Mark) and not _has_schema(item) for item in metadata):
            return inner
    return annotation


def _same(annotation: Any, cql: CqlType) -> bool:
    if cql.user:
        return False
    if cql.is_collection:
        if get_origin(annotation) is not _CONTAINERS[cql.name]:
            return False
        # An element of a set, or a key, that is itself a collection is decoded to what hashes.
        return all(
            _same(_without_none(arg), part) and not part.args
            for arg, part in zip(get_args(annotation), cql.args, strict=True)
        )
    try:
        return cql.name in _DECODED.get(annotation, ())
    except TypeError:  # an annotation that does not hash
        return False


def proven_builder(
    model: type[BaseModel],
    row: str,
    columns: Sequence[ColumnDefinition],
    sources: Sequence[str],
    names: dict[str, Any],
) -> tuple[str, dict[str, Any]]:
    """Return the source of what makes documents of tuples, and the names that it uses.

    It sets what pydantic itself sets: the values in the order of the fields, which of them are set, and nothing else.
    """
    by_field = {column.field: source for column, source in zip(columns, sources, strict=True)}
    literal = ", ".join(f"{field!r}: {by_field[field]}" for field in model.model_fields)
    source = f"""def build(rows):
  result = []
  add = result.append
  for {row}, in rows:
    document = new(model)
    set_values(document, {{{literal}}})
    set_chosen(document, chosen())
    set_extra(document, None)
    set_private(document, None)
    add(document)
  return result
"""
    slots = vars(BaseModel)
    return source, {
        **names,
        "new": object.__new__,
        "model": model,
        "chosen": set(model.model_fields).copy,
        "set_values": slots["__dict__"].__set__,
        "set_chosen": slots["__pydantic_fields_set__"].__set__,
        "set_extra": slots["__pydantic_extra__"].__set__,
        "set_private": slots["__pydantic_private__"].__set__,
    }
