"""Bounded memory of shapes that were built, so that a query of a known shape costs one look-up."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from coodie.cql.statement import Shape


class ShapeCache:
    """A mapping of keys to shapes that forgets its oldest half when it is full; `hits` and `misses` are counted."""

    __slots__ = ("_shapes", "hits", "misses", "size")

    def __init__(self, size: int = 2048) -> None:
        self.size = size
        self.hits = self.misses = 0
        self._shapes: dict[Hashable, Shape] = {}

    def get(self, key: Hashable, build: Callable[..., Shape], *args: Any) -> Shape:
        """Return the shape for `key`, built with `args` when it is not known."""
        shape = self._shapes.get(key)
        if shape is not None:
            self.hits += 1
            return shape
        self.misses += 1
        shape = build(*args)
        if len(self._shapes) >= self.size:
            # Dropping half at once keeps the common path a plain look-up: no order is kept per access.
            for old in list(self._shapes)[: self.size // 2]:
                self._shapes.pop(old, None)
        self._shapes[key] = shape
        return shape

    def __len__(self) -> int:
        return len(self._shapes)


shapes = ShapeCache()
