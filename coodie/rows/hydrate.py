"""Rows into documents: the only place where one becomes the other.

What a page needs is compiled once for a model, its columns and their types (`coodie.rows.reader`), and found again by
the identity of the driver's own tuples, so that reading one row costs no look at its ten types.
"""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

from coodie.rows.family import hydrate_family
from coodie.rows.reader import Reader, compile_reader
from coodie.rows.rows import Rows
from coodie.schema.inspect import table_of

D = TypeVar("D", bound=BaseModel)

MOST_REMEMBERED = 2048
# The tuples are kept beside the reader, so that none of them is freed and its identity given to another.
_recent: dict[tuple[type[BaseModel], int, int], tuple[Rows, Reader]] = {}


def hydrate(model: type[D], rows: Rows) -> list[D]:
    """Validate a page of rows into documents of `model`."""
    if not rows.tuples:
        return []
    table = table_of(model)
    if table.has_static:
        rows = _without_rowless(model, rows)
    if table.discriminator is not None:
        return hydrate_family(model, rows, _documents)
    return _documents(model, rows)


def _documents(model: type[D], rows: Rows) -> list[D]:
    key = (model, id(rows.columns), id(rows.types))
    found = _recent.get(key)
    if found is None or found[0].decoder is not rows.decoder:
        reader = compile_reader(model, rows.columns, rows.types, rows.decoder)
        if len(_recent) >= MOST_REMEMBERED:
            _recent.clear()
        found = _recent[key] = rows._replace(tuples=(), trace=None, paging_state=None), reader
    return found[1](rows.tuples)


def _without_rowless(model: type[BaseModel], rows: Rows) -> Rows:
    """Leave out what is no row: a partition that holds static values alone comes with a null clustering key."""
    key = table_of(model).clustering_key
    if not key:
        return rows
    place = rows.columns.index(key[0].name)
    if all(row[place] is not None for row in rows.tuples):
        return rows
    return rows._replace(tuples=[row for row in rows.tuples if row[place] is not None])
