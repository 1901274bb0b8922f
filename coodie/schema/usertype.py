"""User-defined types as their classes declare them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

from coodie.cqltype import CqlType
from coodie.exceptions import InvalidQueryError
from coodie.fields import Column, Mark
from coodie.naming import check_object_name, snake_case
from coodie.schema.settings import read_settings
from coodie.types import Mapping, map_annotation, split

_KEY = "__coodie_layout__"


class FieldLayout(NamedTuple):
    """One field of a user type: its name in the model, in validation and in CQL, and how it is stored."""

    field: str
    alias: str
    name: str
    mapping: Mapping
    has_default: bool


class Layout(NamedTuple):
    """A user type as its model declares it."""

    name: str
    keyspace: str | None
    fields: tuple[FieldLayout, ...]
    cql: CqlType


def layout_of(model: type[BaseModel]) -> Layout:
    """Return the layout of a user type, made at first use; a cycle of types is named in the error."""
    found: Layout | Literal["under way"] | None = model.__dict__.get(_KEY)
    if found == "under way":
        raise InvalidQueryError(f"user type {model.__name__} contains itself, which CQL does not allow")
    if found is None:
        setattr(model, _KEY, "under way")
        try:
            found = _read(model)
        finally:
            type.__delattr__(model, _KEY)
        setattr(model, _KEY, found)
    return found


def _read(model: type[BaseModel]) -> Layout:
    settings = read_settings(model)
    if not model.__pydantic_complete__:
        model.model_rebuild()
    name = check_object_name(settings.type_name or snake_case(model.__name__), "type")
    fields = tuple(_field(model, field) for field in model.model_fields)
    if not fields:
        raise InvalidQueryError(f"user type {model.__name__} has no fields")
    cql = CqlType(
        name,
        tuple(item.mapping.cql for item in fields),
        user=True,
        fields=tuple(item.name for item in fields),
    )
    return Layout(name, settings.keyspace, fields, cql)


def _field(model: type[BaseModel], field: str) -> FieldLayout:
    info = model.model_fields[field]
    _, inner, _ = split(info.annotation)
    outer = [mark for mark in info.metadata if isinstance(mark, Mark)]
    try:
        mapping = map_annotation(info.annotation, outer)
    except InvalidQueryError as error:
        raise InvalidQueryError(f"{model.__name__}.{field}: {error}") from None
    # Inside a user type every collection is one value.
    mapping = mapping._replace(cql=mapping.cql.freeze())
    named = [mark.name for mark in (*outer, *inner) if isinstance(mark, Column) and mark.name]
    alias = info.validation_alias if isinstance(info.validation_alias, str) else info.alias or field
    return FieldLayout(
        field, alias, named[-1] if named else info.alias or field, mapping, not info.is_required()
    )


def is_usertype(annotation: Any) -> bool:
    """Tell a user type's class from all else."""
    return hasattr(annotation, "__coodie_usertype__")


def extract_udt_classes(annotation: Any) -> list[type[BaseModel]]:
    """Return the user types that an annotation or a model needs, dependencies first, each once."""
    found: dict[type[BaseModel], None] = {}
    for kind in _walk(annotation):
        found.setdefault(kind)
    return list(found)


def _walk(annotation: Any) -> Iterator[type[BaseModel]]:
    annotation, _, _ = split(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if is_usertype(annotation):
            layout_of(annotation)  # a cycle is an error here, not an endless walk
        elif not annotation.__pydantic_complete__:
            annotation.model_rebuild()
        for info in annotation.model_fields.values():
            yield from _walk(info.annotation)
        if is_usertype(annotation):
            yield annotation
        return
    for arg in getattr(annotation, "__args__", ()):
        yield from _walk(arg)
