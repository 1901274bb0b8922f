"""Models of the migration tests."""

from __future__ import annotations

from typing import Annotated

from coodie import Document, PrimaryKey, Vector, VectorIndex


class Passage(Document):
    """A passage that is found by its meaning."""

    id: Annotated[int, PrimaryKey()]
    embedding: Annotated[list[float], Vector(3), VectorIndex()]
