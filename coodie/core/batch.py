"""What a batch is before it is sent: its statements, checked to belong together, and what follows its success."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from coodie.cql.statement import BatchStatement, Kind, Shape, Statement
from coodie.exceptions import InvalidQueryError
from coodie.operations.options import check_timestamp, execution_options
from coodie.operations.request import Request
from coodie.results import BatchResult
from coodie.rows.rows import Rows

logger = logging.getLogger("coodie.batch")
KINDS = ("LOGGED", "UNLOGGED", "COUNTER")
# batch_size_warn_threshold and batch_size_fail_threshold of Cassandra; ScyllaDB's are 128 and 1,024 KiB.
WARN_BYTES = 5 * 1024
_APPLIED = "[applied]"
_FLAT = 8


class BatchCore:
    """Collects statements until the batch is sent; nothing is sent when the `with` block raises.

    `result` is there after `execute()`.
    """

    def __init__(
        self,
        logged: bool = True,  # noqa: FBT001, FBT002 - the public signature
        batch_type: str | None = None,
        timestamp: int | None = None,
        consistency: str | None = None,
        connection: str | None = None,
    ) -> None:
        kind = (batch_type or ("LOGGED" if logged else "UNLOGGED")).upper()
        if kind not in KINDS:
            raise InvalidQueryError(f"batch_type must be one of {', '.join(KINDS)}, not {batch_type!r}")
        self.kind = kind
        self.timestamp = None if timestamp is None else check_timestamp(timestamp)
        self.connection = connection
        self.result: BatchResult | None = None
        self._options = execution_options(consistency)
        self._statements: list[Statement] = []
        self._afterwards: list[Callable[[], None]] = []

    def __len__(self) -> int:
        return len(self._statements)

    def add(self, cql: str, params: Sequence[Any] = ()) -> None:
        """Add CQL as it stands, its `?` markers bound to `params`."""
        if self.timestamp is not None:
            raise InvalidQueryError(
                "a batch with a timestamp takes no CQL by hand: write USING TIMESTAMP into it"
            )
        if isinstance(params, (str, bytes)):
            raise InvalidQueryError(f"params must be a list or a tuple of values, not {params!r}")
        self._statements.append(Statement(Shape(text=cql, kind=Kind.RAW), tuple(params)))

    def collect(
        self,
        statement: Statement | BatchStatement,
        connection: str,
        afterwards: Callable[[], None] | None = None,
    ) -> None:
        """Take a statement of a document's write; `afterwards` runs when the batch was applied."""
        if isinstance(statement, BatchStatement):
            raise InvalidQueryError("a batch cannot hold another batch")
        if self.connection is not None and connection != self.connection:
            raise InvalidQueryError(
                f"a batch goes to one cluster: it is on {self.connection!r}, {statement.shape.table} on {connection!r}"
            )
        self.connection = connection
        table = statement.shape.table
        if statement.shape.counter and self.kind != "COUNTER":
            raise InvalidQueryError(f"{table} is a table of counters: its batch needs batch_type='COUNTER'")
        if self.kind == "COUNTER" and not statement.shape.counter:
            raise InvalidQueryError(
                f"a COUNTER batch takes increments and decrements only, no write to {table}"
            )
        self._statements.append(statement)
        if afterwards is not None:
            self._afterwards.append(afterwards)

    def request(self) -> Request[BatchResult]:
        """Build the request of everything collected so far."""
        size = sum(_size(value) for statement in self._statements for value in statement.params)
        if size > WARN_BYTES:
            logger.warning(
                "a batch of %d statements carries about %d bytes, above the %d at which Cassandra warns: "
                "a batch is for rows that belong together, bulk_save() for many rows",
                len(self._statements),
                size,
                WARN_BYTES,
            )
        batch = BatchStatement(tuple(self._statements), self.kind, self._options)
        return Request(batch, _decode)

    def finish(self, result: BatchResult) -> BatchResult:
        """Keep the result; documents change now if the batch was applied."""
        self.result = result
        if result.applied:
            for afterwards in self._afterwards:
                afterwards()
        self._statements.clear()
        self._afterwards.clear()
        return result


def _decode(rows: Rows) -> BatchResult:
    if not rows.columns or rows.columns[0] != _APPLIED:
        return BatchResult(applied=True)
    found = [dict(zip(rows.columns[1:], row[1:], strict=True)) for row in rows.decoded()]
    return BatchResult(applied=bool(rows.tuples[0][0]), rows=[row for row in found if row])


def _size(value: Any) -> int:
    match value:
        case str():
            return len(value)
        case bytes() | bytearray():
            return len(value)
        case dict():
            return sum(_size(key) + _size(item) for key, item in value.items())
        case list() | tuple() | set() | frozenset():
            return sum(map(_size, value))
        case _:
            return _FLAT
