"""What a document is without a connection: a validated model whose class is a table."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

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
    def _make_table(cls) -> Table:
        return family_table(cls)

    @classmethod
    def table_name(cls) -> str:
        """Return the name of the table: `Settings.name`, or the class name in snake_case."""
        return table_of(cls).name


def adopt(document: BaseModel, other: BaseModel) -> None:
    """Let a document take over all values of another one of the same row."""
    document.__dict__.update(other.__dict__)
    object.__setattr__(document, "__pydantic_fields_set__", set(other.__pydantic_fields_set__))
