"""Promises about any vector that is stored: Hypothesis draws vectors, and what is none, inside one step."""

from __future__ import annotations

import itertools
import math
import struct
from typing import TYPE_CHECKING, Any

import hypothesis
from hypothesis import strategies as draw
from pydantic import ValidationError
from pytest_bdd import parsers, then

from coodie.exceptions import InvalidQueryError
from coodie.schema.inspect import table_of
from steps.properties import examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from coodie.livingdoc.attach import LivingDoc
    from steps.world import World

_SINGLES = draw.floats(width=32, allow_nan=False, allow_infinity=False)
_ODD_ELEMENTS = draw.sampled_from(
    (math.nan, math.inf, -math.inf, 3.5e38, -1e300, "0.5", None, [0.5], 10**400)
)


def dimensions(model: Any, field: str) -> int:
    """Return how many dimensions a model's vectors have."""
    return table_of(model).column(field).type.dimensions or 0


def packed(values: Any) -> bytes:
    """Return the bits of a vector, by which -0.0 differs from 0.0."""
    return struct.pack(f">{len(values)}f", *values)


@then(
    parsers.parse(
        "of {count:d} vectors drawn for `{name}.{field}`, each is read back bit for bit as it was written"
    )
)
def any_vector_survives(world: World, livingdoc: LivingDoc, count: int, name: str, field: str) -> None:
    """Write float32s of every kind: subnormal, negative zero, the largest."""
    model, numbers = world.model(name), itertools.count()
    size = dimensions(model, field)
    drawn: dict[str, int] = {"-0.0": 0, "subnormal": 0, "largest": 0}

    @examples(count)
    @hypothesis.given(draw.lists(_SINGLES, min_size=size, max_size=size))
    def survives(values: list[float]) -> None:
        key = f"drawn {next(numbers)}"
        world.call(model(name=key, **{field: values}).save)
        read = getattr(world.call(model.get, name=key), field)
        assert packed(read) == packed(values)
        drawn["-0.0"] += any(value == 0 and math.copysign(1, value) < 0 for value in values)
        drawn["subnormal"] += any(0 < abs(value) < 2**-126 for value in values)
        drawn["largest"] += any(abs(value) > 1e38 for value in values)

    survives()
    kinds = ", ".join(f"{number} with {kind} numbers" for kind, number in drawn.items())
    livingdoc.attach_text("examples", f"{next(numbers)} vectors: {kinds}")


def _broken(size: int) -> draw.SearchStrategy[Any]:
    """Return a strategy for what is no vector: of another length, with an odd element, or no list at all."""
    whole = draw.lists(_SINGLES, min_size=size, max_size=size)
    lengths = draw.lists(_SINGLES, max_size=2 * size).filter(lambda values: len(values) != size)
    places = draw.integers(0, size - 1)
    elements = draw.tuples(whole, places, _ODD_ELEMENTS).map(
        lambda drawn: [*drawn[0][: drawn[1]], drawn[2], *drawn[0][drawn[1] + 1 :]]
    )
    others = draw.sampled_from(("1, 2, 3", 7, {}, set(), b"abc")) | draw.lists(whole, min_size=1, max_size=2)
    return lengths | elements | others


@then(
    parsers.parse(
        "of {count:d} that are no vector of `{name}.{field}`, each is refused, and nothing is written"
    )
)
def any_misfit_is_refused(world: World, livingdoc: LivingDoc, count: int, name: str, field: str) -> None:
    """Try to write, to change and to search with what is no vector; look at what was sent."""
    model = world.model(name)
    column = table_of(model).column(field)
    searched = column.vector_index is not None
    odd = _broken(dimensions(model, field))
    if searched:
        odd |= draw.lists(draw.floats(-(2**-20), 2**-20, width=32) | draw.just(-0.0), min_size=3, max_size=3)
    refused = {"when it is made": 0, "when it is saved": 0, "as a change": 0, "in a search": 0}

    @examples(count)
    @hypothesis.given(odd)
    @hypothesis.example([math.nan] * dimensions(model, field))
    def is_refused(value: Any) -> None:
        refused[_try_to_save(world, model, field, value)] += 1
        _must_refuse(world, model.find(name="odd").update, **{field: value})
        refused["as a change"] += 1
        if searched:
            _must_refuse(world, lambda: model.find().order_by_ann(field, value).first())
            refused["in a search"] += 1

    with world.acting():
        is_refused()
    assert world.sent == []
    assert world.call(model.find().first) is None
    times = ", ".join(f"{number} {when}" for when, number in refused.items() if number)
    livingdoc.attach_text("examples", f"refused: {times}; sent: nothing")


def _try_to_save(world: World, model: Any, field: str, value: Any) -> str:
    try:
        document = model(name="odd", **{field: value})
    except ValidationError:
        return "when it is made"
    _must_refuse(world, document.save)
    return "when it is saved"


def _must_refuse(world: World, function: Callable[..., Any], **keywords: Any) -> None:
    try:
        world.call(function, **keywords)
    except (InvalidQueryError, ValidationError):
        return
    raise AssertionError(f"it was not refused: {keywords}")
