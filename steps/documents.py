"""Models and what their tables hold."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then

from coodie.schema.inspect import table_of
from steps import cells

if TYPE_CHECKING:
    from coodie.livingdoc.attach import LivingDoc
    from steps.cells import Table
    from steps.world import World


@given(parsers.re(r"the models? (?P<names>\w+(?:(?:, | and )\w+)*)"))
def models_with_empty_tables(world: World, livingdoc: LivingDoc, names: str) -> None:
    """Show the models' source; give each an empty table."""
    for name in names.replace(" and ", ", ").split(", "):
        model = world.model(name)
        livingdoc.attach_model(model)
        world.workspace.empty_table(model)
        if any(index.vector is not None for index in table_of(model).indexes):
            world.call(model.wait_for_index)  # it cannot be asked right after it was made or emptied
        world.prepared.append(name)


@given(parsers.parse("these {name} documents are saved"))
def saved(world: World, name: str, datatable: Table) -> None:
    """Save a document for each row."""
    for document in cells.documents(world.model(name), datatable):
        world.call(document.save)


@given(parsers.parse('{count:d} Message documents are saved in the room "{room}"'))
def many_saved(world: World, count: int, room: str) -> None:
    """Save messages of one room, a minute between them."""
    model = world.model("Message")
    start = datetime(2030, 5, 1, tzinfo=UTC)
    for number in range(1, count + 1):
        sent = start + timedelta(minutes=number)
        world.call(model(room=room, sent=sent, author="ada", text=f"message {number}").save)


@then(parsers.parse("the {name} table holds"))
def table_holds(world: World, name: str, datatable: Table) -> None:
    """Compare all rows, in any order."""
    found = world.call(world.model(name).find().all)
    actual, expected = cells.compared(found, datatable, ordered=False)
    assert actual == expected


@given(parsers.parse("within {seconds:d} seconds the {name} table holds"))
@then(parsers.parse("within {seconds:d} seconds the {name} table holds"))
def table_comes_to_hold(world: World, seconds: int, name: str, datatable: Table) -> None:
    """Compare all rows again and again until they are the same."""
    deadline = time.monotonic() + seconds
    while True:
        found = world.call(world.model(name).find().all)
        actual, expected = cells.compared(found, datatable, ordered=False)
        if actual == expected or time.monotonic() >= deadline:
            break
    assert actual == expected


@then(parsers.parse("the {name} table is empty"))
def table_is_empty(world: World, name: str) -> None:
    """Look for any row."""
    assert world.call(world.model(name).find().first) is None


@then(parsers.parse("within {seconds:d} seconds the {name} table is empty"))
def table_becomes_empty(world: World, seconds: int, name: str) -> None:
    """Look again and again until no row is left."""
    deadline = time.monotonic() + seconds
    while world.call(world.model(name).find().first) is not None:
        assert time.monotonic() < deadline, f"{name} still holds rows after {seconds} seconds"
