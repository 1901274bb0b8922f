"""Families of classes that share one table: the class that declares `Discriminator()`, and all below it."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from coodie.exceptions import InvalidQueryError
from coodie.fields import Discriminator
from coodie.naming import snake_case
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import build_table, forget_table, marks_of, table_of
from coodie.schema.settings import read_settings
from coodie.schema.table import Table
from coodie.types import split


def discriminator_field(model: type[BaseModel]) -> str | None:
    """Return the field that tells a family's members apart, or `None` where the class is in no family."""
    found = [name for name, info in model.model_fields.items() if _is_discriminator(info)]
    if len(found) > 1:
        raise InvalidQueryError(f"{model.__name__}: {' and '.join(found)} cannot both be the Discriminator()")
    return found[0] if found else None


def _is_discriminator(info: Any) -> bool:
    return any(isinstance(mark, Discriminator) for mark in marks_of(info))


def root_of(model: type[BaseModel]) -> type[BaseModel]:
    """Return the class whose table a class uses: the topmost one with the discriminator, else itself."""
    root = model
    for base in model.__mro__:
        if isinstance(base, type) and issubclass(base, BaseModel) and discriminator_field(base) is not None:
            root = base
    return root


def members_of(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Give a class and every class below it that has rows of its own."""
    if not read_settings(model).abstract:
        yield model
    for subclass in model.__subclasses__():
        yield from members_of(subclass)


def value_of(model: type[BaseModel]) -> str:
    """Return what the discriminator holds in rows of a class: its setting, else its name in snake_case."""
    return read_settings(model).discriminator_value or snake_case(model.__name__)


def join_family(model: type[BaseModel]) -> None:
    """Make the discriminator's value the field's default, and let the classes above learn of the new member."""
    field = discriminator_field(model)
    if field is None:
        return
    info = model.model_fields[field]
    annotation, _, _ = split(info.annotation)
    value: Any = value_of(model)
    info.default = (
        annotation(value) if isinstance(annotation, type) and issubclass(annotation, enum.Enum) else value
    )
    model.model_rebuild(force=True, raise_errors=False)
    for base in model.__mro__[1:]:
        if isinstance(base, type) and issubclass(base, BaseModel):
            forget_table(base)


def family_table(model: type[BaseModel]) -> Table:
    """Build the table of a class, with what it shares when it belongs to a family.

    Raises `InvalidQueryError` where two members give one column different types, or claim one discriminator value.
    """
    field = discriminator_field(model)
    if field is None:
        return build_table(model)
    root = root_of(model)
    own = build_table(model, even_abstract=True)
    if model is not root:
        top = table_of(root)
        own = replace(
            own, name=top.name, keyspace=top.keyspace, connection=top.connection, default_ttl=top.default_ttl,
            options=top.options,
        )  # fmt: skip
        if [column.name for column in own.primary_key] != [column.name for column in top.primary_key]:
            raise InvalidQueryError(
                f"{model.__name__} shares the table of {root.__name__} and cannot change its key"
            )
    kinds: dict[Any, type] = {}
    shared: dict[str, ColumnDefinition] = {}
    columns = {column.name: column for column in own.columns}
    for member in members_of(model):
        value = value_of(member)
        if value in kinds:
            raise InvalidQueryError(
                f"{member.__name__} and {kinds[value].__name__} both have the kind {value!r}"
            )
        kinds[value] = member
        for column in () if member is model else build_table(member).columns:
            known = columns.get(column.name) or shared.setdefault(column.name, column)
            if str(known.type) != str(column.type):
                raise InvalidQueryError(
                    f"{member.__name__}.{column.field} is {column.type}, but column {column.name} of table {own.name} "
                    f"is {known.type} in another class of its family"
                )
    return replace(
        own,
        discriminator=own.by_field[field],
        kinds=kinds,
        shared=tuple(shared.values()),
        narrowed=model is not root,
    )
