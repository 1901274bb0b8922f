"""`UNSET`: a bound value that leaves its column untouched, where `None` would write a tombstone."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal


class Unset(Enum):
    """The type of `UNSET`; an enum of one, so that it is a singleton to people and type checkers alike."""

    UNSET = "UNSET"

    def __repr__(self) -> str:
        return "UNSET"

    __str__ = __repr__


UNSET: Final[Literal[Unset.UNSET]] = Unset.UNSET
