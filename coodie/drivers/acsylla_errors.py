"""The errors of acsylla in terms of `coodie.exceptions`, each with its remedy."""

from __future__ import annotations

from acsylla import errors

from coodie.cql.statement import BatchStatement, Statement, is_idempotent
from coodie.drivers.remedies import NO_SERVER, explained, no_server, not_let_in, outcome, with_remedy
from coodie.exceptions import (
    CoodieError,
    OperationError,
    ReadTimeout,
    ServerRejected,
    Timeout,
    Unavailable,
    WriteTimeout,
)

# What acsylla could not even bind; everything else that it raises came of sending.
MISFITS = (
    TypeError,
    ValueError,
    AttributeError,
    OverflowError,
    errors.CassErrorLibIndexOutOfBounds,
    errors.CassErrorLibInvalidValueType,
)
_REJECTED = (
    errors.CassErrorServerSyntaxError,
    errors.CassErrorServerInvalidQuery,
    errors.CassErrorServerConfigError,
    errors.CassErrorServerTruncateError,
    errors.CassErrorServerFunctionFailure,
    errors.CassErrorServerServerError,
    errors.CassErrorServerProtocolError,
    errors.CassErrorServerReadFailure,
    errors.CassErrorServerWriteFailure,
)


def translate(error: Exception, statement: Statement | BatchStatement | None = None) -> CoodieError:
    """Return the error to raise from `error`, the driver's own, for a statement."""
    if isinstance(error, CoodieError):
        return error
    safe = is_idempotent(statement)
    kind, message, retry_safe = _classify(error, statement, safe=safe)
    return explained(kind(message, statement=statement, retry_safe=retry_safe), None, None)


def _classify(
    error: Exception, statement: Statement | BatchStatement | None, *, safe: bool
) -> tuple[type[OperationError], str, bool]:
    said = _said(error)
    match error:
        case errors.CassErrorServerUnavailable():
            return Unavailable, f"too few replicas are alive: {said}", True
        case errors.CassErrorServerOverloaded() | errors.CassErrorServerIsBootstrapping():
            return Unavailable, f"the server takes no requests now: {said}", True
        case errors.CassErrorServerWriteTimeout():
            late = f"the replicas of a write did not answer in time: {said}; {outcome(statement, safe=safe)}"
            return WriteTimeout, late, safe
        case errors.CassErrorServerReadTimeout():
            return ReadTimeout, f"the replicas of a read did not answer in time: {said}", True
        case errors.CassErrorLibRequestTimedOut() | TimeoutError():
            return Timeout, f"no answer came in time; {outcome(statement, safe=safe)}", safe
        case errors.CassErrorServerBadCredentials() | errors.CassErrorServerUnauthorized():
            return not_let_in(said)
        case errors.CassErrorLibNoHostsAvailable() | errors.CassErrorLibUnableToConnect():
            return no_server(said)
        case errors.CassErrorSslInvalidPeerCert() | errors.CassErrorSslIdentityMismatch():
            return no_server(said)
        case errors.CassErrorLibHostResolution():
            return Unavailable, f"no host of this name is known: {said}. {NO_SERVER}", True
        case errors.CassErrorServerAlreadyExists():
            return ServerRejected, f"{said}: it already exists", False
        case _ if isinstance(error, _REJECTED):
            return ServerRejected, with_remedy(said), False
        case _:
            return OperationError, f"{type(error).__name__}: {said}", False


def _said(error: Exception) -> str:
    """Leave out the kind of error that acsylla puts before the server's words."""
    text = str(error).strip()
    _, found, rest = text.partition(": ")
    return rest if found and isinstance(error, errors.CassException) else text
