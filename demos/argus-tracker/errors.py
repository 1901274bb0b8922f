"""Errors by what they mean: their vectors, those most like a message, and the clusters that a test's errors form."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from domain import Message
from models import EMBEDDER, ErrorVector, Event, TestRun
from numpy.typing import NDArray
from pydantic import BaseModel, Field

NEAR = 0.6  # cosine from which two messages are neighbours
SHOWN = 120
_VARYING = re.compile(r"\b[\w-]*\d[\w:.-]*")


class Similar(BaseModel):
    """A grave event of any test of the release, and how near its message is."""

    test: str
    run: str
    message: Message
    repeats: int
    score: float = Field(description="(1 + cosine) / 2, as the server computes it: 1 is the same direction")

    @property
    def percent(self) -> int:
        """The score as people read it."""
        return int(self.score * 100)


class Dot(BaseModel):
    """An error on the map of a test: near dots mean alike."""

    x: float = Field(description="From 0 to 1")
    y: float = Field(description="From 0 to 1")
    cluster: int = Field(description="Which cluster, from 0; -1 is none")
    run: str
    message: str


class Cause(BaseModel):
    """Errors that mean the same, told by the one in their middle."""

    number: int
    message: str
    errors: int
    runs: int


class Map(BaseModel):
    """The newest errors of a test as dots, and what they cluster into, largest first."""

    dots: list[Dot]
    clusters: list[Cause]


def vectors(run: TestRun, events: Sequence[Event]) -> list[ErrorVector]:
    """Make the vectors of grave events: messages that differ in numbers and names alone have one together."""
    first: dict[str, Event] = {}
    repeats: dict[str, int] = {}
    for event in events:
        kind = fingerprint(event.message)
        first.setdefault(kind, event)
        repeats[kind] = repeats.get(kind, 0) + 1
    made = EMBEDDER.embed([event.message for event in first.values()])
    return [
        ErrorVector(
            release=run.release,
            test=run.test,
            id=event.id,
            run=run.id,
            message=event.message,
            repeats=repeats[kind],
            embedding=vector,
        )
        for (kind, event), vector in zip(first.items(), made, strict=True)
    ]


def fingerprint(message: str) -> str:
    """Leave out what varies from one time to the next."""
    return _VARYING.sub("#", message).lower()


async def similar(release: str, message: str, k: int, least: float) -> list[Similar]:
    """Ask the index for the errors nearest to a message, within one release: one partition."""
    [vector] = EMBEDDER.embed([message])
    nearest = ErrorVector.find(release=release).order_by_ann("embedding", vector).limit(k)
    return [
        Similar(test=each.test, run=str(each.run), message=each.message, repeats=each.repeats, score=score)
        for each, score in await nearest.with_scores(min_score=least).all()
    ]


async def mapped(release: str, test: str) -> Map:
    """Read a test's newest errors, which lie side by side in the partition of the release, and draw them."""
    found = await ErrorVector.find(release=release, test=test).limit(SHOWN).all()
    return drawn(found)


def drawn(found: Sequence[ErrorVector]) -> Map:
    """Cluster errors, and lay them out in two dimensions."""
    if not found:
        return Map(dots=[], clusters=[])
    matrix = np.array([each.embedding for each in found], dtype=np.float64)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    groups = clustered(matrix)
    places = flat(matrix)
    numbers = {row: number for number, group in enumerate(groups) for row in group}
    return Map(
        dots=[
            Dot(x=x, y=y, cluster=numbers.get(row, -1), run=str(each.run), message=each.message)
            for row, (each, (x, y)) in enumerate(zip(found, places.tolist(), strict=True))
        ],
        clusters=[
            Cause(
                number=number,
                message=found[middle(matrix, group)].message,
                errors=sum(found[row].repeats for row in group),
                runs=len({found[row].run for row in group}),
            )
            for number, group in enumerate(groups)
        ],
    )


def clustered(matrix: NDArray[np.float64]) -> list[list[int]]:
    """Group rows that are neighbours, or neighbours' neighbours; alone is no cluster. Largest first."""
    near = matrix @ matrix.T >= NEAR
    left = set(range(len(matrix)))
    groups: list[list[int]] = []
    while left:
        group, edge = set[int](), {min(left)}
        while edge:
            group |= edge
            edge = {int(each) for row in edge for each in np.flatnonzero(near[row])} - group
        left -= group
        groups.append(sorted(group))
    return sorted((group for group in groups if len(group) > 1), key=len, reverse=True)


def middle(matrix: NDArray[np.float64], group: Iterable[int]) -> int:
    """Return the row of a group that is nearest to all of it."""
    rows = list(group)
    return rows[int(np.argmax(matrix[rows] @ matrix[rows].sum(axis=0)))]


def flat(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lay vectors out along the two directions in which they differ most, each axis from 0 to 1."""
    centred = matrix - matrix.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    places = np.zeros((len(matrix), 2))
    found = centred @ directions[:2].T
    places[:, : found.shape[1]] = found
    low, high = places.min(axis=0), places.max(axis=0)
    wide = np.where(high > low, high - low, 1.0)
    return np.asarray((places - low) / wide)
