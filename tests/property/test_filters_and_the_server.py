"""Whatever the public API builds is refused before the wire or accepted by a real server, in both colours alike."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_models import COLUMNS, ELEMENTS, NUMBERS, ORDERS, VALUES, WORDS, filters, models
from property_settings import examples

from coodie.exceptions import InvalidQueryError
from coodie.execution import observe

pytestmark = [pytest.mark.property, pytest.mark.usefixtures("connection")]
REFUSED = "refused before the wire"
FRESH = itertools.count(1000)  # keys of rows that no other example has written


@pytest.fixture(scope="module")
def pair(connection) -> tuple[Any, Any]:  # noqa: ARG001
    """The model in both colours, its table filled with a few rows."""
    plain, coloured = models("Thing")
    plain.sync_table()
    days = ["2026-01-01", "0001-01-01"]
    for one, two, day, number in itertools.product([0, 1], ["a", ""], days, [0, 1, 7]):
        plain(one=one, two=two, day=day, number=number, text="a", city="b", rank=number, tags={"a"}).save()
    return plain, coloured


@pytest.fixture(scope="module")
def loop():
    with asyncio.Runner() as runner:
        yield runner


def outcome(action: Any) -> Any:
    """Return the result, or that it was refused; with nothing sent in that case."""
    sent: list[Any] = []
    with observe(sent.append):
        try:
            return action()
        except InvalidQueryError:
            assert sent == [], "refused, but after something was sent"
            return REFUSED


def awaited(loop: asyncio.Runner, call: Any) -> Any:
    """Do in a loop what `call` gives a coroutine for."""

    async def run() -> Any:
        try:
            return await call()
        except InvalidQueryError:
            return REFUSED

    return loop.run(run())


def built(model: Any, draw: dict[str, Any]) -> Any:
    """Build the query that was drawn."""
    query = model.find(**draw["filters"])
    if draw["filtering"]:
        query = query.allow_filtering()
    if draw["order"]:
        query = query.order_by(*draw["order"])
    if draw["limit"]:
        query = query.limit(draw["limit"])
    if draw["per_partition"]:
        query = query.per_partition_limit(draw["per_partition"])
    if draw["fetch_size"]:
        query = query.fetch_size(draw["fetch_size"])
    return query


QUERIES = st.fixed_dictionaries(
    {
        "filters": filters(),
        "filtering": st.booleans(),
        "order": st.just([]) | ORDERS,
        "limit": st.none() | st.integers(1, 5),
        "per_partition": st.none() | st.integers(1, 3),
        "fetch_size": st.none() | st.integers(1, 5),
    }
)


FIELDS = st.sampled_from(sorted(COLUMNS))
STEPS = st.one_of(
    st.tuples(st.just("only"), st.lists(FIELDS, max_size=3)),
    st.tuples(st.just("defer"), st.lists(FIELDS, max_size=3)),
    st.tuples(st.just("distinct"), st.just(())),
    st.tuples(
        st.just("group_by"), st.sampled_from([("one", "two"), ("one", "two", "day"), ("one",), ("text",)])
    ),
    st.tuples(st.just("order_by"), ORDERS),
    st.tuples(st.just("limit"), st.tuples(st.integers(1, 5))),
    st.tuples(st.just("per_partition_limit"), st.tuples(st.integers(1, 3))),
    st.tuples(
        st.just("values"),
        st.lists(FIELDS | st.sampled_from(["TTL(text)", "count(*)", "max(whole)"]), max_size=3),
    ),
    st.tuples(
        st.just("values_list"),
        st.lists(FIELDS | st.sampled_from(["WRITETIME(text)", "min(day)"]), max_size=3),
    ),
    st.tuples(st.just("cast"), st.tuples(FIELDS, st.sampled_from(["text", "int", "double", "blob", "date"]))),
    st.tuples(st.just("select_token"), st.just(())),
    st.tuples(
        st.just("tuple_filter"),
        st.tuples(
            st.sampled_from([("day", "number"), ("day",), ("number",), ("number", "day")]),
            st.sampled_from(["gt", "gte", "lt", "lte", "in", "exact"]),
            st.tuples(VALUES["day"], NUMBERS) | st.tuples(VALUES["day"]),
        ),
    ),
)
TERMINALS: dict[str, Any] = {
    "all": lambda query: query.all(),
    "first": lambda query: query.first(),
    "count": lambda query: query.count(),
    "exists": lambda query: query.exists(),
    "json": lambda query: query.json(),
    "sum": lambda query: query.sum("whole"),
    "avg": lambda query: query.avg("text"),
    "max": lambda query: query.max("day"),
    "aggregate": lambda query: query.aggregate(n="count(*)", hi="max(number)"),
    "paged_all": lambda query: query.paged_all(),
    "column_ttl": lambda query: query.column_ttl("text"),
    "delete": lambda query: query.filter(one=99).delete(),
}


def dumped(found: Any) -> Any:
    return [each.model_dump() for each in found] if isinstance(found, list) else found


class TestReads:
    @examples(250)
    @given(draw=QUERIES)
    def test_a_query_is_refused_or_answered(self, pair, loop, draw):
        plain, coloured = pair
        found = outcome(lambda: built(plain, draw).all())
        assert dumped(awaited(loop, lambda: _all(coloured, draw))) == dumped(found)

    @examples(120)
    @given(draw=filters(), filtering=st.booleans(), terminal=st.sampled_from(["count", "exists", "first"]))
    def test_a_terminal_is_refused_or_answered(self, pair, loop, draw, filtering, terminal):
        def query(model: Any) -> Any:
            found = model.find(**draw)
            return getattr(found.allow_filtering() if filtering else found, terminal)()

        async def call() -> Any:
            return await query(pair[1])

        found, other = outcome(lambda: query(pair[0])), awaited(loop, call)
        assert (other.model_dump() if terminal == "first" and hasattr(other, "model_dump") else other) == (
            found.model_dump() if terminal == "first" and hasattr(found, "model_dump") else found
        )

    @examples(60)
    @given(draw=QUERIES)
    def test_pages_together_are_everything(self, pair, draw):
        plain, _ = pair
        everything = outcome(lambda: built(plain, draw).all())
        if everything == REFUSED:
            return
        query, state, found = built(plain, draw).fetch_size(2), None, []
        while True:
            page = query.page(state).paged_all()
            found += page.data
            state = page.paging_state
            if state is None:
                break
        assert dumped(found) == dumped(everything)
        assert dumped(list(built(plain, draw).fetch_size(3))) == dumped(everything)


class TestBuilders:
    @examples(250)
    @given(
        draw=filters(),
        steps=st.lists(STEPS, max_size=4),
        filtering=st.booleans(),
        terminal=st.sampled_from(sorted(TERMINALS)),
    )
    def test_any_chain_is_refused_or_answered(self, pair, draw, steps, filtering, terminal):
        def run() -> Any:
            query = pair[0].find(**draw)
            for name, arguments in steps:
                query = getattr(query, name)(*arguments)
            return TERMINALS[terminal](query.allow_filtering() if filtering else query)

        outcome(run)


async def _all(model: Any, draw: Any) -> Any:
    return await built(model, draw).all()


CHANGES = st.dictionaries(
    st.sampled_from(
        [
            *COLUMNS,
            *("tags__add", "tags__remove", "notes__append", "notes__prepend", "notes__remove"),
            *("stock__add", "stock__remove", "stock__put", "notes__setindex", "fixed__append", "text__add"),
        ]
    ),
    st.just(None),
    max_size=3,
).flatmap(
    lambda words: st.fixed_dictionaries(
        {
            word: {
                "stock__remove": st.sets(WORDS, max_size=2),
                "stock__put": st.tuples(WORDS, NUMBERS),
                "notes__setindex": st.tuples(st.just(0), WORDS),
            }.get(word, VALUES[word.partition("__")[0]])
            for word in words
        }
    )
)
CONDITIONS = st.dictionaries(
    st.tuples(
        st.sampled_from(sorted(COLUMNS)),
        st.sampled_from(["", "ne", "gt", "gte", "lt", "lte", "in", "contains"]),
    ),
    st.just(None),
    max_size=2,
).flatmap(
    lambda words: st.fixed_dictionaries(
        {
            f"{field}__{lookup}".removesuffix("__"): (
                st.lists(VALUES[field], max_size=2)
                if lookup == "in"
                else ELEMENTS["contains"].get(field, VALUES[field])
                if lookup == "contains"
                else VALUES[field]
            )
            for field, lookup in words
        }
    )
)


class TestWrites:
    @examples(120)
    @given(draw=filters(), changes=CHANGES, ttl=st.none() | st.integers(0, 100))
    def test_an_update_of_a_query_is_refused_or_done(self, pair, draw, changes, ttl):
        def update() -> Any:
            query = pair[0].find(**draw)
            return (query if ttl is None else query.ttl(ttl)).update(**changes)

        outcome(update)

    @examples(100)
    @given(draw=filters())
    def test_a_delete_of_a_query_is_refused_or_done(self, pair, draw):
        outcome(lambda: pair[0].find(**draw, one__in=[99]).delete() if "one" not in draw else REFUSED)
        outcome(lambda: pair[0].find(**(draw | {"one": 99})).delete())

    @examples(120)
    @given(changes=CHANGES, conditions=CONDITIONS)
    def test_an_update_of_a_document_is_refused_or_done(self, pair, changes, conditions):
        key = {"one": next(FRESH), "two": "x", "day": "2026-01-01", "number": 1}
        document = pair[0](**key, notes=["a"])
        document.save()
        before = document.model_copy(deep=True)
        result = outcome(lambda: document.update(**changes, if_conditions=conditions or None))
        if result == REFUSED or not result.applied:
            assert document == before
        else:
            read = pair[0].get(**key)
            changed = {word.partition("__")[0] for word in changes}
            assert {name: getattr(read, name) for name in changed} == {
                name: getattr(document, name) for name in changed
            }
