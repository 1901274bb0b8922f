"""Python that the reader could have written, and what it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from steps import cells

if TYPE_CHECKING:
    from steps.cells import Table
    from steps.world import World


@given(parsers.re(r"(?:we|someone) (?P<intent>.+)"))
@when(parsers.re(r"(?:we|someone) (?P<intent>.+)"))
def we_run(world: World, docstring: str) -> None:
    """Execute the Python below the sentence."""
    with world.acting():
        world.result = world.run(docstring)


@then(parsers.re(r"(?P<what>the result|`[^`]+`) is `(?P<expected>.+)`"))
def expression_is(world: World, what: str, expected: str) -> None:
    """Compare what the last step gave (`the result`), or an expression, with a value."""
    found = world.result if what == "the result" else world.run(what.strip("`"))
    assert found == world.run(expected)


@then(parsers.re(r"`(?P<claim>[^`]+)` (?P<verdict>holds|does not hold)"))
def claim_holds(world: World, claim: str, verdict: str) -> None:
    """Evaluate a claim about what earlier steps have made."""
    assert world.run(claim) is (verdict == "holds"), claim


@then(parsers.re(r"these come back(?P<ordered>, in this order)?"))
def rows_come_back(world: World, ordered: str | None, datatable: Table) -> None:
    """Compare the rows that the last step gave."""
    found = world.result if isinstance(world.result, list) else [world.result]
    actual, expected = cells.compared(found, datatable, ordered=bool(ordered))
    assert actual == expected
