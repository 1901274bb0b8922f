"""Checks of what a model's settings and the arguments of a call both may say."""

from __future__ import annotations

from typing import Any

from coodie.exceptions import InvalidQueryError

LEVELS = frozenset(
    "ANY ONE TWO THREE QUORUM ALL LOCAL_QUORUM EACH_QUORUM SERIAL LOCAL_SERIAL LOCAL_ONE".split()
)
SERIAL_LEVELS = frozenset({"SERIAL", "LOCAL_SERIAL"})
# What fits reads and writes alike: ANY is for writes alone, the serial levels are for reads.
COMMON_LEVELS = LEVELS - SERIAL_LEVELS - {"ANY"}
LONGEST_TTL = 630_720_000


def check_level(value: Any, what: str = "consistency", known: frozenset[str] = LEVELS) -> str:
    """Return the name of a consistency level, given in any case or as a driver's constant with a `name`."""
    name = str(getattr(value, "name", value)).upper()
    if name not in known:
        raise InvalidQueryError(f"{what} must be one of {', '.join(sorted(known))}, not {value!r}")
    return name


def check_timeout(value: Any, what: str = "timeout") -> float:
    """Return how long to wait for an answer, in seconds above 0."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 < value < float("inf"):
        raise InvalidQueryError(f"{what} must be a number of seconds above 0, not {value!r}")
    return value


def check_ttl(ttl: Any, what: str = "ttl") -> int:
    """Return a time to live in seconds: 0 (never expires) to 20 years."""
    if not isinstance(ttl, int) or isinstance(ttl, bool) or not 0 <= ttl <= LONGEST_TTL:
        raise InvalidQueryError(
            f"{what} must be a whole number of seconds from 0 to {LONGEST_TTL}, not {ttl!r}"
        )
    return ttl
