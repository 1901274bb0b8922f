"""How near vectors are, computed here in float64: what a server's approximate search is compared with."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from operator import mul
from typing import Any

from coodie.vectors.packed import PackedVector, to_list

Scorer = Callable[[Sequence[Any]], list[float]]


def scorer(function: str, vector: PackedVector) -> Scorer:
    """Return what computes how near vectors, as they were read, are to `vector`: larger is nearer.

    The numbers are those of the servers' `similarity_*` functions: (1 + cosine) / 2, (1 + dot product) / 2, and
    1 / (1 + squared distance). A vector without a direction is not near anything under COSINE: its score is 0.
    """
    try:
        import numpy as np  # noqa: PLC0415 - optional
    except ImportError:
        return lambda vectors: [_score(function, vector.tolist(), to_list(each)) for each in vectors]
    wanted = np.array(vector.tolist())

    def score(vectors: Sequence[Any]) -> list[float]:
        if not vectors:
            return []
        rows = _matrix(np, vectors)
        dots = rows @ wanted
        if function == "DOT_PRODUCT":
            found = (1 + dots) / 2
        elif function == "EUCLIDEAN":
            found = 1 / (1 + ((rows - wanted) ** 2).sum(axis=1))
        else:
            lengths = np.sqrt((rows**2).sum(axis=1) * (wanted**2).sum())
            found = np.divide(dots, lengths, out=np.full(len(rows), -1.0), where=lengths > 0)
            found = (1 + found) / 2
        scores: list[float] = found.tolist()
        return scores

    return score


def _matrix(np: Any, vectors: Sequence[Any]) -> Any:
    if all(isinstance(each, bytes) for each in vectors):
        return np.frombuffer(b"".join(vectors), ">f4").reshape(len(vectors), -1).astype(np.float64)
    return np.array([to_list(each) for each in vectors])


def _score(function: str, left: list[float], right: list[float]) -> float:
    if function == "EUCLIDEAN":
        return 1 / (1 + math.dist(left, right) ** 2)
    dot = math.fsum(map(mul, left, right))
    if function == "DOT_PRODUCT":
        return (1 + dot) / 2
    lengths = math.hypot(*left) * math.hypot(*right)
    return (1 + dot / lengths) / 2 if lengths > 0 else 0.0
