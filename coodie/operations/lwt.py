"""The answer of a conditional write."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from coodie.naming import quote
from coodie.operations.request import Request
from coodie.operations.selection import Item, Selection, project
from coodie.results import LWTResult
from coodie.rows.rows import EMPTY, Rows
from coodie.schema.inspect import table_of

APPLIED = LWTResult(applied=True)
# What a write in a batch gives back: not applied until the batch is, and the batch says so.
QUEUED = LWTResult(applied=False)
_APPLIED = "[applied]"


def lwt_result(rows: Rows, model: type[BaseModel]) -> LWTResult:
    """Decode `[applied]` and the row that stood in the way, its values as in a document, by field."""
    if not rows.columns or rows.columns[0] != _APPLIED or rows.tuples[0][0]:
        return APPLIED
    columns = {column.name: column for column in table_of(model).read_columns}
    items = tuple(
        Item(columns[name].field if name in columns else name, quote(name), columns.get(name))
        for name in rows.columns[1:]
    )
    if not items:
        return LWTResult(applied=False)
    rest = rows._replace(columns=rows.columns[1:], types=rows.types[1:], tuples=[rows.tuples[0][1:]])
    return LWTResult(applied=False, existing=project(model, Selection(items, "dict"), rest)[0])


def settle(request: Request[Any]) -> None:
    """Let a document follow a write that its batch has applied, as after a write of its own."""
    request.decode(EMPTY)
