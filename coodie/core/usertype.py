"""What a user-defined type is without a connection: its name, its fields, and its values both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Self, cast

from pydantic import BaseModel, ConfigDict, model_validator

from coodie.cqltype import CqlType
from coodie.exceptions import InvalidQueryError
from coodie.fields import Column, Mark
from coodie.naming import check_object_name, snake_case
from coodie.rows.usertype_row import UserTypeRow
from coodie.schema.settings import read_settings
from coodie.types import Mapping, map_annotation, split

_KEY = "__coodie_layout__"
_EMPTY: dict[str, Callable[[], Any]] = {"list": list, "set": set, "map": dict}


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


class UserTypeCore(BaseModel):
    """The base of every user-defined type."""

    model_config = ConfigDict(validate_assignment=True)

    @classmethod
    def type_name(cls) -> str:
        """Return the name of the type: `Settings.__type_name__`, or the class name in snake_case."""
        return layout_of(cls).name

    @classmethod
    def __coodie_usertype__(cls) -> Mapping:
        """Tell how values of this class are stored."""
        layout = layout_of(cls)
        return Mapping(layout.cql, _encode, secret=any(item.mapping.secret for item in layout.fields))

    @model_validator(mode="before")
    @classmethod
    def _from_row(cls, value: Any) -> Any:
        """Take a value that was read: null collections emptied, null where the model has a default left to it."""
        if not isinstance(value, UserTypeRow):
            return value
        found = {}
        for item in layout_of(cls).fields:
            read = value.get(item.name)
            if read is None and item.mapping.cql.is_collection:
                read = _EMPTY[item.mapping.cql.name]()
            if read is None and item.has_default and not item.mapping.nullable:
                continue
            found[item.alias] = read
        return found

    def with_fields(self, **values: Any) -> Self:
        """Return a validated copy with other values: a user-defined value is written as a whole."""
        return type(self)(**{**dict(self), **values})


def _encode(value: Any) -> Any:
    if not isinstance(value, UserTypeCore):
        return value
    fields = layout_of(type(value)).fields
    row = UserTypeRow()
    for item in fields:
        plain = value.__dict__.get(item.field)
        encode = item.mapping.encode
        row[item.name] = plain if plain is None or encode is None else encode(plain)
    return row


def layout_of(model: type[BaseModel]) -> Layout:
    """Return the layout of a user type, made at first use; a cycle of types is named in the error."""
    found = model.__dict__.get(_KEY)
    if found == "under way":
        raise InvalidQueryError(f"user type {model.__name__} contains itself, which CQL does not allow")
    if found is None:
        setattr(model, _KEY, "under way")
        try:
            found = _read(model)
        finally:
            type.__delattr__(model, _KEY)
        setattr(model, _KEY, found)
    return cast("Layout", found)


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


def extract_udt_classes(annotation: Any) -> list[type[UserTypeCore]]:
    """Return the user types that an annotation or a model needs, dependencies first, each once."""
    found: dict[type[UserTypeCore], None] = {}
    for kind in _walk(annotation):
        found.setdefault(kind)
    return list(found)


def _walk(annotation: Any) -> Iterator[type[UserTypeCore]]:
    annotation, _, _ = split(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if issubclass(annotation, UserTypeCore):
            layout_of(annotation)  # a cycle is an error here, not an endless walk
        elif not annotation.__pydantic_complete__:
            annotation.model_rebuild()
        for info in annotation.model_fields.values():
            yield from _walk(info.annotation)
        if issubclass(annotation, UserTypeCore):
            yield annotation
        return
    for arg in getattr(annotation, "__args__", ()):
        yield from _walk(arg)
