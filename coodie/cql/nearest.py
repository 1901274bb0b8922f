"""What a search for nearest neighbours takes, refused before the wire where the server would not answer it."""

from __future__ import annotations

from typing import Any

from coodie.cql.dialect import Dialect, Target, since
from coodie.cql.terms import RANGES, TOKENS, Nearest, Op, Predicate
from coodie.exceptions import InvalidQueryError
from coodie.schema.column import ColumnDefinition, IndexDefinition, VectorSearch
from coodie.schema.table import Table

MOST_NEIGHBOURS = 1000


def searched_column(table: Table, name: str) -> ColumnDefinition:
    """Return a column whose neighbours can be found; one without an index for it is refused."""
    column = table.column(name)
    if column.vector_index is None:
        searchable = (
            ", ".join(each.field for each in table.columns if each.vector_index is not None) or "none"
        )
        raise InvalidQueryError(
            f"{table.model}.{column.field} has no VectorIndex(), so its nearest neighbours cannot be found (columns "
            f"that have one: {searchable})"
        )
    return column


def check_neighbours(limit: Any, what: str) -> int:
    """Return how many neighbours are wanted: servers find 1 to 1000."""
    if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= MOST_NEIGHBOURS:
        raise InvalidQueryError(f"{what} must be a whole number from 1 to {MOST_NEIGHBOURS}, not {limit!r}")
    return limit


def check_search(
    table: Table, nearest: Nearest, predicates: tuple[Predicate, ...], target: Target, *, filtering: bool
) -> str:
    """Refuse filters that the server cannot combine with a search; return the name of the index that is used."""
    index = nearest.column.vector_index
    assert index is not None  # noqa: S101 - the query set has looked
    assert index.vector is not None  # noqa: S101 - what makes it one
    since("2025.4", target, "order_by_ann()")
    if target.dialect is Dialect.SCYLLA:
        _check_scylla(table, predicates, index, index.vector, filtering=filtering)
    else:
        _check_cassandra(table, predicates)
    return index.name


def _check_cassandra(table: Table, predicates: tuple[Predicate, ...]) -> None:
    equal = {predicate.column for predicate in predicates if predicate.op is Op.EQ}
    partition = all(column in equal for column in table.partition_key)
    for predicate in predicates:
        column, where = predicate.column, f"{table.model}.{predicate.column.field}"
        if predicate.op in TOKENS or (partition and column.role == "partition_key"):
            continue
        if partition and column.role == "clustering" and _follows(table, column, predicates):
            continue
        if not any("sai" in (index.using or "").lower() for index in column.indexes):
            raise InvalidQueryError(
                f"{where}: beside order_by_ann() Cassandra filters by the whole partition key with =, by clustering "
                "columns after it, and by columns with Indexed(using='sai'); allow_filtering() does not help"
            )


def _follows(table: Table, column: ColumnDefinition, predicates: tuple[Predicate, ...]) -> bool:
    """Tell whether every clustering column before this one is given with =."""
    equal = {predicate.column for predicate in predicates if predicate.op is Op.EQ}
    before = table.clustering_key[: table.clustering_key.index(column)]
    ops = {predicate.op for predicate in predicates if predicate.column is column}
    return all(each in equal for each in before) and ops <= {Op.EQ, *RANGES}


def _check_scylla(
    table: Table,
    predicates: tuple[Predicate, ...],
    index: IndexDefinition,
    search: VectorSearch,
    *,
    filtering: bool,
) -> None:
    filters = {table.column(name) for name in search.filter_columns}
    equal = {predicate.column for predicate in predicates if predicate.op is Op.EQ}
    within = all(column in equal for column in table.partition_key)
    if search.local and not within:
        keys = ", ".join(column.field for column in table.partition_key)
        raise InvalidQueryError(
            f"{table.model}: the index {index.name} is local, so a search needs the partition key ({keys})"
        )
    for predicate in predicates:
        if not predicate.column.in_key and predicate.column not in filters:
            raise InvalidQueryError(
                f"{table.model}.{predicate.column.field}: beside order_by_ann() ScyllaDB filters by key columns and by "
                f"the index's own: name it in VectorIndex(filter_columns=...) of {index.column}"
            )
    if predicates and not search.local and not filtering:
        raise InvalidQueryError(
            f"{table.model}: a filter beside order_by_ann() throws away what the global index {index.name} finds: say "
            "allow_filtering() if that is meant, or make the index local to its partition with VectorIndex(local=True)"
        )
