"""Reading a whole table along the token ring: page by page, at a chosen pace, going on where a dead run stopped."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from coodie.cql.statement import ExecutionOptions, Kind, Marker, Shape, Statement
from coodie.drivers.base import AbstractDriver
from coodie.exceptions import InvalidQueryError, MigrationError
from coodie.execution import arun
from coodie.migrations.journal import Journal
from coodie.naming import qualified, quote
from coodie.operations.request import Request
from coodie.rows.rows import Rows

# Murmur3's tokens. No partition has the lowest.
LOWEST, HIGHEST = -(2**63), 2**63 - 1
_RING = HIGHEST - LOWEST


@dataclass(frozen=True, slots=True)
class Scan:
    """What to read: `key` is the partition key, `page_size` in rows, `throttle` in rows a second, `ranges` of the ring.

    `absent` are columns that a dry run has planned but the server does not have: they read as `None`.
    """

    name: str
    keyspace: str
    table: str
    key: Sequence[str]
    columns: Sequence[str]
    absent: Sequence[str] = ()
    page_size: int = 1000
    throttle: float | None = None
    ranges: int = 64

    def __post_init__(self) -> None:
        for what in ("page_size", "ranges"):
            value = getattr(self, what)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise InvalidQueryError(f"{what} must be a whole number of at least 1, not {value!r}")
        if self.throttle is not None and (
            not isinstance(self.throttle, int | float) or not self.throttle > 0
        ):
            raise InvalidQueryError(f"throttle must be rows a second, more than 0, not {self.throttle!r}")

    @property
    def shape(self) -> Shape:
        """The statement that reads a part of the ring, the token of each row before its columns."""
        token = f"token({', '.join(map(quote, self.key))})"
        columns = ", ".join([token, *map(quote, self.columns)])
        return Shape(
            text=f"SELECT {columns} FROM {qualified(self.keyspace, self.table)} WHERE {token} > ? AND {token} <= ?",
            kind=Kind.SELECT,
            keyspace=self.keyspace,
            table=self.table,
            markers=(Marker("partition key token", "bigint"),) * 2,
            scan=True,
            idempotent=True,
        )

    def end_of_range(self, position: int) -> int:
        """Return the last token of the range in which reading goes on after `position`."""
        place = (position - LOWEST) * self.ranges // _RING
        end = LOWEST + _RING * (place + 1) // self.ranges
        return min(HIGHEST, end if end > position else LOWEST + _RING * (place + 2) // self.ranges)


async def scan_rows(
    driver: AbstractDriver, scan: Scan, journal: Journal, report: Callable[[int, float], None]
) -> AsyncIterator[dict[str, Any]]:
    """Give each row as a dictionary; a page's partitions are noted as done when the next page is asked for."""
    shape = scan.shape
    noted, rows = journal.position(scan.name)
    position = LOWEST if noted is None else noted
    before, started = rows, time.monotonic()
    while position < HIGHEST:
        end, state = scan.end_of_range(position), None
        start = position
        while True:
            journal.check()
            options = ExecutionOptions(fetch_size=scan.page_size, paging_state=state)
            page = await arun(driver, Request(Statement(shape, (start, end), options), _page))
            found = page.decoded()
            for token, *values in found:
                if not isinstance(token, int):
                    kind = type(token).__name__
                    raise MigrationError(
                        f"tokens of {scan.table} are {kind}s: scan_table needs the Murmur3Partitioner"
                    )
                yield dict(zip(scan.columns, values, strict=True)) | dict.fromkeys(scan.absent)
            rows += len(found)
            state = page.paging_state
            # The last partition of a page may go on in the next one.
            done = (
                end
                if state is None
                else max((row[0] for row in found if row[0] < found[-1][0]), default=position)
            )
            if done > position:
                position = done
                await journal.advance(scan.name, position, rows)
            report(rows, (position - LOWEST) / _RING)
            if scan.throttle is not None:
                due = started + (rows - before) / scan.throttle
                await asyncio.sleep(max(0.0, due - time.monotonic()))
            if state is None:
                break


def _page(rows: Rows) -> Rows:
    return rows
