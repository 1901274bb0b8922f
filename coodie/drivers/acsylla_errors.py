"""The errors of acsylla in terms of `coodie.exceptions`, each with its remedy."""

from __future__ import annotations

from acsylla import errors

from coodie.cql.statement import BatchStatement, Statement
from coodie.drivers.remedies import (
    NO_SERVER,
    Told,
    no_host_left,
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

# What acsylla could not even bind; everything else that it raises came of sending.
MISFITS = (
    TypeError,
    ValueError,
    AttributeError,
    OverflowError,
    errors.CassErrorLibIndexOutOfBounds,
    errors.CassErrorLibInvalidValueType,
    errors.CassErrorLibNameDoesNotExist,
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
)

_UNREACHABLE = (
    errors.CassErrorLibUnableToConnect,
    errors.CassErrorSslInvalidPeerCert,
    errors.CassErrorSslIdentityMismatch,
)


def translate(error: Exception, statement: Statement | BatchStatement | None = None) -> CoodieError:
    """Return the error to raise from `error`, the driver's own, for a statement."""
    if isinstance(error, CoodieError):
        return error
    return told(_classify(error, statement), statement)


def _classify(error: Exception, statement: Statement | BatchStatement | None) -> Told:
    said = _said(error)
    match error:
        case errors.CassErrorServerUnavailable():
            return Unavailable, f"too few replicas are alive: {said}", True
        case errors.CassErrorServerOverloaded() | errors.CassErrorServerIsBootstrapping():
            return no_requests_now(said)
        case errors.CassErrorServerWriteTimeout() | errors.CassErrorServerWriteFailure():
            return write_timed_out(said, statement)
        case errors.CassErrorServerReadTimeout():
            return read_timed_out(said)
        case errors.CassErrorLibRequestTimedOut() | TimeoutError():
            return timed_out(statement)
        case errors.CassErrorServerBadCredentials() | errors.CassErrorServerUnauthorized():
            return not_let_in(said)
        case errors.CassErrorLibNoHostsAvailable():
            return no_host_left(said, statement)
        case _ if isinstance(error, _UNREACHABLE):
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
