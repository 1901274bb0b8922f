"""What a server's words mean for the program, and what the program can do about them."""

from __future__ import annotations

import re

from coodie.cql.statement import BatchStatement, Statement

_NO_KEYSPACE = re.compile(r"keyspace '?\"?(\w+)\"?'? (?:does not|doesn't) exist", re.IGNORECASE)
_NO_TABLE = re.compile(
    r"(?:unconfigured table '?\"?([\w.]+)\"?'?|table '?\"?([\w.]+)\"?'? (?:does not|doesn't) exist)$",
    re.IGNORECASE,
)
NO_SERVER = (
    "Is it running, and is the address right? "
    "`coodie server up` starts a local one; hosts= or COODIE_HOSTS says where to look"
)


def with_remedy(said: str) -> str:
    """Add to what a server said of a missing keyspace or table how it is made."""
    keyspace = _NO_KEYSPACE.search(said)
    if keyspace:
        return f"keyspace {keyspace[1]!r} does not exist: call create_keyspace({keyspace[1]!r}) first"
    table = _NO_TABLE.search(said)
    if table:
        return f"table {(table[1] or table[2])!r} does not exist: call sync_table() of its model first"
    return said


def is_idempotent(statement: Statement | BatchStatement | None) -> bool:
    """Tell whether sending a statement twice leaves what sending it once does."""
    if statement is None:
        return True
    if isinstance(statement, BatchStatement):
        return statement.kind != "COUNTER" and all(map(is_idempotent, statement.statements))
    return statement.shape.idempotent


def outcome(*, safe: bool) -> str:
    """Say what a missing answer means."""
    return "it is safe to send it again" if safe else "whether the write was applied is unknown"
