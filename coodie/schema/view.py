"""A materialized view as its model declares it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from coodie.exceptions import InvalidQueryError
from coodie.naming import check_object_name
from coodie.schema.inspect import build_table, table_of
from coodie.schema.settings import read_settings
from coodie.schema.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A view: its own keys in `table`, the table that it follows, what it holds of it, and which rows.

    `where` is CQL that the class's author wrote; `None` asks for every key column to be there. `ordered` tells that its
    clustering order must be said: servers take over that of the table's columns, which may be another.
    """

    table: Table
    base: str
    columns: tuple[str, ...]
    where: str | None = None
    ordered: bool = False


def view_of(model: type[BaseModel]) -> View:
    """Read a view class; what cannot be a view is an `InvalidQueryError` that names class and reason."""
    settings = read_settings(model)
    base = settings.base_table
    if base is None:
        raise InvalidQueryError(
            f"{model.__name__}.Settings needs __base_table__: the class or table that it follows"
        )
    table = table_of(model)
    name = check_object_name(base, "table") if isinstance(base, str) else _check_base(model, base)
    columns = tuple(table.column(field).name for field in settings.view_columns or ())
    missing = [column.field for column in table.primary_key if columns and column.name not in columns]
    if missing:
        raise InvalidQueryError(
            f"{model.__name__}: __view_columns__ must hold the view's key; {missing[0]} is missing"
        )
    kept = columns or tuple(column.name for column in table.columns)
    return View(table, name, kept, settings.where_clause, _says_order(table, base))


def _says_order(table: Table, base: Any) -> bool:
    if any(column.order == "DESC" for column in table.clustering_key):
        return True
    descending = (
        set()
        if isinstance(base, str)
        else {column.name for column in table_of(base).columns if column.order == "DESC"}
    )
    return any(isinstance(base, str) or column.name in descending for column in table.clustering_key)


def view_table(model: type[BaseModel]) -> Table:
    """Build the table of a view, its clustering order taken from `__clustering_order__` too."""
    table, settings = build_table(model), read_settings(model)
    orders = {
        table.column(field).field: order.upper() for field, order in (settings.clustering_order or {}).items()
    }
    for field, order in orders.items():
        if order not in ("ASC", "DESC") or table.column(field).role != "clustering":
            raise InvalidQueryError(
                f"{model.__name__}: __clustering_order__ takes clustering columns and ASC or DESC, not {field}: {order}"
            )
    columns = tuple(_ordered(column, orders) for column in table.columns)
    base = settings.base_table
    return replace(table, columns=columns, follows=str(getattr(base, "__name__", base)))


def _ordered(column: Any, orders: dict[str, str]) -> Any:
    return replace(column, order=orders[column.field]) if column.field in orders else column


def _check_base(model: type[BaseModel], base: Any) -> str:
    if not (isinstance(base, type) and issubclass(base, BaseModel)):
        raise InvalidQueryError(
            f"{model.__name__}: __base_table__ is a document class or a table's name, not {base!r}"
        )
    there, here = table_of(base), table_of(model)
    names = {column.name: column for column in there.columns}
    keys = {column.name for column in here.primary_key}
    for column in here.columns:
        known = names.get(column.name)
        if known is None:
            raise InvalidQueryError(
                f"{model.__name__}.{column.field}: {there.model} has no column {column.name}"
            )
        if str(known.type) != str(column.type):
            raise InvalidQueryError(
                f"{model.__name__}.{column.field} is {column.type}, but {there.model}.{known.field} is {known.type}"
            )
    lost = [column.field for column in there.primary_key if column.name not in keys]
    if lost:
        raise InvalidQueryError(
            f"{model.__name__}: a view's key holds every key column of its table; {', '.join(lost)} is missing"
        )
    if len(keys) > len(there.primary_key) + 1:
        raise InvalidQueryError(
            f"{model.__name__}: a view's key holds at most one column that is no key of its table"
        )
    return there.name
