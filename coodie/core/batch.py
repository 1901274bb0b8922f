"""What a batch is before it is sent: its statements, checked to belong together, and what follows its success."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from coodie.cql.literal import REDACTED, on_one_line
from coodie.cql.statement import BatchStatement, ExecutionOptions, Kind, Shape, Statement
from coodie.exceptions import InvalidQueryError
from coodie.operations.batch_size import WARN_BYTES, size_of
from coodie.operations.options import check_timestamp, execution_options
from coodie.operations.request import Request
from coodie.results import BatchResult
from coodie.rows.rows import Rows

logger = logging.getLogger("coodie.batch")
KINDS = ("LOGGED", "UNLOGGED", "COUNTER")
_APPLIED = "[applied]"


class BatchCore:
    """Collects statements until the batch is sent; nothing is sent when the `with` block raises.

    `result` is there after `execute()`. The batch is sent with its own consistency, else with the one that its
    statements and their models name; they must agree.
    """

    def __init__(
        self,
        logged: bool = True,  # noqa: FBT001, FBT002 - the public signature
        batch_type: str | None = None,
        timestamp: int | None = None,
        consistency: str | None = None,
        connection: str | None = None,
    ) -> None:
        kind = (("LOGGED" if logged else "UNLOGGED") if batch_type is None else batch_type).upper()
        if kind not in KINDS:
            raise InvalidQueryError(f"batch_type must be one of {', '.join(KINDS)}, not {batch_type!r}")
        self.kind = kind
        self.timestamp = None if timestamp is None else check_timestamp(timestamp)
        self.connection = connection
        self.result: BatchResult | None = None
        self._options = execution_options(consistency)
        self._statements: list[Statement] = []
        self._conditional = False
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
        self._check_partition(statement)
        self._statements.append(statement)
        if afterwards is not None:
            self._afterwards.append(afterwards)

    def _check_partition(self, statement: Statement) -> None:
        """Refuse a conditional batch over several partitions, which no server can decide as one."""
        self._conditional = self._conditional or statement.shape.conditional
        if not self._conditional:
            return
        for each in self._statements:
            if not (each.shape.partition and statement.shape.partition):
                continue  # CQL by hand, or JSON: the server will say
            if (each.shape.table, _partition(each)) != (statement.shape.table, _partition(statement)):
                raise InvalidQueryError(
                    "a batch with a condition concerns one partition of one table: its statements name "
                    f"{_place(each)} and {_place(statement)}"
                )

    def _execution(self) -> ExecutionOptions:
        """Return how the batch is sent: as it says itself, and for the rest as its statements say."""
        own = self._options
        timeouts = [each.options.timeout for each in self._statements if each.options.timeout is not None]
        return replace(
            own,
            consistency=own.consistency or self._agreed("consistency"),
            serial_consistency=self._agreed("serial_consistency"),
            profile=self._agreed("profile"),
            timeout=max(timeouts, default=None),
        )

    def _agreed(self, option: str) -> Any:
        said = {getattr(each.options, option): each.shape for each in self._statements}
        said.pop(None, None)
        if len(said) > 1:
            wanted = ", ".join(f"{value!r} (of {shape.table})" for value, shape in said.items())
            remedy = "give the batch one" if option == "consistency" else "send two batches"
            raise InvalidQueryError(
                f"the statements of a batch want different values of {option}: {wanted}; {remedy}"
            )
        return next(iter(said), None)

    def request(self) -> Request[BatchResult]:
        """Build the request of everything collected so far."""
        size = sum(map(size_of, self._statements))
        if size > WARN_BYTES:
            logger.warning(
                "a batch of %d statements carries about %d bytes, above the %d at which Cassandra warns: "
                "a batch is for rows that belong together, bulk_save() for many rows",
                len(self._statements),
                size,
                WARN_BYTES,
            )
        batch = BatchStatement(tuple(self._statements), self.kind, self._execution())
        return Request(batch, _decode)

    def finish(self, result: BatchResult) -> BatchResult:
        """Keep the result; documents change now if the batch was applied."""
        self.result = result
        if result.applied:
            for afterwards in self._afterwards:
                afterwards()
        self._statements.clear()
        self._conditional = False
        self._afterwards.clear()
        return result


def _decode(rows: Rows) -> BatchResult:
    if not rows.columns or rows.columns[0] != _APPLIED:
        return BatchResult(applied=True)
    found = [dict(zip(rows.columns[1:], row[1:], strict=True)) for row in rows.decoded()]
    return BatchResult(applied=bool(rows.tuples[0][0]), rows=[row for row in found if row])


def _partition(statement: Statement) -> tuple[Any, ...]:
    return tuple(statement.params[place] for _, place in statement.shape.partition)


def _place(statement: Statement) -> str:
    secret = statement.shape.secret_columns
    keys = (
        f"{name}={REDACTED if name in secret else on_one_line(statement.params[place])}"
        for name, place in statement.shape.partition
    )
    return f"{statement.shape.table} ({', '.join(keys)})"
