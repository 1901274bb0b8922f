"""What a user-defined type is without a connection: a validated value that knows its way to CQL and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

from coodie.rows.usertype_row import UserTypeRow
from coodie.schema.usertype import layout_of
from coodie.types import Mapping

_EMPTY: dict[str, Callable[[], Any]] = {"list": list, "set": set, "map": dict}


class UserTypeCore(BaseModel):
    """The base of every user-defined type."""

    model_config = ConfigDict(validate_assignment=True, extra="forbid")

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
