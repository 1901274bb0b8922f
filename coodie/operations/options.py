"""Arguments of an operation into `ExecutionOptions`, checked before anything is sent."""

from __future__ import annotations

from typing import Any

from coodie.cql.statement import DEFAULT_OPTIONS, ExecutionOptions
from coodie.exceptions import InvalidQueryError
from coodie.schema.settings import LONGEST_TTL

CONSISTENCIES = frozenset(
    "ANY ONE TWO THREE QUORUM ALL LOCAL_QUORUM EACH_QUORUM SERIAL LOCAL_SERIAL LOCAL_ONE".split()
)
_SERIAL = frozenset({"SERIAL", "LOCAL_SERIAL"})
_INT64 = 2**63
_NONE = (None,) * 6
LONGEST_LIMIT = 2**31 - 1


def execution_options(
    consistency: str | None = None,
    timeout: float | None = None,
    *,
    serial_consistency: str | None = None,
    fetch_size: int | None = None,
    paging_state: bytes | None = None,
    profile: str | None = None,
) -> ExecutionOptions:
    """Check and collect execution options; all absent gives the shared default."""
    if (consistency, timeout, serial_consistency, fetch_size, paging_state, profile) == _NONE:
        return DEFAULT_OPTIONS
    if consistency is not None:
        consistency = _named(consistency, CONSISTENCIES, "consistency")
    if serial_consistency is not None:
        serial_consistency = _named(serial_consistency, _SERIAL, "serial_consistency")
    if timeout is not None and (not isinstance(timeout, (int, float)) or not timeout > 0):
        raise InvalidQueryError(f"timeout must be a number of seconds above 0, not {timeout!r}")
    if fetch_size is not None:
        fetch_size = positive(fetch_size, "fetch_size")
    return ExecutionOptions(
        consistency=consistency,
        serial_consistency=serial_consistency,
        timeout=timeout,
        fetch_size=fetch_size,
        paging_state=paging_state,
        profile=profile,
    )


def _named(value: Any, known: frozenset[str], what: str) -> str:
    name = str(getattr(value, "name", value)).upper()
    if name not in known:
        raise InvalidQueryError(f"{what} must be one of {', '.join(sorted(known))}, not {value!r}")
    return name


def positive(value: Any, what: str) -> int:
    """Return a whole number of at least 1 that fits CQL's `int`."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LONGEST_LIMIT:
        raise InvalidQueryError(f"{what} must be a whole number from 1 to {LONGEST_LIMIT}, not {value!r}")
    return value


def check_ttl(ttl: Any) -> int:
    """Return a time to live in seconds: 0 (never expires) to 20 years."""
    if not isinstance(ttl, int) or isinstance(ttl, bool) or not 0 <= ttl <= LONGEST_TTL:
        raise InvalidQueryError(f"ttl must be a whole number of seconds from 0 to {LONGEST_TTL}, not {ttl!r}")
    return ttl


def check_timestamp(timestamp: Any) -> int:
    """Return a write timestamp in microseconds since the epoch."""
    if not isinstance(timestamp, int) or isinstance(timestamp, bool) or not -_INT64 <= timestamp < _INT64:
        raise InvalidQueryError(
            f"timestamp must be microseconds since the epoch as an int, not {timestamp!r}"
        )
    return timestamp


def using_params(ttl: int | None, timestamp: int | None) -> tuple[int, ...]:
    """Return the parameters of USING in the order that statements bind them."""
    params: tuple[int, ...] = () if ttl is None else (check_ttl(ttl),)
    return params if timestamp is None else (*params, check_timestamp(timestamp))
