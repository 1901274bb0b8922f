"""`name__op=value` and `"-name"` parsed against a table; a word that is no column never reaches the server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coodie.cql.literal import shown
from coodie.cql.terms import LOOKUPS, RANGES, TOKENS, TUPLES, Assignment, Change, Op, Ordering, Predicate
from coodie.exceptions import InvalidQueryError
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table

_CHANGES = {change.value: change for change in Change if change not in (Change.INCREMENT, Change.DECREMENT)}
_FITS = {
    Change.ADD: ("set", "list", "map"),
    Change.REMOVE: ("set", "list", "map"),
    Change.APPEND: ("list",),
    Change.PREPEND: ("list",),
    Change.PUT: ("map",),
    Change.SET_INDEX: ("list",),
}
_TOKEN_LOOKUPS = tuple(f"__{name}" for name in LOOKUPS if name.startswith("token__"))
_CONDITIONS = frozenset(
    {Op.EQ, Op.NE, Op.GT, Op.GTE, Op.LT, Op.LTE, Op.IN, Op.ENTRY, Op.CONTAINS, Op.CONTAINS_KEY, Op.LIKE}
)
_IS_NULL = "isnull"
_PAIR = 2


def parse_filters(table: Table, filters: Mapping[str, Any]) -> tuple[Predicate, ...]:
    """Turn keyword filters into predicates; raises `InvalidQueryError` for an unknown column or lookup."""
    return tuple(_predicate(table, word, value) for word, value in filters.items())


def _predicate(table: Table, word: str, value: Any) -> Predicate:
    column, lookup = _split(table, word)
    if not lookup:
        op = Op.EQ
    elif lookup == _IS_NULL:
        raise InvalidQueryError(
            f"{word}: no row can be found by null; CQL has no IS NULL in WHERE, use it as a condition of a write"
        )
    elif lookup in LOOKUPS:
        op = LOOKUPS[lookup]
    else:
        known = ", ".join(f"__{name}" for name in LOOKUPS)
        raise InvalidQueryError(f"{table.model}.{column.field} has no lookup __{lookup}; known are {known}")
    if op is Op.NE:
        raise InvalidQueryError(
            f"{word}: no server takes != in WHERE; ask for ranges, or use __ne as a condition of a write"
        )
    _check_comparable(column, op, word)
    if op in (Op.EQ, Op.IN, *RANGES) and column.type.multicell:
        raise InvalidQueryError(
            f"{word}: rows are not found by {column.type} as a whole; use __contains, or Frozen()"
        )
    if op is Op.IN and not isinstance(value, (str, bytes, Mapping)) and isinstance(value, Iterable):
        value = list(value)
        if any(item is None for item in value):
            raise InvalidQueryError(f"{word}: no row can be found by null; CQL has no IS NULL")
    if op is Op.ENTRY:
        _check_entry(column, word, value, ("map",))
        if any(item is None for item in value):
            raise InvalidQueryError(f"{word}: no row can be found by null; CQL has no IS NULL")
    if op in TOKENS and column.role != "partition_key":
        keys = ", ".join(key.field for key in table.partition_key)
        raise InvalidQueryError(f"{word}: a token is one of the partition key ({keys})")
    if value is None:
        raise InvalidQueryError(f"{word}: no row can be found by null; CQL has no IS NULL")
    return Predicate(column, op, value)


def _check_comparable(column: ColumnDefinition, op: Op, word: str) -> None:
    if op is Op.CONTAINS_KEY and column.type.name != "map":
        raise InvalidQueryError(f"{word}: __contains_key needs a map, {column.field} is {column.type}")
    if op is Op.CONTAINS and not column.type.is_collection:
        raise InvalidQueryError(f"{word}: __contains needs a collection, {column.field} is {column.type}")
    if op in RANGES and any(part.name == "duration" for part in column.type.walk()):
        raise InvalidQueryError(f"{word}: durations have no order, because a month has no fixed length")


def _check_entry(column: ColumnDefinition, word: str, value: Any, kinds: tuple[str, ...]) -> None:
    if column.type.name not in kinds or column.type.frozen:
        raise InvalidQueryError(
            f"{word}: __key needs a {' or a '.join(kinds)} that is not frozen, {column.field} is {column.type}"
        )
    if not isinstance(value, tuple) or len(value) != _PAIR or value[0] is None:
        raise InvalidQueryError(
            f"{word}: __key takes a pair (key, value), not {shown(value, secret=column.secret)}"
        )


def parse_tuple(table: Table, names: Sequence[str], lookup: str, values: Sequence[Any]) -> Predicate:
    """Turn `("day", "ts"), "gt", (d, t)` into one predicate over clustering columns that follow each other."""
    columns = [table.column(name) for name in names]
    op = TUPLES.get(lookup)
    if op is None:
        raise InvalidQueryError(f"tuples are compared with {', '.join(TUPLES)}, not {lookup!r}")
    if len(columns) != len(values) or not columns:
        raise InvalidQueryError(f"tuple_filter: {len(columns)} columns, but {len(values)} values")
    places = [table.clustering_key.index(column) if column.role == "clustering" else -1 for column in columns]
    if places[0] < 0 or places != list(range(places[0], places[0] + len(places))):
        keys = ", ".join(column.field for column in table.clustering_key) or "none"
        raise InvalidQueryError(
            f"tuple_filter compares neighbours in the clustering key, in its order ({keys})"
        )
    if any(value is None for value in values):
        raise InvalidQueryError("tuple_filter: nothing compares with null")
    if len(columns) == 1:
        return Predicate(columns[0], op, values[0])
    return Predicate(columns[0], op, tuple(values), tuple(columns[1:]))


def _split(table: Table, word: str) -> tuple[ColumnDefinition, str]:
    # A field may itself contain two underscores, so the whole word is tried first.
    if word in table.by_field:
        return table.by_field[word], ""
    for suffix in _TOKEN_LOOKUPS:
        if word.endswith(suffix) and word.removesuffix(suffix) in table.by_field:
            return table.by_field[word.removesuffix(suffix)], suffix[2:]
    name, _, lookup = word.rpartition("__")
    if name and (name in table.by_field or lookup in LOOKUPS):
        return table.column(name), lookup
    head, _, tail = word.partition("__")
    if head in table.by_field:
        return table.by_field[head], tail
    return table.column(word), ""


def parse_order(table: Table, names: Iterable[str]) -> tuple[Ordering, ...]:
    """Turn `"column"` and `"-column"` into orderings; only clustering columns have an order."""
    orderings = []
    for name in names:
        column = table.column(name.removeprefix("-"))
        if column.role != "clustering":
            sortable = ", ".join(key.field for key in table.clustering_key) or "none"
            raise InvalidQueryError(
                f"{table.model} cannot be ordered by {column.field}: rows are stored in the order of the "
                f"clustering key ({sortable})"
            )
        orderings.append(Ordering(column, name.startswith("-")))
    return tuple(orderings)


def parse_assignments(table: Table, changes: Mapping[str, Any]) -> tuple[Assignment, ...]:
    """Turn `tags__add=`, `add__tags=` and plain `column=` into assignments."""
    assignments = tuple([_assignment(table, word, value) for word, value in changes.items()])
    if len(assignments) > 1:
        _check_each_once(table, assignments)
    return assignments


def _check_each_once(table: Table, assignments: tuple[Assignment, ...]) -> None:
    seen: dict[ColumnDefinition, Change] = {}
    for item in assignments:
        if item.column in seen:
            raise InvalidQueryError(
                f"{table.model}.{item.column.field} is changed twice in one update "
                f"({seen[item.column].value} and {item.change.value}): send two"
            )
        seen[item.column] = item.change


def _assignment(table: Table, word: str, value: Any) -> Assignment:
    settable = table.settable.get(word)
    if settable is not None:
        return Assignment(settable, Change.SET, value)
    column, change = _change(table, word)
    where = f"{table.model}.{column.field}"
    if column.in_key:
        raise InvalidQueryError(f"{where} is part of the primary key: a row cannot be moved, save a new one")
    if column is table.discriminator:
        raise InvalidQueryError(
            f"{where} says which class a row is of: it cannot be changed, save a new document"
        )
    if column.role == "counter":
        raise InvalidQueryError(f"{where} is a counter: call increment() or decrement()")
    if change in _FITS:
        if column.type.name not in _FITS[change]:
            raise InvalidQueryError(f"{where} is {column.type}: __{change.value} fits {_fits(change)}")
        if column.type.frozen:
            raise InvalidQueryError(f"{where} is frozen: only the whole value can be written")
        _check_operand(column, change, value, where)
    if change in (Change.PUT, Change.SET_INDEX):
        if not isinstance(value, tuple) or len(value) != _PAIR:
            raise InvalidQueryError(
                f"{where}: __{change.value} takes a pair (key, value), not {shown(value, secret=column.secret)}"
            )
        return Assignment(column, change, value[1], value[0])
    return Assignment(column, change, value)


def _check_operand(column: ColumnDefinition, change: Change, value: Any, where: str) -> None:
    """Refuse what is no collection of elements, so that a text is never taken for its letters."""
    match change, column.type.name:
        case ((Change.PUT | Change.SET_INDEX), _):
            return
        case Change.ADD, "map":
            fits, wanted = isinstance(value, Mapping), "a dict"
        case ((Change.ADD | Change.APPEND | Change.PREPEND), "list"):
            fits, wanted = isinstance(value, (list, tuple)), "a list"
        case _:
            fits, wanted = isinstance(value, (list, tuple, set, frozenset)), "a set or a list"
    if not fits:
        raise InvalidQueryError(
            f"{where}: __{change.value} takes {wanted} of elements, not {shown(value, secret=column.secret)}"
        )


def _fits(change: Change) -> str:
    return ", ".join(f"a {name}" for name in _FITS[change])


def _change(table: Table, word: str) -> tuple[ColumnDefinition, Change]:
    if word in table.by_field:
        return table.by_field[word], Change.SET
    name, _, suffix = word.rpartition("__")
    if suffix in _CHANGES and name:
        return table.column(name), _CHANGES[suffix]
    if suffix == "update" and name:
        return table.column(name), Change.ADD
    prefix, _, name = word.partition("__")
    if prefix in _CHANGES and name:
        return table.column(name), _CHANGES[prefix]
    if prefix == "update" and name:
        return table.column(name), Change.ADD
    return table.column(word), Change.SET


def parse_conditions(table: Table, conditions: Mapping[str, Any]) -> tuple[Predicate, ...]:
    """Turn `if_conditions` into predicates of IF.

    A condition is `col`, `col__ne`, `__gt`, `__gte`, `__lt`, `__lte`, `__in`, `__isnull`, `__key` (an entry of a map, a
    position of a list), on Cassandra `__contains` and `__contains_key`, on ScyllaDB `__like`.
    """
    found = []
    for word, given in conditions.items():
        column, lookup = _split(table, word)
        op, value = _condition(word, lookup, given)
        _check_comparable(column, op, word)
        if op is Op.ENTRY:
            _check_entry(column, word, value, ("map", "list"))
        if op in (Op.CONTAINS, Op.CONTAINS_KEY, Op.LIKE) and value is None:
            raise InvalidQueryError(f"{word}: nothing contains null, and nothing is like it")
        if op in RANGES and column.type.is_collection and not value:
            raise InvalidQueryError(f"{word}: nothing is more or less than an empty {column.type.name}")
        if column.in_key:
            raise InvalidQueryError(
                f"{word}: a condition cannot be on {column.field}, which is part of the key"
            )
        found.append(Predicate(column, op, value))
    return tuple(found)


def _condition(word: str, lookup: str, value: Any) -> tuple[Op, Any]:
    """Return the operator of a condition and what it compares with."""
    if lookup == _IS_NULL:
        if not isinstance(value, bool):
            raise InvalidQueryError(f"{word} is True or False, not {value!r}")
        return (Op.EQ if value else Op.NE), None
    op = LOOKUPS.get(lookup) if lookup else Op.EQ
    if op is None or op not in _CONDITIONS:
        raise InvalidQueryError(
            f"{word}: a condition takes __ne, __gt, __gte, __lt, __lte, __in, __isnull, __key, __contains, "
            f"__contains_key or __like, not __{lookup}"
        )
    return op, value
