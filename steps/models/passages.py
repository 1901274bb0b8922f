"""Passages of text, with the vector of 384 numbers that a small language model makes of each."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from coodie import PrimaryKey, Vector, VectorIndex
from coodie.sync import Document


class Passage(Document):
    """A passage; its vector is read as a numpy array, without an object for each number."""

    number: Annotated[int, PrimaryKey()]
    meaning: Annotated[NDArray[np.float32], Vector(dimensions=384), VectorIndex("COSINE")]
