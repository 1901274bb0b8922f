"""What a server's words mean for the program, and what the program can do about them."""

from __future__ import annotations

import re

from coodie.cql.statement import BatchStatement, Statement, is_conditional, is_idempotent, is_read
from coodie.exceptions import (
    AuthenticationError,
    OperationError,
    ReadTimeout,
    Timeout,
    Unavailable,
    WriteTimeout,
)

Told = tuple[type[OperationError], str, bool]  # the error, what it says, and whether to send again is safe

_NO_KEYSPACE = re.compile(r"keyspace '?\"?(\w+)\"?'? (?:does not|doesn't) exist", re.IGNORECASE)
_NO_TABLE = re.compile(
    r"(?:unconfigured table '?\"?([\w.]+)\"?'?|table '?\"?([\w.]+)\"?'? (?:does not|doesn't) exist)$",
    re.IGNORECASE,
)
NO_SERVER = (
    "Is it running, and is the address right? "
    "`coodie server up` starts a local one; hosts= or COODIE_HOSTS says where to look"
)
_UNTRUSTED = re.compile(
    r"certificate.?verify.?failed|verifying peer certificate|certificate subject name", re.IGNORECASE
)
_HUNG_UP = re.compile(
    r"connection reset|closed prematurely|write to socket|EOF occurred|tls\w* alert|other half of the channel|"
    r"wrong version number",
    re.IGNORECASE,
)
_NO_LOGIN = re.compile(r"requires authentication|authentication (?:is )?required", re.IGNORECASE)


def told(
    how: Told,
    statement: Statement | BatchStatement | None,
    consistency: str | None = None,
    coordinator: str | None = None,
) -> OperationError:
    """Make the error of what a driver's map has found, with everything that is known of the statement."""
    kind, message, retry_safe = how
    return explained(kind(message, statement=statement, retry_safe=retry_safe), consistency, coordinator)


def timed_out(statement: Statement | BatchStatement | None) -> Told:
    """Return the error where no answer came in time."""
    return Timeout, f"no answer came in time; {_outcome(statement)}", is_idempotent(statement)


def write_timed_out(said: str, statement: Statement | BatchStatement | None) -> Told:
    """Return the error where the coordinator waited in vain for replicas of a write, or some of them failed."""
    late = f"not enough replicas have confirmed a write: {said}; {_outcome(statement)}"
    return WriteTimeout, late, is_idempotent(statement)


def read_timed_out(said: str) -> Told:
    """Return the error where the coordinator waited in vain for replicas of a read."""
    return ReadTimeout, f"the replicas of a read did not answer in time: {said}", True


def connection_lost(said: str, statement: Statement | BatchStatement | None) -> Told:
    """Return the error where the connection broke after a statement was sent."""
    lost = f"the connection was lost before an answer came ({said}); {_outcome(statement)}"
    return Timeout, lost, is_idempotent(statement)


def no_host_left(said: str, statement: Statement | BatchStatement | None) -> Told:
    """Return the error where a driver has tried one host after another: a write may have reached one of them."""
    if statement is None or is_read(statement):
        return no_server(said)
    lost = f"no node has answered: {said}; {_outcome(statement)}. {NO_SERVER}"
    return Timeout, lost, is_idempotent(statement)


def no_requests_now(said: str) -> Told:
    """Return the error where a node is overloaded, starting or shutting down, and has done nothing."""
    return Unavailable, f"the server takes no requests now: {said}", True


def not_let_in(said: str) -> Told:
    """Return the error where the server refuses the user, the password, or what the user may do."""
    if _NO_LOGIN.search(said):
        said = (
            "the server wants a user and a password: give username= and password=, "
            "or set COODIE_USERNAME and COODIE_PASSWORD"
        )
    return AuthenticationError, said, False


def no_server(tried: str) -> Told:
    """Return the error where no host lets the program in, with what to do about it."""
    if _UNTRUSTED.search(tried):
        remedy = "tls_ca= must be the CA that signed the nodes' certificates, and each must name its node's address"
        return Unavailable, f"no node is trusted: {tried}. {remedy} (or tls_check_hostname=False)", False
    if _HUNG_UP.search(tried):
        remedy = "Does it want TLS (tls_ca=), or none, or a certificate of the program's (tls_certificate=, tls_key=)?"
        return Unavailable, f"no node lets this program in: {tried}. {remedy}", False
    return Unavailable, f"no CQL server answers: {tried}. {NO_SERVER}", True


def with_remedy(said: str) -> str:
    """Add to what a server said of a missing keyspace or table how it is made."""
    keyspace = _NO_KEYSPACE.search(said)
    if keyspace:
        return f"keyspace {keyspace[1]!r} does not exist: call create_keyspace({keyspace[1]!r}) first"
    table = _NO_TABLE.search(said)
    if table:
        return f"table {(table[1] or table[2])!r} does not exist: call sync_table() of its model first"
    return said


def _outcome(statement: Statement | BatchStatement | None) -> str:
    """Say what a missing answer means."""
    if is_idempotent(statement):
        return "it is safe to send it again"
    said = "whether the write was applied is unknown"
    if is_conditional(statement):
        said += ': read the row with consistency("SERIAL") to find out, which also finishes what was begun'
    return said


def explained(error: OperationError, consistency: str | None, coordinator: str | None) -> OperationError:
    """Add to an error what was sent, how, where, and what to do; a statement's values are never told."""
    statement = error.statement
    if statement is None:
        return error
    error.consistency = consistency or statement.options.consistency
    error.coordinator = coordinator
    text = (
        f"a {statement.kind} batch of {len(statement.statements)} statements"
        if isinstance(statement, BatchStatement)
        else statement.shape.text
    )
    level = "the connection's consistency" if error.consistency is None else error.consistency
    place = "" if coordinator is None else f", coordinator {coordinator}"
    again = "it is safe to send it again" if error.retry_safe else "do not send it again blindly"
    error.add_note(f"statement: {text} (at {level}{place}); {again}")
    return error
