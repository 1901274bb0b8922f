"""Columns and elements taken out of a document: checked first, sent next, gone from the instance when applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from coodie.cql.terms import Removal
from coodie.exceptions import InvalidQueryError
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import table_of
from coodie.schema.table import Table

_EMPTY = {"list": list, "set": set, "map": dict}


class RemovalPlan(NamedTuple):
    """What to delete, and what the document's fields are once it was applied."""

    removals: tuple[Removal, ...]
    after: dict[str, Any]

    def apply(self, document: BaseModel) -> None:
        """Take the values out of the document; what is null again counts as not set."""
        vars(document).update(self.after)
        for field, value in self.after.items():
            if value is None:
                document.__pydantic_fields_set__.discard(field)


def plan_removal(
    document: BaseModel, columns: Sequence[str], elements: Mapping[str, Sequence[Any]]
) -> RemovalPlan:
    """Check what is to be deleted; raises before anything is sent."""
    table = table_of(type(document))
    removals: list[Removal] = []
    after: dict[str, Any] = {}
    for name in columns:
        column = _regular(table, name)
        removals.append(Removal(column))
        after[column.field] = _EMPTY[column.type.name]() if column.type.is_collection else None
    for name, keys in elements.items():
        column = _regular(table, name)
        if column.type.name not in ("map", "list") or column.type.frozen:
            raise InvalidQueryError(
                f"{table.model}.{column.field} is {column.type}: single elements are deleted from a map or a list "
                "that is not frozen; for a set use update(...__remove=)"
            )
        if isinstance(keys, (str, bytes)):
            raise InvalidQueryError(f"{table.model}.{column.field}: give the keys as a list, not {keys!r}")
        removals += [Removal(column, key) for key in keys]
        after[column.field] = _without(document.__dict__.get(column.field), list(keys))
    if not removals:
        raise InvalidQueryError(f"delete_columns() of {table.model} was given no column")
    return RemovalPlan(tuple(removals), after)


def _regular(table: Table, name: str) -> ColumnDefinition:
    column = table.column(name)
    if column.in_key:
        raise InvalidQueryError(
            f"{table.model}.{column.field} is part of the primary key: delete() removes the row"
        )
    return column


def _without(current: Any, keys: list[Any]) -> Any:
    if isinstance(current, dict):
        return {key: value for key, value in current.items() if key not in keys}
    return [value for position, value in enumerate(current or ()) if position not in keys]
