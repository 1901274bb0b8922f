"""Promises about any search by vectors: order, scores, a table that changes, and how much an index finds."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as draw
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytest_bdd import given, parsers, then

from coodie.schema.inspect import table_of
from steps.properties import examples
from steps.vectors import dimensions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.livingdoc.attach import LivingDoc
    from steps.world import World

SCORES_AGREE = 1e-5
# Far from 1e17, where an index ends, and mostly of a size at which float32 sums are good to the fifth digit.
_SEARCHED = draw.floats(-100, 100, width=32)


def similarity(function: str, left: list[float], right: list[float]) -> float:
    """Compute how near two vectors are as the servers define it, in float64."""
    dot = math.fsum(a * b for a, b in zip(left, right, strict=True))
    if function == "EUCLIDEAN":
        return 1 / (1 + math.dist(left, right) ** 2)
    if function == "DOT_PRODUCT":
        return (1 + dot) / 2
    return (1 + dot / (math.hypot(*left) * math.hypot(*right))) / 2


def function_of(model: Any, field: str) -> str:
    """Return the similarity function of a model's index."""
    index = table_of(model).column(field).vector_index
    assert index is not None
    assert index.vector is not None
    return index.vector.similarity


def searchable(model: Any, field: str) -> draw.SearchStrategy[list[float]]:
    """Return a strategy for vectors that the index of a field takes."""
    size = dimensions(model, field)
    vectors = draw.lists(_SEARCHED, min_size=size, max_size=size)
    if function_of(model, field) != "COSINE":
        return vectors
    return vectors.filter(lambda values: math.hypot(*values) > 1e-3)


def check_search(
    world: World, model: Any, field: str, vector: list[float], held: dict[str, list[float]]
) -> int:
    """Search, and compare with what a table is known to hold: who came, in which order, and how near."""
    function = function_of(model, field)
    query = model.find().order_by_ann(field, vector).limit(1000).with_scores()
    found = world.call(query.all)
    assert sorted(document.name for document, _ in found) == sorted(held)
    true = [similarity(function, held[document.name], vector) for document, _ in found]
    for (document, score), exact in zip(found, true, strict=True):
        assert math.isclose(score, exact, rel_tol=SCORES_AGREE, abs_tol=SCORES_AGREE), (
            document,
            score,
            exact,
        )
    for nearer, farther in itertools.pairwise(true):
        assert nearer >= farther - SCORES_AGREE * max(1, abs(nearer)), (nearer, farther)
    return len(found)


@then(
    parsers.parse(
        "of {count:d} searches drawn in tables of up to {most:d} rows of `{name}.{field}`, each gives all rows, "
        "nearest first, with their scores"
    )
)
def any_search_is_right(
    world: World, livingdoc: LivingDoc, count: int, most: int, name: str, field: str
) -> None:
    """Fill the table anew for each example, and search it."""
    model = world.model(name)
    vectors = searchable(model, field)
    searches = compared = 0

    @examples(count)
    @hypothesis.given(draw.lists(vectors, min_size=1, max_size=most), vectors)
    def is_right(rows: list[list[float]], vector: list[float]) -> None:
        nonlocal searches, compared
        held = {f"row {number}": values for number, values in enumerate(rows)}
        world.call(model.truncate)
        rows_of = [model(name=key, **{field: values}) for key, values in held.items()]
        # One after the other: of vectors that come at once an approximate index may lose sight of some.
        world.call(model.bulk_save, rows_of, concurrency=1).raise_failures()
        compared += check_search(world, model, field, vector, held)
        searches += 1

    is_right()
    livingdoc.attach_text("examples", f"{searches} searches, {compared} scores compared with float64")


@then(
    parsers.parse(
        "a table of `{name}.{field}` agrees with a dictionary through {runs:d} runs of up to {steps:d} inserts, "
        "updates, deletes and searches drawn"
    )
)
def table_agrees_with_model(
    world: World, livingdoc: LivingDoc, name: str, field: str, runs: int, steps: int
) -> None:
    """Let Hypothesis choose what is done next; after each step the table must hold what the dictionary holds."""
    model = world.model(name)
    vectors = searchable(model, field)
    done: dict[str, int] = {}

    class Machine(RuleBasedStateMachine):
        names = Bundle("names")

        def __init__(self) -> None:
            super().__init__()
            self.held: dict[str, list[float]] = {}
            self.count = 0
            world.call(model.truncate)

        def did(self, what: str) -> None:
            done[what] = done.get(what, 0) + 1

        @rule(target=names, vector=vectors)
        def insert(self, vector: list[float]) -> str:
            key = f"row {self.count}"
            self.count += 1
            world.call(model(name=key, **{field: vector}).save)
            self.held[key] = vector
            self.did("inserts")
            return key

        @rule(key=names, vector=vectors)
        def update(self, key: str, vector: list[float]) -> None:
            world.call(model.find(name=key).update, **{field: vector})
            self.held[key] = vector
            self.did("updates")

        @rule(key=consumes(names))
        def delete(self, key: str) -> None:
            world.call(model.find(name=key).delete)
            del self.held[key]
            self.did("deletes")

        @rule(vector=vectors)
        def search(self, vector: list[float]) -> None:
            check_search(world, model, field, vector, self.held)
            self.did("searches")

        @precondition(lambda self: self.held)
        @rule(vector=vectors)
        def nearest(self, vector: list[float]) -> None:
            first = world.call(model.find().exact_nearest, field, vector, 1)[0]
            function = function_of(model, field)
            best = max(similarity(function, values, vector) for values in self.held.values())
            assert math.isclose(similarity(function, self.held[first.name], vector), best, rel_tol=1e-9)
            self.did("exact searches")

        @invariant()
        def holds_the_same(self) -> None:
            found = {each.name: getattr(each, field) for each in world.call(model.find().all)}
            assert found == self.held

    run_state_machine_as_test(
        Machine,
        settings=hypothesis.settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        ),
    )
    kinds = ", ".join(f"{number} {what}" for what, number in sorted(done.items()))
    livingdoc.attach_text("examples", f"{runs} runs: {kinds}")


@given(parsers.parse("{count:d} {name} documents with vectors around {topics:d} topics are saved"))
def many_vectors(world: World, count: int, name: str, topics: int) -> Iterator[None]:
    """Save vectors as a language model gives them, of length 1 and crowded around topics; remove them afterwards."""
    if (world.colour, world.workspace.driver.driver_type) != ("sync", "cassandra"):
        pytest.skip("the index is the server's: it is measured in one colour, over one driver")
    model = world.model(name)
    drawn = np.random.default_rng(7)
    centres = drawn.normal(size=(topics, dimensions(model, "meaning")))
    vectors = centres[drawn.integers(0, topics, count)] + drawn.normal(size=(count, centres.shape[1])) * 0.7
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = (model(number=number, meaning=vector) for number, vector in enumerate(vectors))
    world.call(model.bulk_save, rows, concurrency=64).raise_failures()
    yield
    world.call(model.truncate)  # dropping the table would first write the whole index to disk


@then(
    parsers.parse(
        "the index of `{name}.{field}` finds at least {percent:d} % of the {k:d} nearest, on average over {searches:d} "
        "searches"
    )
)
def recall_is_high(
    world: World, livingdoc: LivingDoc, name: str, field: str, percent: int, k: int, searches: int
) -> None:
    """Search near vectors that are there, and compare with the exact neighbours."""
    model = world.model(name)
    drawn = np.random.default_rng(11)
    rows = world.call(model.find().values_list(field, flat=True).all)
    matrix = np.array(rows, dtype=np.float64)
    found = []
    for near in drawn.integers(0, len(rows), searches):
        vector = matrix[near] + drawn.normal(size=matrix.shape[1]) * 0.02
        near_ones = world.call(
            model.find().order_by_ann(field, vector).limit(k).values_list(field, flat=True).all
        )
        scores = np.sort(matrix @ vector / np.linalg.norm(matrix, axis=1))
        theirs = np.array(near_ones, dtype=np.float64)
        mine = theirs @ vector / np.linalg.norm(theirs, axis=1)
        found.append(float((mine >= scores[-k] - 1e-9).mean()))
    assert world.call(model.find().recall_at, field, matrix[0], k) >= percent / 100 - 0.3
    average = sum(found) / len(found)
    livingdoc.attach_text(
        "recall", f"{average:.3f} on average over {searches} searches, least {min(found):.2f}"
    )
    assert average >= percent / 100
