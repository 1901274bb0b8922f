"""WHERE and IF: their text, their markers, and what they say about partitions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from coodie.cql.statement import Marker
from coodie.cql.terms import TOKENS, Op, Predicate
from coodie.cqltype import CqlType, scalar
from coodie.naming import quote
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table


class Term(NamedTuple):
    """A predicate without its value: what makes the shape. `rest` are the further columns of a tuple."""

    column: ColumnDefinition
    op: Op
    rest: tuple[ColumnDefinition, ...] = ()


Terms: TypeAlias = tuple[Term, ...]


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
            return scalar("bigint") if op in TOKENS else column.type


def marker(column: ColumnDefinition, op: Op = Op.EQ) -> Marker:
    """Return the marker of `column op ?`."""
    return Marker(column.name, str(bound_type(column, op)), column.secret)


def element_marker(column: ColumnDefinition) -> Marker:
    """Return the marker of what names one element: a map's key, or a position in a list."""
    key = column.type.args[0] if column.type.name == "map" else scalar("int")
    return Marker(f"{column.name}[]", str(key), column.secret)


def render_where(table: Table, terms: Terms, first: int = 0) -> Where:
    """Render predicates joined by AND; `first` is the position of their first parameter in the statement."""
    if not terms:
        return Where("", (), ())
    texts: list[str] = []
    markers: list[Marker] = []
    places: dict[ColumnDefinition, int] = {}
    for term in terms:
        column, op, rest = Term(*term)
        if op in (Op.EQ, Op.IN) and not rest:
            places[column] = first + len(markers)
        text, own = _term(table, column, op, rest)
        texts.append(text)
        markers += own
    named = all(column in places for column in table.partition_key)
    return Where(
        f" WHERE {' AND '.join(texts)}",
        tuple(markers),
        tuple((column.name, places[column]) for column in table.partition_key) if named else (),
    )


def _term(
    table: Table, column: ColumnDefinition, op: Op, rest: tuple[ColumnDefinition, ...]
) -> tuple[str, tuple[Marker, ...]]:
    if rest:
        columns = (column, *rest)
        names, slots = ", ".join(quote(each.name) for each in columns), ", ".join("?" * len(columns))
        return f"({names}) {op.value} ({slots})", tuple(map(marker, columns))
    if op in TOKENS:
        key = ", ".join(quote(each.name) for each in table.partition_key)
        return f"TOKEN({key}) {TOKENS[op].value} ?", (Marker("token", "bigint"),)
    return _comparison(column, op)


def _comparison(column: ColumnDefinition, op: Op) -> tuple[str, tuple[Marker, ...]]:
    if op is Op.ENTRY:
        value = Marker(column.name, str(column.type.args[-1]), column.secret)
        return f"{quote(column.name)}[?] = ?", (element_marker(column), value)
    return f"{quote(column.name)} {op.value} ?", (marker(column, op),)


def render_if(conditions: Terms, *, if_exists: bool) -> tuple[str, tuple[Marker, ...]]:
    """Render IF EXISTS, or IF with conditions joined by AND."""
    if not conditions:
        return (" IF EXISTS" if if_exists else ""), ()
    rendered = [_comparison(column, op) for column, op, _ in conditions]
    markers = tuple(each for _, own in rendered for each in own)
    return f" IF {' AND '.join(text for text, _ in rendered)}", markers


def terms_of(predicates: Iterable[Predicate]) -> Terms:
    """Return what of predicates makes the statement's shape: all but the values."""
    return tuple(Term(predicate.column, predicate.op, predicate.rest) for predicate in predicates)
