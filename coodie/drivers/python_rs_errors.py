"""The errors of scylladb-rs-driver in terms of `coodie.exceptions`: it tells what happened in its text only."""

from __future__ import annotations

import re

from coodie.cql.statement import BatchStatement, Statement
from coodie.drivers.remedies import (
    Told,
    connection_lost,
    no_requests_now,
    no_server,
    not_let_in,
    read_timed_out,
    timed_out,
    told,
    with_remedy,
    write_timed_out,
)
from coodie.exceptions import CoodieError, OperationError, ServerRejected, Unavailable

_SAID = re.compile(r"Error message: (.*)$", re.DOTALL)
_ALIVE = re.compile(r"consistency: (\w+), required: (\d+), alive: (\d+)")
_WRITE_IN_DOUBT = re.compile(
    r"responded to the write request|non-timeout error during a write|write to replicas.*timeout",
    re.IGNORECASE,
)
_READ_LATE = re.compile(r"responded to the read request|read.*timeout", re.IGNORECASE | re.DOTALL)
_NO_REQUESTS_NOW = re.compile(r"coordinator node is (?:overloaded|still bootstrapping)")
_BROKEN = "Connection broken, reason: "
_FORBIDDEN = re.compile(r"uthentication|authorized|Bad credentials|has no \w+ permission")


def misfit(error: Exception) -> bool:
    """Tell whether parameters could not be bound, so that nothing was sent."""
    return "Failed to serialize values" in str(error) or "SerializationError" in str(error)


def translate(error: Exception, statement: Statement | BatchStatement | None = None) -> CoodieError:
    """Return the error to raise from `error`, the driver's own, for a statement."""
    if isinstance(error, CoodieError):
        return error
    text = "client timeout" if isinstance(error, TimeoutError) else str(error)
    return told(_classify(text, type(error).__name__, statement), statement)


def _classify(text: str, name: str, statement: Statement | BatchStatement | None) -> Told:
    match = _SAID.search(text)
    said = match[1] if match else text
    alive = _ALIVE.search(text)
    if "Not enough nodes are alive" in text and alive:
        level = alive[1].upper()
        return (
            Unavailable,
            f"too few replicas are alive for {level}: {alive[2]} are needed, {alive[3]} are there",
            True,
        )
    if _NO_REQUESTS_NOW.search(text):
        return no_requests_now(said)
    if "client timeout" in text:
        return timed_out(statement)
    if _WRITE_IN_DOUBT.search(text):
        return write_timed_out(said, statement)
    if _READ_LATE.search(text):
        return read_timed_out(said)
    if _FORBIDDEN.search(text):
        return not_let_in(said)
    if name == "SessionConnectionError" or "empty plan" in text or "pool is broken" in text:
        return no_server(text.rpartition("Last connection failed with: ")[2])
    if _BROKEN in text:
        return connection_lost(text.rpartition(_BROKEN)[2], statement)
    if "already existing" in text:
        return ServerRejected, f"{said}: it already exists", False
    if "Database returned an error" in text:
        return ServerRejected, with_remedy(said), False
    return OperationError, f"{name}: {said}", False
