"""Colours as vectors: three numbers from 0 to 1, for red, green and blue."""

from array import array
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from coodie import PrimaryKey, Vector
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
