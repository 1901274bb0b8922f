"""What a document is without a connection: its table, its key, and changes planned against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from coodie.core.change import ChangePlan, plan_change
from coodie.core.removal import RemovalPlan, plan_removal
from coodie.schema.inspect import table_of
from coodie.schema.polymorphism import family_table, join_family
from coodie.schema.table import Table


class DocumentCore(BaseModel):
    """The base of every document class; a subclass is a table.

    Assignments are validated, so that a document in memory is always one that could be stored.
    """

    model_config = ConfigDict(validate_assignment=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        join_family(cls)

    @classmethod
    def make_table(cls) -> Table:
        """Build the table of the class; `table()` keeps it."""
        return family_table(cls)

    @classmethod
    def table_name(cls) -> str:
        """Return the name of the table: `Settings.name`, or the class name in snake_case."""
        return table_of(cls).name

    @classmethod
    def table(cls) -> Table:
        """Return the table that the class declares; a class that cannot be one is an `InvalidQueryError`."""
        return table_of(cls)

    @classmethod
    def is_key(cls, fields: Any) -> bool:
        """Tell whether these field names are exactly the primary key."""
        return bool(fields == table_of(cls).key_fields)

    def plan_change(self, changes: dict[str, Any]) -> ChangePlan:
        """Validate changes against this document without touching it."""
        return plan_change(self, table_of(type(self)), changes)

    def plan_removal(self, columns: Sequence[str], elements: Mapping[str, Sequence[Any]]) -> RemovalPlan:
        """Check what of this document is to be deleted without touching it."""
        return plan_removal(self, table_of(type(self)), columns, elements)

    def adopt(self, other: BaseModel) -> None:
        """Take over all values of another document of the same row."""
        self.__dict__.update(other.__dict__)
        object.__setattr__(self, "__pydantic_fields_set__", set(other.__pydantic_fields_set__))
