"""Arguments of an operation into `ExecutionOptions`, checked before anything is sent."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from coodie.checks import SERIAL_LEVELS, check_level, check_timeout, check_ttl
from coodie.cql.statement import DEFAULT_OPTIONS, ExecutionOptions
from coodie.exceptions import InvalidQueryError
from coodie.schema.table import Table

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
        consistency = check_level(consistency)
    if serial_consistency is not None:
        serial_consistency = check_level(serial_consistency, "serial_consistency", SERIAL_LEVELS)
    if timeout is not None:
        timeout = check_timeout(timeout)
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


@lru_cache(maxsize=2048)
def defaults_of(table: Table) -> ExecutionOptions:
    """Return what the model's settings say of execution; the shared default where they say nothing."""
    return execution_options(
        table.consistency, table.timeout, serial_consistency=table.serial_consistency, profile=table.profile
    )


def options_for(
    table: Table, consistency: str | None = None, timeout: float | None = None, **given: Any
) -> ExecutionOptions:
    """Return the options of one call: what it says itself, and for the rest what the model's settings say."""
    defaults = defaults_of(table)
    if consistency is None and timeout is None and not given:
        return defaults
    own = execution_options(consistency, timeout, **given)
    if defaults is DEFAULT_OPTIONS:
        return own
    if own is DEFAULT_OPTIONS:
        return defaults
    return replace(
        own,
        consistency=own.consistency or defaults.consistency,
        serial_consistency=own.serial_consistency or defaults.serial_consistency,
        timeout=own.timeout or defaults.timeout,
        profile=own.profile or defaults.profile,
    )


def positive(value: Any, what: str) -> int:
    """Return a whole number of at least 1 that fits CQL's `int`."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LONGEST_LIMIT:
        raise InvalidQueryError(f"{what} must be a whole number from 1 to {LONGEST_LIMIT}, not {value!r}")
    return value


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
