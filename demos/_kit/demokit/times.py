"""Time-ordered ids that are the same for the same moment and salt, as sample data needs them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

GREGORIAN: Final = datetime(1582, 10, 15, tzinfo=UTC)
TICKS: Final = 10
LAST: Final = 1 << 60


def time_id(moment: datetime, salt: str) -> UUID:
    """Make a version 1 UUID of a moment (to the microsecond); the salt tells those of one moment apart.

    Such an id counts from October 1582 and ends in 5236; another moment is a `ValueError`.
    """
    ticks = (moment - GREGORIAN) // timedelta(microseconds=1) * TICKS
    if not 0 <= ticks < LAST:
        raise ValueError(f"{moment:%Y-%m-%d} cannot be in an id: use a moment between 1583 and 5235")
    tail = int.from_bytes(hashlib.blake2b(salt.encode(), digest_size=8).digest())
    node = (tail & 0xFFFF_FFFF_FFFF) | 1 << 40  # the multicast bit: no network card has this address
    return UUID(
        fields=(
            ticks & 0xFFFF_FFFF,
            ticks >> 32 & 0xFFFF,
            ticks >> 48 & 0xFFF,
            tail >> 56,
            tail >> 48 & 0xFF,
            node,
        ),
        version=1,
    )


def moment_of(time_uuid: UUID) -> datetime:
    """Return the moment that a version 1 UUID holds, in UTC."""
    return GREGORIAN + timedelta(microseconds=time_uuid.time // TICKS)
