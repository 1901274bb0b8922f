"""What a document is without a connection: a validated model whose class is a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict

from coodie.core.field_names import DocumentMeta, free_fields
from coodie.exceptions import InvalidQueryError
from coodie.schema.inspect import table_of
from coodie.schema.polymorphism import family_table, join_family
from coodie.schema.table import Table
from coodie.vectors.packed import same_values


class DocumentCore(BaseModel, metaclass=DocumentMeta):  # noqa: PLW1641 - frozen ones hash as pydantic says
    """The base of every document class; a subclass is a table.

    Assignments are validated, so that a document in memory is always one that could be stored; a value for a field
    that is not there is refused, so that none is lost by a slip of the pen.
    """

    model_config = ConfigDict(validate_assignment=True, extra="forbid")

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        free_fields(cls)
        join_family(cls)

    @classmethod
    def _make_table(cls) -> Table:
        return family_table(cls)

    if not TYPE_CHECKING:  # a checker must still see which attributes there are

        def __getattr__(self, name: str) -> Any:
            """Say of a field that was not loaded why it is not there."""
            if name in type(self).model_fields:
                raise AttributeError(
                    f"{type(self).__name__}.{name} was not loaded: the query left it out with only() or defer(); "
                    "refresh() reads the whole row"
                )
            return super().__getattr__(name)

    def __eq__(self, other: object) -> bool:
        """Compare as pydantic does; numpy arrays, which refuse to be compared whole, by their elements."""
        try:
            return super().__eq__(other)
        except ValueError:
            return type(self) is type(other) and same_values(vars(self), vars(other))

    @classmethod
    def table_name(cls) -> str:
        """Return the name of the table: `Settings.name`, or the class name in snake_case."""
        return table_of(cls).name

    @classmethod
    def at(
        cls, table: str | None = None, keyspace: str | None = None, connection: str | None = None
    ) -> type[Self]:
        """Return this model over another table, keyspace or connection; what is not given stays as it is."""
        if table_of(cls).discriminator is not None:
            raise InvalidQueryError(
                f"{cls.__name__} shares its table with a family of classes: at() cannot move it"
            )
        if "" in (table, keyspace):
            raise InvalidQueryError(f"{cls.__name__}: an empty text names no table and no keyspace")
        place = (table, keyspace, connection)
        known: dict[Any, type[Self]] = cls.__dict__.get("__coodie_places__") or {}
        if place not in known:
            here = table_of(cls)
            settings = type(
                "Settings",
                (),
                {
                    # Pydantic takes a class for part of another by these two.
                    "__module__": cls.__module__,
                    "__qualname__": f"{cls.__qualname__}.Settings",
                    "name": here.name if table is None else table,
                    "keyspace": here.keyspace if keyspace is None else keyspace,
                    "connection": here.connection if connection is None else connection,
                },
            )
            names = {"__module__": cls.__module__, "__qualname__": cls.__qualname__, "Settings": settings}
            moved: type[Self] = type(cls)(cls.__name__, (cls,), names)  # type: ignore[misc]
            known = {**known, place: moved}
            type.__setattr__(cls, "__coodie_places__", known)
        return known[place]


def adopt(document: BaseModel, other: BaseModel) -> None:
    """Let a document take over all values of another one of the same row."""
    vars(document).update(other.__dict__)
    object.__setattr__(document, "__pydantic_fields_set__", set(other.__pydantic_fields_set__))
