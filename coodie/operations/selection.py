"""What `values()` and `values_list()` select: columns, and functions of columns such as `WRITETIME(a)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, Optional

from pydantic import BaseModel, TypeAdapter

from coodie.cql.terms import Op
from coodie.exceptions import InvalidQueryError
from coodie.naming import quote
from coodie.operations.query import Query
from coodie.rows.family import member_for
from coodie.rows.rows import Rows
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import table_of
from coodie.schema.table import Table

_FUNCTION = re.compile(
    r"\s*(writetime|ttl|token|count|min|max|sum|avg)\s*\(\s*([^()]+?)\s*\)\s*", re.IGNORECASE
)
_NUMBERS = frozenset("tinyint smallint int bigint varint float double decimal counter".split())
_EMPTY: dict[str, Callable[[], Any]] = {"list": list, "set": set, "map": dict}


class Item(NamedTuple):
    """One thing selected: the name of the result, its CQL, the column whose annotation the value has, if any.

    `source` is the column that a function reads, where its value is of another type.
    """

    name: str
    cql: str
    column: ColumnDefinition | None
    source: ColumnDefinition | None = None

    @property
    def aggregates(self) -> bool:
        """Tell whether it makes one value of many rows."""
        return self.cql.startswith(("COUNT(", "MIN(", "MAX(", "SUM(", "AVG("))


class Selection(NamedTuple):
    """What is selected and how a row is given back."""

    items: tuple[Item, ...]
    form: Literal["dict", "tuple", "flat", "document"]


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
    if function == "COUNT" and arguments == "*":
        return Item(name or word, "COUNT(*)", None)
    columns = [table.column(argument.strip()) for argument in arguments.split(",")]
    if function == "TOKEN":
        quoted = ", ".join(quote(column.name) for column in columns)
        return Item(name or word, f"TOKEN({quoted})", None)
    if len(columns) != 1:
        raise InvalidQueryError(f"{word}: {function} takes one column")
    column = columns[0]
    if function in ("WRITETIME", "TTL"):
        _check_cell(table, column, function)
    if function in ("SUM", "AVG") and column.type.name not in _NUMBERS:
        raise InvalidQueryError(
            f"{word}: {function} needs numbers, {table.model}.{column.field} is {column.type}"
        )
    cql = f"{function}({quote(column.name)})"
    return Item(name or word, cql, column if function in ("MIN", "MAX") else None, column)


def chosen_selection(table: Table, query: Query) -> Selection | None:
    """Return what a query selects, casts applied; `None` is the whole row as a document."""
    chosen: Selection | None = query.selection
    if (
        query.per_partition_limit is not None
        and chosen is not None
        and any(x.aggregates for x in chosen.items)
    ):
        raise InvalidQueryError("per_partition_limit() makes no sense with count, min, max, sum or avg")
    if query.distinct:
        chosen = _distinct_selection(table, query, chosen)
    elif chosen is not None:
        _check_static(table, query, chosen)
    if query.casts and chosen is None:
        raise InvalidQueryError(
            "cast() goes with values() or values_list(): a document keeps the types of its model"
        )
    for column, to in query.casts:
        assert chosen is not None  # noqa: S101 - refused above
        items = tuple(
            Item(item.name, f"CAST({quote(column.name)} AS {to})", None) if item.column is column else item
            for item in chosen.items
        )
        if items == chosen.items:
            raise InvalidQueryError(f"cast(): {table.model}.{column.field} is not among the selected columns")
        chosen = chosen._replace(items=items)
    return chosen


def _check_static(table: Table, query: Query, chosen: Selection) -> None:
    """Refuse to look for rows where only what belongs to the whole partition is selected."""
    roles = {column.role for item in chosen.items if (column := item.column or item.source) is not None}
    rows = [predicate.column for predicate in query.predicates if predicate.column.role == "clustering"]
    if rows and "static" in roles and roles <= {"static", "partition_key"}:
        raise InvalidQueryError(
            f"{table.model}: static columns belong to the partition: leave {rows[0].field} out"
        )


def _distinct_selection(table: Table, query: Query, chosen: Selection | None) -> Selection:
    """Return what a query of partitions selects: their whole key, and what their rows share."""
    allowed = [column for column in table.columns if column.role in ("partition_key", "static")]
    if query.per_partition_limit is not None:
        raise InvalidQueryError(
            "distinct() reads each partition once: per_partition_limit() says nothing more"
        )
    if chosen is None:
        chosen = Selection(tuple(_item(table, column.field, None) for column in allowed), "document")
    selected = [item.column or item.source for item in chosen.items]
    for used in [*selected, *(predicate.column for predicate in query.predicates)]:
        if used is not None and used not in allowed:
            names = ", ".join(column.field for column in allowed)
            raise InvalidQueryError(f"distinct() reads partitions ({names}), not {table.model}.{used.field}")
    named = [predicate.column for predicate in query.predicates if predicate.op in (Op.EQ, Op.IN)]
    if all(column in named for column in table.partition_key):
        return chosen
    missing = [column.field for column in table.partition_key if column not in selected]
    if missing and not any(item.cql.startswith("TOKEN(") for item in chosen.items):
        raise InvalidQueryError(
            f"distinct() needs the whole partition key, named or among what it selects; {', '.join(missing)} is missing"
        )
    return chosen


def check_cast(table: Table, column: ColumnDefinition, to: str) -> str:
    """Return the native type that a column can be cast to: text, another number, or a date of a time."""
    wanted, given = to.lower(), column.type.name
    fits = {"text", "ascii"} if not (column.type.args or column.type.user) and given != "blob" else set()
    if given in _NUMBERS:
        fits |= _NUMBERS - {"counter"}
    if given in ("timestamp", "timeuuid", "date"):
        fits |= {"timestamp", "date"}
    if wanted not in fits:
        choices = ", ".join(sorted(fits)) or "nothing"
        raise InvalidQueryError(
            f"{table.model}.{column.field} is {column.type}: it casts to {choices}, not {to!r}"
        )
    return wanted


def document_items(table: Table, fields: Iterable[str]) -> tuple[Item, ...]:
    """Return the items of a partial document: the whole key, the discriminator, and the fields asked for."""
    wanted = {table.column(field) for field in fields}
    wanted.update(table.primary_key)
    if table.discriminator is not None:
        wanted.add(table.discriminator)
    return tuple(_item(table, column.field, None) for column in table.columns if column in wanted)


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
    if not rows.tuples:
        return []
    items = selection.items
    tuples = rows.decoded(reads=[item.column.read if item.column else None for item in items])
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
        case "document":
            table = table_of(model)
            fields = [item.column.field for item in items if item.column is not None]
            # A partition with static values alone has no row, so nothing that is a document.
            rowless = [
                place for place, item in enumerate(items) if item.column and item.column.role == "clustering"
            ]
            return [
                _partial(model, table, dict(zip(fields, row, strict=True)))
                for row in validated
                if not rowless or row[rowless[0]] is not None
            ]
        case _:
            return validated


def _partial(model: type[BaseModel], table: Table, values: dict[str, Any]) -> BaseModel:
    """Make a document that has these fields and no others, as pydantic itself would build one."""
    kind: type[BaseModel] = model
    if table.discriminator is not None and table.discriminator.field in values:
        column, value = table.discriminator, values[table.discriminator.field]
        kind = member_for(model, value if column.encode is None else column.encode(value))
    document = kind.__new__(kind)
    vars(document).update(values)
    chosen = {field for field, value in values.items() if value is not None}
    object.__setattr__(document, "__pydantic_fields_set__", chosen)
    object.__setattr__(document, "__pydantic_extra__", None)
    object.__setattr__(document, "__pydantic_private__", None)
    return document


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
