"""Both colours of the library beside each other: what one writes the other reads."""

from __future__ import annotations

from functools import partial
from itertools import count as numbers_from
from typing import TYPE_CHECKING, Any

import hypothesis
from hypothesis import strategies as draw
from pytest_bdd import parsers, then

from coodie.rows.bind import row_binder
from coodie.rows.unset import UNSET
from coodie.schema.inspect import table_of
from steps.library_models import models
from steps.properties import documents, examples, fresh, key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from anyio.from_thread import BlockingPortal

    from coodie.livingdoc.attach import LivingDoc
    from steps.world import World


@then(parsers.parse("of {count:d} documents drawn, what one colour saves the other reads as it was"))
def colours_agree(world: World, portal: BlockingPortal, livingdoc: LivingDoc, count: int) -> None:
    """Save documents in the scenario's colour; read them in both, and compare statements and answers."""
    pool = [world.model(name) for name in world.prepared]
    numbers = numbers_from()
    compared = 0

    def in_other(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
        if world.colour == "aio":
            return function(*arguments, **keywords)
        return portal.call(partial(function, *arguments, **keywords))

    @examples(count)
    @hypothesis.given(draw.sampled_from(pool).flatmap(documents))
    def agree(document: Any) -> None:
        nonlocal compared
        document = fresh(document, next(numbers))
        world.call(document.save)
        mine, key = type(document), key_of(document)
        theirs = models("sync" if world.colour == "aio" else "aio")[mine.__name__]
        assert plain(world.call(mine.get, **key)) == plain(in_other(theirs.get, **key))
        own, other = mine.find(**key), theirs.find(**key)
        assert own.explain() == other.explain()
        for terminal in ("json", "count", "exists"):
            assert world.call(getattr(own, terminal)) == in_other(getattr(other, terminal))
        compared += 1

    agree()
    livingdoc.attach_text("examples", f"{compared} documents, saved in {world.colour}, read in both colours")


def plain(document: Any) -> list[Any]:
    """Return the values of a document as they are stored, so that those of different classes can be compared."""
    values = row_binder(table_of(type(document)))(document)
    return [None if value is UNSET else value for value in values]
