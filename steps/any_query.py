"""Promises about any query: chains of the public API are drawn, sensible and senseless ones alike."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import hypothesis
from hypothesis import strategies as draw
from pytest_bdd import parsers, then

from coodie.cql.terms import LOOKUPS
from coodie.exceptions import InvalidQueryError, MultipleDocumentsFound
from coodie.execution import observe
from coodie.schema.inspect import table_of
from steps.library_models import models
from steps.properties import examples, values_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from anyio.from_thread import BlockingPortal

    from coodie.livingdoc.attach import LivingDoc
    from coodie.schema.column import ColumnDefinition
    from steps.world import World

# What a query may be asked in the end, with what each wants to be told.
TERMINALS = ("all", "first", "count", "exists", "json", "paged_all", "one_or_none")
FUNCTIONS = ("sum", "avg", "min", "max", "writetime", "column_ttl")


class Chain(NamedTuple):
    """A drawn query: calls of builders with their arguments, and what is asked in the end."""

    filters: dict[str, Any]
    builders: tuple[tuple[str, tuple[Any, ...]], ...]
    terminal: str
    arguments: tuple[Any, ...] = ()

    def ask(self, model: Any) -> Any:
        """Build the query of a model and call its terminal."""
        query = model.find(**self.filters)
        for name, arguments in self.builders:
            query = getattr(query, name)(*arguments)
        return getattr(query, self.terminal)(*self.arguments)


@then(
    parsers.parse(
        "of {count:d} queries drawn, each is answered, or refused before it is sent, in both colours alike"
    )
)
def any_query_is_safe(world: World, portal: BlockingPortal, livingdoc: LivingDoc, count: int) -> None:
    """Ask the scenario's models, in its own colour and in the other one."""
    pool = [world.model(name) for name in world.prepared]
    outcomes: Counter[str] = Counter()

    def in_other(function: Callable[..., Any], *arguments: Any) -> Any:
        if world.colour == "aio":
            return function(*arguments)
        return portal.call(partial(_awaited, function, *arguments))

    @examples(count)
    @hypothesis.given(
        draw.sampled_from(pool).flatmap(lambda model: draw.tuples(draw.just(model), chains(model)))
    )
    def is_safe(drawn: tuple[Any, Chain]) -> None:
        model, chain = drawn
        theirs = models("sync" if world.colour == "aio" else "aio")[model.__name__]
        mine, other = _outcome(world.call, chain, model), _outcome(in_other, chain, theirs)
        assert mine == other
        outcomes["refused" if isinstance(mine, Refused) else "answered"] += 1

    is_safe()
    livingdoc.attach_text(
        "examples",
        f"{sum(outcomes.values())} queries: {outcomes['answered']} answered, {outcomes['refused']} refused",
    )
    assert min(outcomes["answered"], outcomes["refused"]) > count // 10, (
        "the draw is too one-sided to show anything"
    )


class Refused(NamedTuple):
    """A query that was refused, and why."""

    reason: str


def _outcome(call: Callable[..., Any], chain: Chain, model: Any) -> Any:
    """Return the answer in plain values, or the refusal; nothing may have been sent before it."""
    sent: list[Any] = []
    with observe(sent.append):
        try:
            return _plain(call(chain.ask, model))
        except MultipleDocumentsFound as found:
            return str(found)
        except InvalidQueryError as error:
            refusal = Refused(str(error))
    assert sent == [], f"refused after something was sent: {refusal.reason}"
    return refusal


async def _awaited(function: Callable[..., Any], *arguments: Any) -> Any:
    return await function(*arguments)


def _plain(found: Any) -> Any:
    """Return an answer in values that compare whatever class of document they came in."""
    if isinstance(found, list):
        return [_plain(each) for each in found]
    if hasattr(found, "paging_state"):
        return _plain(found.data)
    return found.model_dump() if hasattr(found, "model_dump") else found


def chains(model: Any) -> draw.SearchStrategy[Chain]:
    """Return a strategy for chains over a model; the key is named more often than chance would."""
    table = table_of(model)
    fields = [column.field for column in table.columns]
    any_field = draw.sampled_from(fields)
    partition = draw.fixed_dictionaries(
        {column.field: values_of(model, column) for column in table.partition_key}
    )
    some = draw.lists(draw.sampled_from(table.columns).flatmap(partial(_filter, model)), max_size=2).map(dict)
    filters = draw.tuples(draw.just({}) | partition, some).map(lambda both: {**both[0], **both[1]})
    order = draw.lists(
        draw.sampled_from([f"{sign}{field}" for field in fields for sign in ("", "-")]), max_size=2
    )
    builders: dict[str, draw.SearchStrategy[tuple[Any, ...]]] = {
        "allow_filtering": draw.just(()),
        "limit": draw.tuples(draw.integers(-1, 5)),
        "per_partition_limit": draw.tuples(draw.integers(0, 3)),
        "fetch_size": draw.tuples(draw.integers(1, 5)),
        "distinct": draw.just(()),
        "order_by": order.map(tuple),
        "only": draw.lists(any_field, min_size=1, max_size=2).map(tuple),
        "values_list": draw.lists(any_field | draw.sampled_from(["count(*)", "nothing"]), max_size=2).map(
            tuple
        ),
        "group_by": draw.just(tuple(column.field for column in table.partition_key)),
        "consistency": draw.sampled_from([("ONE",), ("QUORUM",), ("QUORAM",)]),
        "ttl": draw.tuples(draw.integers(0, 9)),
    }
    calls = draw.lists(
        draw.sampled_from(sorted(builders)).flatmap(
            lambda name: draw.tuples(draw.just(name), builders[name])
        ),
        max_size=3,
    ).map(tuple)
    plain = draw.tuples(draw.sampled_from(TERMINALS), draw.just(()))
    computed = draw.tuples(draw.sampled_from(FUNCTIONS), any_field.map(lambda field: (field,)))
    return draw.tuples(filters, calls, plain | computed).map(lambda all_: Chain(all_[0], all_[1], *all_[2]))


def _filter(model: Any, column: ColumnDefinition) -> draw.SearchStrategy[tuple[str, Any]]:
    """Return a strategy for one filter of a column: any lookup, with a value that fits it or does not."""
    value = values_of(model, column)

    def with_lookup(lookup: str) -> draw.SearchStrategy[tuple[str, Any]]:
        word = f"{column.field}__{lookup}" if lookup else column.field
        values = value
        if lookup == "in":
            values = draw.lists(value, max_size=3)
        elif lookup == "key":
            values = draw.tuples(draw.sampled_from(["S", 0]), draw.integers(0, 3))
        elif re.match("token", lookup):
            values = draw.integers(-9, 9)
        elif lookup.startswith("contains"):
            values = draw.sampled_from(["red", "S", 1])
        return draw.tuples(draw.just(word), values | draw.sampled_from([None, "", -1]))

    return draw.sampled_from(["", *LOOKUPS, "isnull"]).flatmap(with_lookup)
