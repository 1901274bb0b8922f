"""What `values()` and `values_list()` select: columns, and functions of columns such as `WRITETIME(a)`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, Optional

from pydantic import BaseModel, TypeAdapter

from coodie.exceptions import InvalidQueryError
from coodie.naming import quote
from coodie.rows.rows import Rows
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table

_FUNCTION = re.compile(r"\s*(writetime|ttl|token)\s*\(\s*([^()]+?)\s*\)\s*", re.IGNORECASE)
_EMPTY: dict[str, Callable[[], Any]] = {"list": list, "set": set, "map": dict}


class Item(NamedTuple):
    """One thing selected: the name of the result, its CQL, and the column whose annotation the value has, if any."""

    name: str
    cql: str
    column: ColumnDefinition | None


class Selection(NamedTuple):
    """What is selected and how a row is given back."""

    items: tuple[Item, ...]
    form: Literal["dict", "tuple", "flat"]


def select_items(table: Table, words: tuple[str, ...], named: dict[str, str]) -> tuple[Item, ...]:
    """Parse columns and functions of columns against the table; no words mean all columns."""
    if not words and not named:
        words = tuple(column.field for column in table.columns)
    return tuple(_item(table, word, None) for word in words) + tuple(
        _item(table, word, name) for name, word in named.items()
    )


def _item(table: Table, word: str, name: str | None) -> Item:
    match = _FUNCTION.fullmatch(word)
    if match is None:
        column = table.column(word)
        return Item(name or word, quote(column.name), column)
    function, arguments = match[1].upper(), match[2]
    columns = [table.column(argument.strip()) for argument in arguments.split(",")]
    if function != "TOKEN":
        if len(columns) != 1:
            raise InvalidQueryError(f"{word}: {function} takes one column")
        _check_cell(table, columns[0], function)
    quoted = ", ".join(quote(column.name) for column in columns)
    return Item(name or word, f"{function}({quoted})", None)


def _check_cell(table: Table, column: ColumnDefinition, function: str) -> None:
    where = f"{table.model}.{column.field}"
    if column.in_key:
        raise InvalidQueryError(
            f"{where} is part of the key, which has no {function}: ask for another column's"
        )
    if column.type.multicell:
        raise InvalidQueryError(
            f"{where} is a collection with one {function} per element, which is not supported"
        )


def project(model: type[BaseModel], selection: Selection, rows: Rows) -> list[Any]:
    """Decode a page of selected values as they are in a document."""
    tuples = rows.decoded()
    if not tuples:
        return []
    items = selection.items
    emptied = [
        (place, _EMPTY[item.column.type.name])
        for place, item in enumerate(items)
        if item.column is not None and item.column.type.is_collection
    ]
    if emptied:
        tuples = [_fill(row, emptied) for row in tuples]
    validated: list[tuple[Any, ...]] = _adapter(model, items).validate_python(tuples)
    match selection.form:
        case "dict":
            names = [item.name for item in items]
            return [dict(zip(names, row, strict=True)) for row in validated]
        case "flat":
            return [row[0] for row in validated]
        case _:
            return validated


def _fill(row: tuple[Any, ...], emptied: list[tuple[int, Callable[[], Any]]]) -> tuple[Any, ...]:
    filled = list(row)
    for place, empty in emptied:
        if filled[place] is None:
            filled[place] = empty()
    return tuple(filled)


@lru_cache(maxsize=1024)
def _adapter(model: type[BaseModel], items: tuple[Item, ...]) -> TypeAdapter[list[tuple[Any, ...]]]:
    types = tuple(_annotation(model, item) for item in items)
    return TypeAdapter(list[tuple[types]])  # type: ignore[valid-type]


def _annotation(model: type[BaseModel], item: Item) -> Any:
    if item.column is None:
        return Any
    info = model.model_fields[item.column.field]
    annotation = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return Optional[annotation]  # noqa: UP045 - built at run time
