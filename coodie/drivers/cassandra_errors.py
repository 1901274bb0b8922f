"""The errors of cassandra-driver and scylla-driver in terms of `coodie.exceptions`, each with its remedy."""

from __future__ import annotations

import re
from typing import Any

import cassandra
from cassandra.cluster import NoHostAvailable
from cassandra.connection import ConnectionException
from cassandra.protocol import ErrorMessage

from coodie.cql.statement import BatchStatement, Statement, is_idempotent
from coodie.drivers.remedies import explained, no_server, not_let_in, outcome, with_remedy
from coodie.exceptions import (
    CoodieError,
    OperationError,
    ReadTimeout,
    ServerRejected,
    Timeout,
    Unavailable,
    WriteTimeout,
)

_SERVER_SAYS = re.compile(r'^Error from server: code=\w+ \[[^\]]*\] message="(.*)"$', re.DOTALL)


def translate(
    error: Exception, statement: Statement | BatchStatement | None = None, coordinator: str | None = None
) -> CoodieError:
    """Return the error to raise from `error`, the driver's own, for a statement."""
    if isinstance(error, CoodieError):
        return error
    safe = is_idempotent(statement)
    kind, message, retry_safe = _classify(error, statement, safe=safe)
    level = getattr(error, "consistency", None)
    told = kind(message, statement=statement, retry_safe=retry_safe)
    return explained(told, None if level is None else _level(level), coordinator)


def _classify(
    error: Exception, statement: Statement | BatchStatement | None, *, safe: bool
) -> tuple[type[OperationError], str, bool]:
    match error:
        case NoHostAvailable():
            answer = _answer_in(error)
            return _no_host(error) if answer is None else _classify(answer, statement, safe=safe)
        case cassandra.Unavailable():
            return (
                Unavailable,
                (
                    f"too few replicas are alive for {error.consistency and _level(error.consistency)}: "
                    f"{error.required_replicas} are needed, {error.alive_replicas} are there"
                ),
                True,
            )
        case cassandra.WriteTimeout():
            late = f"the replicas of a write did not answer in time: {_counts(error)}; {outcome(statement, safe=safe)}"
            return WriteTimeout, late, safe
        case cassandra.ReadTimeout():
            return ReadTimeout, f"the replicas of a read did not answer in time: {_counts(error)}", True
        case cassandra.OperationTimedOut():
            return Timeout, f"no answer came in time; {outcome(statement, safe=safe)}", safe
        case ConnectionException():
            lost = f"the connection was lost before an answer came ({error}); {outcome(statement, safe=safe)}"
            return Unavailable, lost, safe
        case cassandra.AuthenticationFailed() | cassandra.Unauthorized():
            return not_let_in(_said(error))
        case ErrorMessage():
            return ServerRejected, str(error.message), False
        case cassandra.RequestExecutionException() | cassandra.RequestValidationException():
            return ServerRejected, with_remedy(_said(error)), False
        case _:
            return OperationError, f"{type(error).__name__}: {_said(error)}", False


def _answer_in(error: NoHostAvailable) -> Any:
    """Find what a server said, behind a driver that tried the next host and found none."""
    causes: list[Exception] = list(error.errors.values()) if isinstance(error.errors, dict) else []
    for cause in causes:
        if isinstance(
            cause, (cassandra.AuthenticationFailed, cassandra.RequestExecutionException, ErrorMessage)
        ):
            return cause
        if isinstance(cause, cassandra.RequestValidationException):
            return cause
    return None


def _no_host(error: NoHostAvailable) -> tuple[type[OperationError], str, bool]:
    causes = error.errors if isinstance(error.errors, dict) else {}
    return no_server(", ".join(f"{host} ({_brief(cause)})" for host, cause in causes.items()) or str(error))


def _brief(cause: object) -> str:
    text = getattr(cause, "strerror", None) or str(cause)
    return re.sub(r"^Tried connecting to .*? Last error: ", "", text)


def _level(level: int) -> str:
    return str(cassandra.ConsistencyLevel.value_to_name.get(level, level))


def _counts(error: cassandra.Timeout) -> str:
    return (
        f"{error.received_responses} of {error.required_responses} replicas answered at "
        f"{_level(error.consistency) if error.consistency is not None else 'the default level'}"
    )


def _said(error: BaseException) -> str:
    text = str(error)
    match = _SERVER_SAYS.match(text)
    return match[1] if match else text
