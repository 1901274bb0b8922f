"""An answer of cassandra-driver or scylla-driver on its way, and everything that it brings."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import timedelta
from typing import Any

from cassandra.cluster import ResponseFuture

from coodie.cql.statement import BatchStatement, Shape, Statement
from coodie.cqltype import CqlType
from coodie.drivers.cassandra_codecs import decoder
from coodie.drivers.cassandra_errors import translate
from coodie.drivers.cassandra_streamed import StreamedRows
from coodie.drivers.cassandra_types import cql_type
from coodie.rows.rows import EMPTY, Rows, Trace

TRACE_WAIT = 5.0
MOST_REMEMBERED = 2048
_layouts: dict[Shape | None, tuple[list[str], list[Any], tuple[str, ...], tuple[CqlType, ...]]] = {}
# A node is found by the identity of its endpoint, which is kept beside it so that no other gets it.
_nodes: dict[int, tuple[Any, str, Rows]] = {}
_MICROSECOND = timedelta(microseconds=1)


class Answer:
    """An answer on its way: waited for by sync callers, awaited by async ones; errors are translated."""

    __slots__ = ("_future", "_started", "_statement", "elapsed")

    def __init__(self, future: ResponseFuture, statement: Statement | BatchStatement) -> None:
        self._future, self._statement = future, statement
        self._started = time.perf_counter()
        self.elapsed = 0.0

    def result(self) -> Rows:
        """Wait for the rows."""
        try:
            return _rows(self._future, self._statement)
        except Exception as error:
            host = self._future.coordinator_host
            raise translate(error, self._statement, host and str(host.endpoint)) from error
        finally:
            self.elapsed = time.perf_counter() - self._started

    async def awaited(self) -> Rows:
        """Await the rows; the driver's thread only wakes the loop."""
        loop = asyncio.get_running_loop()
        arrived = loop.create_future()

        def wake(_: Any) -> None:
            # The loop may be closed, and the caller cancelled, before a late answer comes: nobody waits for it then.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle, arrived)

        self._future.add_callbacks(wake, wake)
        await arrived
        if self._statement.options.tracing:
            return await asyncio.to_thread(self.result)  # reading the trace takes round trips of its own
        return self.result()


def _settle(arrived: asyncio.Future[None]) -> None:
    if not arrived.done():
        arrived.set_result(None)


def _rows(future: ResponseFuture, statement: Statement | BatchStatement) -> Rows:
    """Take everything of an answer that has arrived."""
    result = future.result()
    coordinator, nothing = _named(future.coordinator_host)
    names = result.column_names
    if not names:
        return nothing._replace(warnings=tuple(future.warnings)) if future.warnings else nothing
    columns, types = _layout(statement, names, result.column_types)
    rows = result.current_rows
    if isinstance(rows, StreamedRows):
        rows.statement = statement  # which an error in decoding them tells
    return Rows(
        columns=columns,
        types=types,
        tuples=rows,
        paging_state=result.paging_state,
        warnings=tuple(future.warnings or ()),
        coordinator=coordinator,
        trace=_trace(future) if statement.options.tracing else None,
        decoder=decoder,
    )


def _named(host: Any) -> tuple[str | None, Rows]:
    """Return a node's address as text, and its answer to a statement that gives no rows."""
    if host is None:
        return None, EMPTY
    endpoint = host.endpoint
    known = _nodes.get(id(endpoint))
    if known is None:
        if len(_nodes) >= MOST_REMEMBERED:
            _nodes.clear()
        name = str(endpoint)
        known = _nodes[id(endpoint)] = endpoint, name, Rows(coordinator=name)
    return known[1], known[2]


def _layout(
    statement: Statement | BatchStatement, names: list[str], kinds: list[Any]
) -> tuple[tuple[str, ...], tuple[CqlType, ...]]:
    """Return the columns and types of an answer: the same tuples each time, by which what reads them is found again."""
    shape = statement.shape if isinstance(statement, Statement) else None
    known = _layouts.get(shape)
    if known is None or known[0] != names or known[1] != kinds:
        if len(_layouts) >= MOST_REMEMBERED:
            _layouts.clear()
        known = _layouts[shape] = (names, kinds, tuple(names), tuple(map(cql_type, kinds)))
    return known[2], known[3]


def _trace(future: ResponseFuture) -> Trace | None:
    trace = future.get_query_trace(max_wait=TRACE_WAIT)
    if trace is None:
        return None
    events = tuple(
        (
            str(event.source),
            event.source_elapsed // _MICROSECOND if event.source_elapsed else 0,
            event.description,
        )
        for event in trace.events
    )
    return Trace(trace.duration and trace.duration.total_seconds(), str(trace.coordinator), events)
