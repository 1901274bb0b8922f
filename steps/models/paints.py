"""Colours as vectors: three numbers from 0 to 1, for red, green and blue."""

from array import array
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from coodie import ClusteringKey, Indexed, PrimaryKey, Vector, VectorIndex
from coodie.sync import Document


class Swatch(Document):
    """A colour, and the same three numbers in two forms that hold no Python object for each."""

    name: Annotated[str, PrimaryKey()]
    rgb: Annotated[list[float] | None, Vector(dimensions=3)] = None
    compact: Annotated[array | None, Vector(dimensions=3)] = None  # type: ignore[type-arg]
    numeric: Annotated[NDArray[np.float32] | None, Vector(dimensions=3)] = None


class Palette(Document):
    """Vectors of other numbers and of words are columns like any other; they are not searched."""

    name: Annotated[str, PrimaryKey()]
    rgb: Annotated[list[int] | None, Vector(dimensions=3)] = None
    words: Annotated[list[str] | None, Vector(dimensions=2)] = None


class Paint(Document):
    """A paint on sale: found by nearness to a colour, and by its maker beside it."""

    name: Annotated[str, PrimaryKey()]
    rgb: Annotated[list[float] | None, Vector(dimensions=3), VectorIndex(similarity_function="COSINE")] = None
    maker: Annotated[str | None, Indexed(using="sai")] = None
    litres: float = 1.0


class Wall(Document):
    """A wall of a house: the nearest in brightness too, so by distance; one house is one partition."""

    house: Annotated[str, PrimaryKey()]
    number: Annotated[int, ClusteringKey()]
    rgb: Annotated[list[float] | None, Vector(dimensions=3), VectorIndex("EUCLIDEAN")] = None


class Star(Document):
    """A star by its place in space; the nearest are those at the least distance."""

    name: Annotated[str, PrimaryKey()]
    place: Annotated[list[float], Vector(dimensions=3), VectorIndex("EUCLIDEAN")]


class Scent(Document):
    """A scent as a mixture of eight; in eight dimensions, too, like is what points in a like direction."""

    name: Annotated[str, PrimaryKey()]
    mixture: Annotated[list[float], Vector(dimensions=8), VectorIndex("COSINE")]
    compact: Annotated[array | None, Vector(dimensions=8)] = None  # type: ignore[type-arg]
    numeric: Annotated[NDArray[np.float32] | None, Vector(dimensions=8)] = None
