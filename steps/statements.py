"""What a step sent to the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import parsers, then

from coodie.observation import describe

if TYPE_CHECKING:
    from steps.cells import Table
    from steps.world import World


@then(parsers.re(r"(?P<count>\d+) statements? (?:was|were) sent"))
def this_many_sent(world: World, count: str) -> None:
    """Count the statements of the last step that did something."""
    assert len(sent(world)) == int(count), sent(world)


@then(parsers.parse('the value of "{column}" in the last statement is `{expected}`'))
def value_sent(world: World, column: str, expected: str) -> None:
    """Compare a bound value of the last statement as CQL writes it; `UNSET` is one that was left out."""
    record = describe(next(each for each in reversed(world.sent) if each.statement.params))
    assert {each["name"]: each["value"] for each in record["params"]}[column] == expected


@then(parsers.parse("the last statement was sent with the consistency {level}"))
def consistency_sent(world: World, level: str) -> None:
    """Compare the consistency level of the last statement."""
    assert world.sent[-1].consistency == level


@then("the last statement was sent with these options")
def options_sent(world: World, datatable: Table) -> None:
    """Compare how the last statement was executed, option by option."""
    found = world.sent[-1].statement.options
    names, wanted = datatable
    assert [str(getattr(found, name)) for name in names] == wanted


@then(parsers.parse("at most {count:d} statements were sent"))
def at_most_sent(world: World, count: int) -> None:
    """Count the statements of the last step that did something."""
    assert len(sent(world)) <= count, sent(world)


@then("all of them have one text")
def one_text(world: World) -> None:
    """Count the texts of the last step's statements: each is prepared once."""
    texts = set(sent(world))
    assert len(texts) == 1, texts


@then(parsers.parse("the CQL of `{plan}` is"))
def cql_of_plan(world: World, plan: str, docstring: str) -> None:
    """Compare the CQL of an explanation; the keyspace's name is left out."""
    assert bare(world, world.run(plan).cql) == docstring


@then(parsers.parse("the last statement is the CQL of `{plan}`"))
def last_is_plan(world: World, plan: str) -> None:
    """Compare what was sent with what an explanation says would be."""
    assert sent(world)[-1] == bare(world, world.run(plan).cql)


def sent(world: World) -> list[str]:
    """Return the statements of the last step, without the name of the keyspace."""
    return [bare(world, str(getattr(each.statement, "cql", each.statement))) for each in world.sent]


def bare(world: World, cql: str) -> str:
    """Leave the keyspace's name out of a statement."""
    return cql.replace(f'"{world.workspace.keyspace}".', "")
