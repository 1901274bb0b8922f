"""The errors of cassandra-driver and scylla-driver in terms of `coodie.exceptions`, each with its remedy."""

from __future__ import annotations

import re
from typing import Any

import cassandra
from cassandra.cluster import NoHostAvailable
from cassandra.connection import ConnectionException
from cassandra.protocol import ErrorMessage, IsBootstrappingErrorMessage, OverloadedErrorMessage

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

# Of protocol 5, and unknown to the driver: other proposals came between this one and its answer.
_CAS_WRITE_UNKNOWN = 0x1700
_SERVER_SAYS = re.compile(r'^Error from server: code=\w+ \[[^\]]*\] message="(.*)"$', re.DOTALL)


def translate(
    error: Exception, statement: Statement | BatchStatement | None = None, coordinator: str | None = None
) -> CoodieError:
    """Return the error to raise from `error`, the driver's own, for a statement."""
    if isinstance(error, CoodieError):
        return error
    level = getattr(error, "consistency", None)
    return told(_classify(error, statement), statement, None if level is None else _level(level), coordinator)


def _classify(error: Exception, statement: Statement | BatchStatement | None) -> Told:
    match error:
        case NoHostAvailable():
            answer = _answer_in(error)
            return _no_host(error) if answer is None else _classify(answer, statement)
        case cassandra.Unavailable():
            return (
                Unavailable,
                (
                    f"too few replicas are alive for {error.consistency and _level(error.consistency)}: "
                    f"{error.required_replicas} are needed, {error.alive_replicas} are there"
                ),
                True,
            )
        case cassandra.WriteTimeout() | cassandra.WriteFailure():
            return write_timed_out(_counts(error), statement)
        case cassandra.ReadTimeout():
            return read_timed_out(_counts(error))
        case cassandra.OperationTimedOut():
            return timed_out(statement)
        case ConnectionException():
            return connection_lost(str(error), statement)
        case cassandra.AuthenticationFailed() | cassandra.Unauthorized():
            return not_let_in(_said(error))
        case OverloadedErrorMessage() | IsBootstrappingErrorMessage():
            return no_requests_now(str(error.message))
        case ErrorMessage() if error.code == _CAS_WRITE_UNKNOWN:
            return write_timed_out(str(error.message), statement)
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


def _no_host(error: NoHostAvailable) -> Told:
    causes = error.errors if isinstance(error.errors, dict) else {}
    if not causes:
        return no_server(
            "each node counts as down since its last connection broke, and is tried again by itself"
        )
    return no_server(", ".join(f"{host} ({_brief(cause)})" for host, cause in causes.items()))


def _brief(cause: object) -> str:
    text = getattr(cause, "strerror", None) or str(cause)
    return re.sub(r"^Tried connecting to .*? Last error: ", "", text)


def _level(level: int) -> str:
    return str(cassandra.ConsistencyLevel.value_to_name.get(level, level))


def _counts(error: cassandra.Timeout | cassandra.WriteFailure) -> str:
    failures = getattr(error, "failures", 0)
    return (
        f"{error.received_responses} of {error.required_responses} replicas answered"
        f"{f', {failures} failed,' if failures else ''} at "
        f"{_level(error.consistency) if error.consistency is not None else 'the default level'}"
    )


def _said(error: BaseException) -> str:
    text = str(error)
    match = _SERVER_SAYS.match(text)
    return match[1] if match else text
