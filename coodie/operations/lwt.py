"""The answer of a conditional write."""

from __future__ import annotations

from coodie.results import LWTResult
from coodie.rows.rows import Rows
from coodie.schema.table import Table

APPLIED = LWTResult(applied=True)
# What a write in a batch gives back: not applied until the batch is, and the batch says so.
QUEUED = LWTResult(applied=False)
_APPLIED = "[applied]"


def lwt_result(rows: Rows, table: Table) -> LWTResult:
    """Decode `[applied]` and the row that stood in the way, its values as in a document, by field."""
    if not rows.columns or rows.columns[0] != _APPLIED:
        return APPLIED
    values = rows.decoded(1)[0]
    if values[0]:
        return APPLIED
    existing = {
        table.by_field[name].field if name in table.by_field else name: value
        for name, value in zip(rows.columns[1:], values[1:], strict=True)
    }
    return LWTResult(applied=False, existing=existing or None)
