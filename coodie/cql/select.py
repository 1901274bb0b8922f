"""SELECT."""

from __future__ import annotations

from typing import NamedTuple

from coodie.cql.statement import Kind, Marker, Shape
from coodie.cql.where import Terms, marker, render_where
from coodie.naming import qualified, quote
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table


class SelectKey(NamedTuple):
    """All that shapes a SELECT; equal keys give equal text.

    `selection` holds CQL expressions, ready made; `order` pairs of column and direction. `nearest` is the column whose
    vectors order the rows, `score` the function that selects how near each is, `words` the column whose text does;
    together they are one hybrid ordering.
    """

    table: Table
    keyspace: str | None
    selection: tuple[str, ...]
    terms: Terms = ()
    group: tuple[ColumnDefinition, ...] = ()
    order: tuple[tuple[ColumnDefinition, bool], ...] = ()
    distinct: bool = False
    per_partition_limit: bool = False
    limit: bool = False
    filtering: bool = False
    bypass_cache: bool = False
    by_index: str | None = None
    timeout: bool = False
    json: bool = False
    nearest: ColumnDefinition | None = None
    score: str | None = None
    words: ColumnDefinition | None = None


def _by_words(words: ColumnDefinition, nearest: ColumnDefinition | None) -> str:
    """Write ScyllaDB's order by relevance, which filters by the same words, or by relevance and nearness together."""
    relevance = f"BM25({quote(words.name)}, ?)"
    if nearest is None:
        return f" WHERE {relevance} > 0 ORDER BY {relevance}"
    return f" ORDER BY RRF(ANN({quote(nearest.name)}, ?), {relevance})"


def select(key: SelectKey) -> Shape:
    """Build a SELECT; its parameters are the scored vector, those of WHERE, the vector, the limits, the timeout."""
    table = key.table
    vector = () if key.nearest is None else (marker(key.nearest),)
    scored = () if key.score is None else vector
    where = render_where(table, key.terms, len(scored))
    words = f"{'JSON ' if key.json else ''}{'DISTINCT ' if key.distinct else ''}"
    selection = list(key.selection)
    if key.score is not None and key.nearest is not None:
        selection.append(f"{key.score}({quote(key.nearest.name)}, ?)")
    text = f"SELECT {words}{', '.join(selection)}"
    text += f" FROM {qualified(key.keyspace, table.name)}{where.text}"
    markers = [*scored, *where.markers]
    if key.group:
        text += f" GROUP BY {', '.join(quote(column.name) for column in key.group)}"
    if key.order:
        parts = (f"{quote(column.name)} {'DESC' if down else 'ASC'}" for column, down in key.order)
        text += f" ORDER BY {', '.join(parts)}"
    if key.words is not None:
        text += _by_words(key.words, key.nearest)
        words_twice = 1 if key.nearest is not None else 2
        markers += [*vector, *[marker(key.words)] * words_twice]
    elif key.nearest is not None:
        text += f" ORDER BY {quote(key.nearest.name)} ANN OF ?"
        markers += vector
    if key.per_partition_limit:
        text += " PER PARTITION LIMIT ?"
        markers.append(Marker("per partition limit", "int"))
    if key.limit:
        text += " LIMIT ?"
        markers.append(Marker("limit", "int"))
    if key.filtering:
        text += " ALLOW FILTERING"
    if key.bypass_cache:
        text += " BYPASS CACHE"
    if key.timeout:
        text += " USING TIMEOUT ?"
        markers.append(Marker("timeout", "duration"))
    return Shape(
        text=text,
        kind=Kind.SELECT,
        keyspace=key.keyspace,
        table=table.name,
        model=table.model,
        markers=tuple(markers),
        partition=where.partition,
        scan=not where.partition,
        filtering=key.filtering,
        index=key.by_index,
        idempotent=True,
        secret_columns=frozenset(column.name for column in table.columns if column.secret),
    )
