"""`CqlDuration`: the value of a `duration` column, which no standard type of Python can hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from coodie.exceptions import InvalidQueryError

_INT32, _INT64 = 2**31, 2**63


@dataclass(frozen=True, slots=True)
class CqlDuration:
    """Months, days and nanoseconds: three counts of one sign, because a month has no fixed length.

    Months and days fit 32 bits, nanoseconds 64. Raises `InvalidQueryError` otherwise.
    """

    months: int = 0
    days: int = 0
    nanoseconds: int = 0

    def __post_init__(self) -> None:
        parts = (self.months, self.days, self.nanoseconds)
        if min(parts) < 0 < max(parts):
            raise InvalidQueryError(f"a duration's parts must have one sign: {parts}")
        if not (-_INT32 <= self.months < _INT32 and -_INT32 <= self.days < _INT32):
            raise InvalidQueryError(f"months and days of a duration must fit 32 bits: {parts}")
        if not -_INT64 <= self.nanoseconds < _INT64:
            raise InvalidQueryError(f"nanoseconds of a duration must fit 64 bits: {parts}")

    @classmethod
    def from_timedelta(cls, delta: timedelta) -> CqlDuration:
        """Make a duration of nanoseconds alone from a `timedelta`, exactly."""
        microseconds = delta // timedelta(microseconds=1)
        return cls(nanoseconds=microseconds * 1000)

    def __str__(self) -> str:
        """Write the duration as CQL does: `1mo2d3ns`."""
        sign = "-" if min(self.months, self.days, self.nanoseconds) < 0 else ""
        parts = ((self.months, "mo"), (self.days, "d"), (self.nanoseconds, "ns"))
        return sign + ("".join(f"{abs(count)}{unit}" for count, unit in parts if count) or "0ns")
