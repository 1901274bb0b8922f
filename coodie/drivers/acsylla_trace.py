"""The trace of a statement: acsylla tells its id, and the server keeps the rest in two tables."""

from __future__ import annotations

import asyncio
import ipaddress

from coodie.drivers.column_types import Fetch
from coodie.rows.rows import Trace

PATIENCE, PAUSE = 5.0, 0.02
_MICROSECONDS = 1_000_000
_SESSION = "SELECT duration, coordinator FROM system_traces.sessions WHERE session_id = {}"
_EVENTS = "SELECT source, source_elapsed, activity FROM system_traces.events WHERE session_id = {}"


async def read_trace(fetch: Fetch, tracing_id: str) -> Trace | None:
    """Read a trace when the server has finished it; `None` where that takes longer than a few seconds."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while True:
        found = await fetch(_SESSION.format(tracing_id), ())
        if found and found[0][0] is not None:
            break
        if asyncio.get_running_loop().time() > deadline:
            return None
        await asyncio.sleep(PAUSE)
    ((duration, coordinator),) = found
    events = await fetch(_EVENTS.format(tracing_id), ())
    return Trace(
        duration / _MICROSECONDS,
        str(ipaddress.ip_address(coordinator)),
        tuple((str(source), elapsed or 0, activity) for source, elapsed, activity in events),
    )
