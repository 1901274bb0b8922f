"""Rows of a family of classes into documents of the right ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from coodie.exceptions import CoodieError
from coodie.rows.rows import Rows
from coodie.schema.inspect import table_of
from coodie.schema.polymorphism import root_of

Hydrate = Callable[[type[BaseModel], Rows], list[Any]]


def hydrate_family(model: type[BaseModel], rows: Rows, hydrate: Hydrate) -> list[Any]:
    """Give each row to the class that its discriminator names; rows of classes outside `model` are left out.

    A value that no class claims is an error, because dropping the row would hide it.
    """
    table = table_of(model)
    assert table.discriminator is not None  # noqa: S101 - the caller has asked
    place = rows.columns.index(table.discriminator.name)
    groups: dict[type[BaseModel], list[int]] = {}
    for number, row in enumerate(rows.tuples):
        kind = table.kinds.get(row[place])
        if kind is None:
            _check_known(model, row[place])
            continue
        groups.setdefault(kind, []).append(number)
    found: dict[int, Any] = {}
    for kind, numbers in groups.items():
        found.update(zip(numbers, hydrate(kind, _narrow(kind, rows, numbers)), strict=True))
    return [found[number] for number in sorted(found)]


def member_for(model: type[BaseModel], value: Any) -> type[BaseModel]:
    """Return the class of `model`'s family that claims a discriminator's value."""
    found: type[BaseModel] | None = table_of(model).kinds.get(value)
    if found is None:
        _check_known(model, value)
        return model
    return found


def _narrow(kind: type[BaseModel], rows: Rows, numbers: list[int]) -> Rows:
    names = {column.name for column in table_of(kind).columns}
    places = [place for place, name in enumerate(rows.columns) if name in names]
    return rows._replace(
        columns=tuple(rows.columns[place] for place in places),
        types=tuple(rows.types[place] for place in places),
        tuples=[tuple(rows.tuples[number][place] for place in places) for number in numbers],
    )


def _check_known(model: type[BaseModel], value: Any) -> None:
    kinds = table_of(root_of(model)).kinds
    if value is None:
        raise CoodieError(
            f"a row of {table_of(model).name} has no kind: it was made by an update of a row that was not there"
        )
    if value not in kinds:
        known = ", ".join(map(repr, kinds))
        raise CoodieError(
            f"a row of {table_of(model).name} is of kind {value!r}, which no class claims (known: {known}): "
            "import the module that defines it"
        )
