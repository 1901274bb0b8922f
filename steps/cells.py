"""Table cells and the values that they stand for.

A cell is written as people write: text without quotes, numbers, dates, `{"a", "b"}` for a set, `null` for nothing.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import TypeAdapter, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Table = list[list[str]]
NULL = "null"


def documents(model: Any, table: Table) -> list[Any]:
    """Make a document of each row; an empty cell leaves its field alone."""
    header, *rows = table
    return [
        model(
            **{name: value(cell, field(model, name)) for name, cell in zip(header, row, strict=True) if cell}
        )
        for row in rows
    ]


def field(model: Any, name: str) -> Any:
    """Return the annotation of a model's field with its constraints."""
    info = model.model_fields[name]
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def value(cell: str, annotation: Any) -> Any:
    """Return what a cell means where a value of `annotation` is wanted."""
    if cell == NULL:
        return None
    adapter = TypeAdapter(annotation)
    try:
        return adapter.validate_python(cell)
    except ValidationError:
        return adapter.validate_python(ast.literal_eval(cell))


def written(found: Any, cell: str) -> str:
    """Write a value as its cell has it, where it is the same; else as Python would."""
    if found is None:
        return NULL
    try:
        same = value(cell, type(found)) == found
    except (ValidationError, ValueError, SyntaxError):
        same = False
    return cell if same else str(found)


def compared(found: Iterable[Any], table: Table, *, ordered: bool) -> tuple[Table, Table]:
    """Return the rows that were found and the rows of a table, both as cells, to be asserted equal."""
    header, *expected = table
    pool = [_values(each, header) for each in found]
    if not ordered:
        pool = _in_order_of(expected, pool)
    actual = []
    for position, values in enumerate(pool):
        cells = expected[position] if position < len(expected) else [""] * len(header)
        actual.append([written(*pair) for pair in zip(values, cells, strict=True)])
    return actual, expected


def _values(found: Any, header: Sequence[str]) -> list[Any]:
    if isinstance(found, dict):
        return [found[name] for name in header]
    if isinstance(found, tuple):
        return list(found)
    return [getattr(found, name) for name in header]


def _in_order_of(expected: Table, pool: list[list[Any]]) -> list[list[Any]]:
    rest, placed = list(pool), []
    for cells in expected:
        match = next(
            (row for row in rest if [written(*pair) for pair in zip(row, cells, strict=True)] == cells), None
        )
        if match is not None:
            rest.remove(match)
            placed.append(match)
    return placed + rest
