"""A model class read into its `Table`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic.errors import PydanticUndefinedAnnotation

from coodie.exceptions import InvalidQueryError
from coodie.fields import (
    ClusteringKey,
    Column,
    Counter,
    Indexed,
    Mark,
    PrimaryKey,
    Static,
    VectorIndex,
    Version,
)
from coodie.naming import snake_case
from coodie.schema.column import ColumnDefinition, IndexDefinition, Role, VectorSearch
from coodie.schema.rules import check_table
from coodie.schema.settings import read_settings
from coodie.schema.table import Table
from coodie.types import Mapping, map_annotation, split
from coodie.vectors.index_options import SIMILARITY
from coodie.vectors.packed import packer

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

_KEY = "__coodie_table__"


def table_of(model: type[BaseModel]) -> Table:
    """Return the table of a class, made at first use and kept in the class's own dictionary."""
    found: Table | None = model.__dict__.get(_KEY)
    if found is None:
        # A class may have a way of its own to be a table: a view, a member of a family.
        maker: Callable[[], Table] | None = getattr(model, "_make_table", None)
        found = build_table(model) if maker is None else maker()
        setattr(model, _KEY, found)
    return found


def forget_table(model: type[BaseModel]) -> None:
    """Let the table be made anew: what it depends on has changed."""
    if _KEY in model.__dict__:
        type.__delattr__(model, _KEY)


def build_schema(model: type[BaseModel]) -> list[ColumnDefinition]:
    """Return the columns of a model, in the order of its fields."""
    return list(table_of(model).columns)


def build_table(model: type[BaseModel], *, even_abstract: bool = False) -> Table:
    """Read a class; what cannot be a table is an `InvalidQueryError` that names class, field and reason.

    An abstract class is one such, unless `even_abstract`: in a family, the classes below it have a table in common.
    """
    settings = read_settings(model)
    if settings.abstract and not even_abstract:
        raise InvalidQueryError(f"{model.__name__} is abstract: it has no table, its subclasses have")
    if not model.__pydantic_complete__:
        _complete(model)
    name = settings.name or snake_case(model.__name__)
    columns = tuple(_column(model, name, field, info) for field, info in model.model_fields.items())
    return check_table(
        Table(
            model=model.__name__,
            name=name,
            columns=columns,
            version=_version(model, columns),
            keyspace=settings.keyspace,
            connection=settings.connection,
            default_ttl=settings.default_ttl,
            consistency=settings.consistency,
            serial_consistency=settings.serial_consistency,
            timeout=settings.timeout,
            profile=settings.profile,
            options=dict(settings.options),
        )
    )


def _complete(model: type[BaseModel]) -> None:
    """Resolve annotations that were written as text before what they name was there."""
    try:
        model.model_rebuild()
    except PydanticUndefinedAnnotation as error:
        raise InvalidQueryError(
            f"{model.__name__}: an annotation names {error.name!r}, which is not there where the class is defined: "
            "import it in that module (not only for type checkers), or define it before the first use"
        ) from error


def _column(model: type[BaseModel], table: str, field: str, info: FieldInfo) -> ColumnDefinition:
    marks = marks_of(info)
    outer = [mark for mark in info.metadata if isinstance(mark, Mark)]
    try:
        mapping = map_annotation(info.annotation, outer)
    except InvalidQueryError as error:
        raise InvalidQueryError(f"{model.__name__}.{field}: {error}") from None
    search = _vector_index(f"{model.__name__}.{field}", mapping, marks)
    encode = mapping.encode
    if search is not None:
        directed = search.similarity_function == "COSINE"
        encode = packer(mapping.cql.dimensions or 0, indexed=True, directed=directed)
    role, position, order = _role(model, field, marks)
    alias = _alias(field, info)
    named = [mark.name for mark in marks if isinstance(mark, Column) and mark.name is not None]
    name = named[-1] if named else (info.alias or field)
    return ColumnDefinition(
        name=name,
        field=field,
        type=mapping.cql,
        role=role,
        position=position,
        order=order,
        indexes=tuple(_index(table, name, mark) for mark in marks if isinstance(mark, Indexed))
        + (() if search is None else (_search(table, name, search),)),
        encode=encode,
        parts=mapping.parts,
        read=mapping.read,
        alias=alias,
        nullable=mapping.nullable,
        has_default=not info.is_required(),
        secret=mapping.secret,
    )


def marks_of(info: FieldInfo) -> tuple[Mark, ...]:
    """Return the markers of a field, wherever `Optional` stands."""
    _, inner, _ = split(info.annotation)
    return (*(item for item in info.metadata if isinstance(item, Mark)), *inner)


def _version(model: type[BaseModel], columns: tuple[ColumnDefinition, ...]) -> ColumnDefinition | None:
    found = [
        column
        for column in columns
        if any(isinstance(mark, Version) for mark in marks_of(model.model_fields[column.field]))
    ]
    if not found:
        return None
    column = found[0]
    where = f"{model.__name__}.{column.field}"
    if len(found) > 1:
        raise InvalidQueryError(f"{where} and {found[1].field} cannot both be the Version()")
    if column.type.name not in ("int", "bigint") or column.role != "regular":
        raise InvalidQueryError(f"{where}: Version() needs an int or bigint that is not part of the key")
    return column


def _role(model: type, field: str, marks: tuple[Mark, ...]) -> tuple[Role, int, Any]:
    found: list[tuple[Role, int, str]] = []
    for mark in marks:
        match mark:
            case PrimaryKey():
                found.append(("partition_key", mark.partition_key_index, "ASC"))
            case ClusteringKey():
                found.append(("clustering", mark.clustering_key_index, mark.order))
            case Static():
                found.append(("static", -1, "ASC"))
            case Counter():
                found.append(("counter", -1, "ASC"))
    if len(found) > 1:
        roles = " and ".join(role for role, _, _ in found)
        raise InvalidQueryError(f"{model.__name__}.{field} cannot be {roles} at once")
    return found[0] if found else ("regular", -1, "ASC")


def _alias(field: str, info: FieldInfo) -> str:
    alias = info.validation_alias if info.validation_alias is not None else info.alias
    if alias is None:
        return field
    if isinstance(alias, str):
        return alias
    choices = getattr(alias, "choices", [alias])
    return next((choice for choice in choices if isinstance(choice, str)), field)


def _index(table: str, column: str, mark: Indexed) -> IndexDefinition:
    suffix = f"_{mark.target}" if mark.target else ""
    name = mark.index_name or re.sub(r"\W", "_", f"{table}_{column}{suffix}_idx")
    options = mark.options if isinstance(mark.options, tuple) else ()
    return IndexDefinition(name, column, mark.target, mark.using, options)


def _vector_index(where: str, mapping: Mapping, marks: tuple[Mark, ...]) -> VectorIndex | None:
    found = [mark for mark in marks if isinstance(mark, VectorIndex)]
    if not found:
        return None
    if not mapping.cql.packable:
        raise InvalidQueryError(f"{where}: VectorIndex() needs a Vector() of floats, not {mapping.cql}")
    if len(found) > 1:
        raise InvalidQueryError(f"{where}: a column has one VectorIndex() at most")
    return found[0]


def _search(table: str, column: str, mark: VectorIndex) -> IndexDefinition:
    return IndexDefinition(
        name=mark.index_name or re.sub(r"\W", "_", f"{table}_{column}_idx"),
        column=column,
        options=((SIMILARITY, mark.similarity_function), *mark.options),
        vector=VectorSearch(mark.similarity_function, mark.local, mark.filter_columns),
    )
