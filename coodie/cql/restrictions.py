"""Which filters a server would refuse, told before the wire with the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from coodie.cql.terms import RANGES, TOKENS, Op, Ordering, Predicate
from coodie.cql.where import Term, Terms, terms_of
from coodie.exceptions import InvalidQueryError
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table

_LOWER, _UPPER = {Op.GT, Op.GTE}, {Op.LT, Op.LTE}
_REMEDY = "name the columns before it, add an Indexed() marker, or say allow_filtering() if a scan is meant"


def check_restrictions(
    table: Table, predicates: tuple[Predicate, ...], orderings: tuple[Ordering, ...], *, filtering: bool
) -> str | None:
    """Refuse a WHERE that needs ALLOW FILTERING without it; return the name of the index that is used, if any."""
    check_not_empty(table, ((predicate.column, predicate.op, predicate.value) for predicate in predicates))
    return _index_of(table, terms_of(predicates), orderings, filtering)


@lru_cache(maxsize=2048)
def _index_of(table: Table, terms: Terms, orderings: tuple[Ordering, ...], filtering: bool) -> str | None:  # noqa: FBT001
    """Look at what does not depend on values: once for each form of a query, unless it is refused."""
    _check_once(table, terms)
    for term in terms:
        if term.op is Op.LIKE and not any("sasi" in (x.using or "").lower() for x in term.column.indexes):
            raise InvalidQueryError(
                f"{table.model}.{term.column.field}: __like needs an index made for it (SASI), which no filtering "
                "replaces; a prefix of a clustering key is found with __gte and __lt"
            )
    restricted = {term.column: term.op for term in terms if not term.rest}
    partition = all(restricted.get(column) in (Op.EQ, Op.IN) for column in table.partition_key)
    if orderings:
        _check_order(table, orderings, partition=partition)
    index = next((found for term in terms if (found := _index_for(term))), None)
    if orderings and index is not None:
        raise InvalidQueryError(
            f"{table.model}: what the index {index} finds comes in no order: order_by cannot be kept"
        )
    if not filtering:
        _check_needs_filtering(table, terms, index, partition=partition)
    return index


def check_not_empty(table: Table, values: Iterable[tuple[ColumnDefinition, Op, Any]]) -> None:
    """Refuse to look for an empty partition key, which is no key."""
    for column, op, value in values:
        if column is not table.sole_key or op not in (Op.EQ, Op.IN):
            continue
        if any(each in ("", b"") for each in (value if isinstance(value, list) else [value])):
            raise InvalidQueryError(
                f"{table.model}.{column.field} is the whole partition key and cannot be empty"
            )


def _check_once(table: Table, terms: Terms) -> None:
    seen: dict[Any, set[Op]] = {}
    for term in terms:
        # A token is compared for itself, and is one for all columns of the partition key.
        token = TOKENS.get(term.op)
        op = token or term.op
        ops = seen.setdefault("token" if token else term.column, set())
        both = {*ops, op}
        if op in ops or (ops and both & {Op.EQ, Op.IN}) or both >= _LOWER or both >= _UPPER:
            raise InvalidQueryError(f"{table.model}.{term.column.field} is restricted twice")
        ops.add(op)


def _index_for(term: Term) -> str | None:
    for index in term.column.indexes:
        target = index.target or ("values" if term.column.type.multicell else None)
        fits = {
            Op.EQ: target in (None, "full"),
            Op.CONTAINS: target == "values",
            Op.CONTAINS_KEY: target == "keys",
            Op.ENTRY: target == "entries",
        }
        ranged = index.using is not None and "sai" in index.using.lower() and term.op in RANGES
        if fits.get(term.op, ranged):
            return index.name
    return None


def _is_sai(column: ColumnDefinition) -> bool:
    return any("sai" in (index.using or "").lower() for index in column.indexes)


def _check_needs_filtering(table: Table, terms: Terms, index: str | None, *, partition: bool) -> None:
    indexed = [term for term in terms if _index_for(term)]
    if len(indexed) > 1 and not all(_is_sai(term.column) for term in indexed):
        names = " and ".join(term.column.field for term in indexed)
        raise InvalidQueryError(
            f"{table.model}: only one index answers a query, so {names} together read rows to throw some away: say "
            "allow_filtering() if that is meant, or index them with using='sai'"
        )
    by_column: dict[ColumnDefinition, set[Op]] = {}
    for term in terms:
        for column in (term.column, *term.rest):
            by_column.setdefault(column, set()).add(term.op)
    for term in terms:
        if term.op in TOKENS:
            continue  # a range of the ring is a range of partitions: nothing is read to be thrown away
        column, where = term.column, f"{table.model}.{term.column.field}"
        if term in indexed:
            continue
        if column.role == "partition_key":
            if term.op not in (Op.EQ, Op.IN):
                raise InvalidQueryError(f"{where}: a partition key takes = and IN, not {term.op.value}")
            if not partition and index is None:
                missing = ", ".join(key.field for key in table.partition_key if key not in by_column)
                raise InvalidQueryError(f"{where}: the partition key also needs {missing}; or {_REMEDY}")
        elif column.role == "clustering":
            _check_clustering(table, column, by_column, index, partition=partition)
        else:
            raise InvalidQueryError(
                f"{where} is neither part of the key nor indexed, so finding rows by it would read the whole "
                "table: add an Indexed() marker, or say allow_filtering() if that is meant"
            )


def _check_clustering(
    table: Table,
    column: ColumnDefinition,
    by_column: dict[ColumnDefinition, set[Op]],
    index: str | None,
    *,
    partition: bool,
) -> None:
    if not partition:
        keys = ", ".join(key.field for key in table.partition_key)
        raise InvalidQueryError(
            f"{table.model}.{column.field} needs the partition key ({keys}) beside it; or {_REMEDY}"
        )
    for earlier in table.clustering_key[: table.clustering_key.index(column)]:
        ops = by_column.get(earlier)
        if index is None and (not ops or ops & RANGES):
            raise InvalidQueryError(
                f"{table.model}.{column.field} needs {earlier.field}= before it; or {_REMEDY}"
            )


def _check_order(table: Table, orderings: tuple[Ordering, ...], *, partition: bool) -> None:
    if not partition:
        keys = ", ".join(key.field for key in table.partition_key)
        raise InvalidQueryError(
            f"{table.model}: order_by needs the partition key ({keys}); tokens have no order"
        )
    for ordering, column in zip(orderings, table.clustering_key, strict=False):
        if ordering.column is not column:
            raise InvalidQueryError(
                f"{table.model}: order_by must follow the clustering key; next is {column.field}"
            )
    flipped = {ordering.descending == (ordering.column.order == "DESC") for ordering in orderings}
    if len(flipped) > 1:
        raise InvalidQueryError(
            f"{table.model}: order_by can follow the clustering order or reverse all of it"
        )
