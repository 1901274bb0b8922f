"""Rows into documents: the only place where one becomes the other.

A function is generated per model, column list and types: it turns each tuple into a dictionary, codecs applied and
null collections emptied; one call of pydantic then validates the whole page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter

from coodie.cqltype import CqlType
from coodie.rows.family import hydrate_family
from coodie.rows.rows import Decoder, Rows
from coodie.rows.usertype_row import UserTypeRow
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import table_of

D = TypeVar("D", bound=BaseModel)
_EMPTY = {"list": "[]", "set": "set()", "map": "{}"}


def hydrate(model: type[D], rows: Rows) -> list[D]:
    """Validate a page of rows into documents of `model`."""
    rows = _without_rowless(model, rows)
    if not rows.tuples:
        return []
    if table_of(model).discriminator is not None:
        return hydrate_family(model, rows, _hydrate_one)
    return _hydrate_one(model, rows)


def _without_rowless(model: type[BaseModel], rows: Rows) -> Rows:
    """Leave out what is no row: a partition that holds static values alone comes with a null clustering key."""
    table = table_of(model)
    if not rows.tuples or not table.has_static or not table.clustering_key:
        return rows
    place = rows.columns.index(table.clustering_key[0].name)
    if all(row[place] is not None for row in rows.tuples):
        return rows
    return rows._replace(tuples=[row for row in rows.tuples if row[place] is not None])


def _hydrate_one(model: type[D], rows: Rows) -> list[D]:
    mappings = _dictionaries(model, rows.columns, rows.types, rows.decoder)(rows.tuples)
    documents: list[D] = _adapter(model).validate_python(mappings)
    _forget_nulls(model, rows, documents)
    return documents


def _forget_nulls(model: type[BaseModel], rows: Rows, documents: list[Any]) -> None:
    """Count what was null as not set, so that saving the document again writes no tombstone."""
    table = table_of(model)
    places = [
        (place, table.by_field[name].field)
        for place, name in enumerate(rows.columns)
        if not table.by_field[name].in_key
    ]
    for row, document in zip(rows.tuples, documents, strict=True):
        if None in row:
            chosen = document.__pydantic_fields_set__
            for place, field in places:
                if row[place] is None:
                    chosen.discard(field)


@lru_cache(maxsize=1024)
def _adapter(model: type[BaseModel]) -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type]


@lru_cache(maxsize=2048)
def _dictionaries(
    model: type[BaseModel],
    columns: tuple[str, ...],
    types: tuple[CqlType, ...],
    decoder: Callable[[CqlType], Decoder | None],
) -> Callable[[Any], list[dict[str, Any]]]:
    table = table_of(model)
    by_name = {column.name: column for column in table.columns}
    names: dict[str, Any] = {"UserTypeRow": UserTypeRow}
    entries, optional = [], []
    for place, (name, cql) in enumerate(zip(columns, types, strict=True)):
        column = by_name[name]
        decode = column.read or decoder(cql)
        if decode is not None:
            names[f"d{place}"] = decode
        source = _expression(place, column, decode is not None)
        if not column.nullable and column.has_default and not column.type.is_collection:
            # Null in a column that must have a value, but has a default: the model's default stands in.
            optional.append(f"    if r[{place}] is not None: row[{column.alias!r}] = {source}\n")
        else:
            entries.append(f"{column.alias!r}: {source}")
    literal = "{" + ", ".join(entries) + "}"
    if not optional:
        body = f"def build(rows):\n  return [{literal} for r in rows]\n"
    else:
        body = (
            "def build(rows):\n  result = []\n  for r in rows:\n"
            f"    row = {literal}\n{''.join(optional)}    result.append(row)\n  return result\n"
        )
    exec(compile(body, f"<hydrate {model.__name__}>", "exec"), names)  # noqa: S102 - names are repr()s and positions
    build: Callable[[Any], list[dict[str, Any]]] = names["build"]
    return build


def _expression(place: int, column: ColumnDefinition, decoded: bool) -> str:  # noqa: FBT001
    value = f"d{place}(r[{place}])" if decoded else f"r[{place}]"
    if column.type.user and not column.nullable:
        # All its fields null is the same to the server as no value; the model decides whether that may be.
        return f"UserTypeRow() if r[{place}] is None else {value}"
    if column.type.is_collection:
        return f"{_EMPTY[column.type.name]} if r[{place}] is None else {value}"
    return f"None if r[{place}] is None else {value}" if decoded else value
