"""Ids that know when they were made: a TimeUUID is a moment to 100 nanoseconds and a number that makes it unique."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid1

# UUIDs count from the day of the Gregorian calendar.
BEGINNING = datetime(1582, 10, 15, tzinfo=UTC)
# Drawn once a process, in place of the machine's address, which is nobody's business; the bit says so.
NODE = random.SystemRandom().getrandbits(48) | 1 << 40


def new_id() -> UUID:
    """Make an id for something that is written now."""
    return uuid1(node=NODE)


def id_at(moment: datetime, node: int) -> UUID:
    """Make the id of something written at `moment`; equal arguments make equal ids."""
    ticks = (moment - BEGINNING) // timedelta(microseconds=1) * 10
    if not 0 <= ticks < 1 << 60:
        raise ValueError(f"{moment:%Y-%m-%d} cannot be in an id: use a moment between 1583 and 5235")
    low, middle, high = ticks & 0xFFFFFFFF, ticks >> 32 & 0xFFFF, ticks >> 48 & 0x0FFF
    return UUID(fields=(low, middle, high, 0, 0, node % (1 << 48)), version=1)


def moment_of(time_id: UUID) -> datetime:
    """Return when an id was made."""
    return BEGINNING + timedelta(microseconds=time_id.time // 10)
