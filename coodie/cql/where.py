"""WHERE: its text, its markers, and what it says about partitions; shared by SELECT, UPDATE and DELETE."""

from __future__ import annotations

from typing import NamedTuple

from coodie.cql.statement import Marker
from coodie.cql.terms import Op, Predicate
from coodie.cqltype import CqlType
from coodie.naming import quote
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table


class Where(NamedTuple):
    """A rendered WHERE: `text` begins with a space, or is empty."""

    text: str
    markers: tuple[Marker, ...]
    partition: tuple[tuple[str, int], ...]


def bound_type(column: ColumnDefinition, op: Op) -> CqlType:
    """Return the type of the value that an operator binds: an element for CONTAINS, a list for IN."""
    match op:
        case Op.IN:
            return CqlType("list", (column.type,))
        case Op.CONTAINS:
            return column.type.args[-1]
        case Op.CONTAINS_KEY:
            return column.type.args[0]
        case _:
            return column.type


def marker(column: ColumnDefinition, op: Op = Op.EQ) -> Marker:
    """Return the marker of `column op ?`."""
    return Marker(column.name, str(bound_type(column, op)), column.secret)


def render_where(table: Table, terms: tuple[tuple[ColumnDefinition, Op], ...], first: int = 0) -> Where:
    """Render predicates joined by AND; `first` is the position of their first parameter in the statement."""
    if not terms:
        return Where("", (), ())
    text = " AND ".join(f"{quote(column.name)} {op.value} ?" for column, op in terms)
    places = {column: first + place for place, (column, op) in enumerate(terms) if op in (Op.EQ, Op.IN)}
    named = all(column in places for column in table.partition_key)
    return Where(
        f" WHERE {text}",
        tuple(marker(column, op) for column, op in terms),
        tuple((column.name, places[column]) for column in table.partition_key) if named else (),
    )


def terms_of(predicates: tuple[Predicate, ...]) -> tuple[tuple[ColumnDefinition, Op], ...]:
    """Return what of predicates makes the statement's shape: all but the values."""
    return tuple((predicate.column, predicate.op) for predicate in predicates)
