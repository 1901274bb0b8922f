"""`UserTypeRow`: a user-defined value as it was read, before its model validates it."""

from __future__ import annotations

from typing import Any


class UserTypeRow(dict[str, Any]):
    """Field names to values; hashable, because a set and a map's keys may hold user-defined values."""

    def __hash__(self) -> int:  # type: ignore[override]
        try:
            return hash(tuple(self.values()))
        except TypeError:  # a collection inside; equality still tells such values apart
            return hash(tuple(self))
