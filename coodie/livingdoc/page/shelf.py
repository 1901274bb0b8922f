"""What stands on the page in many places, and is written in the first of them."""

from __future__ import annotations


class Shelf:
    """Remembers where something was written first; the other places lead there, and the script shows it in each."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}

    def first(self, html: str, anchor: str) -> str:
        """Return the address of the place that has it; that is `anchor` where nothing had it before."""
        return self._places.setdefault(html, anchor)
