"""Hostile texts that a migration hands on to its context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then

from coodie.drivers import get_driver
from coodie.exceptions import CoodieError, OperationError, ServerRejected
from coodie.migrations import MigrationContext
from steps.hostile import CORPUS, PLAIN, Attack, skeleton

if TYPE_CHECKING:
    from typing import Any

    from anyio.from_thread import BlockingPortal

    from coodie.livingdoc.attach import LivingDoc
    from steps.cells import Table
    from steps.world import World

SCHEMA = (
    "SELECT keyspace_name, table_name, column_name, kind FROM system_schema.columns",
    "SELECT keyspace_name, table_name, index_name FROM system_schema.indexes",
)


@then("each hostile text in these calls of a migration is refused, or a name that nothing has, or a value")
def migrations_stand(
    world: World, portal: BlockingPortal, coodie_cql: Any, livingdoc: LivingDoc, datatable: Table
) -> None:
    """Make each call with each text: `ctx` acts, `dry` only plans. No statement differs from that for a plain name."""
    attack = Attack(world, portal, awaits=True)
    before = _schema(coodie_cql)
    for (call,) in datatable[1:]:
        plain, _ = _call(world, attack, call, PLAIN)
        assert _is_answer(plain), (call, plain)
        usual = {skeleton(each) for each in attack.sent}
        for text in CORPUS[::2]:
            result, planned = _call(world, attack, call, text)
            assert _is_answer(result), (call, ascii(text), result)
            told = {skeleton(each) for each in (*attack.sent, *planned)}
            assert told <= usual, (call, ascii(text), told, usual, result)
    assert _schema(coodie_cql) == before
    livingdoc.attach_text(
        "inputs",
        f"{attack.tried} hostile texts at {len(datatable) - 1} places: {attack.refused} refused, the others were names "
        "that nothing has, or values; the schema is what it was",
    )


def _call(world: World, attack: Attack, call: str, text: str) -> tuple[Any, list[str]]:
    contexts = {
        name: MigrationContext(get_driver(), world.workspace.keyspace, dry, allow_destructive=True)
        for name, dry in (("ctx", False), ("dry", True))
    }
    world.names |= {"MigrationContext": MigrationContext, "driver": get_driver(), **contexts}
    result = attack.run(call, text)
    planned = contexts["dry"].planned_cql
    if text == PLAIN:
        attack.sent.extend(planned)
    return result, planned


def _is_answer(result: Any) -> bool:
    """Tell whether a call did what it should or was refused, and the server did not fail over it."""
    if isinstance(result, OperationError):
        return isinstance(result, ServerRejected)
    return not isinstance(result, Exception) or isinstance(result, CoodieError)


def _schema(session: Any) -> list[set[tuple[str, ...]]]:
    return [{tuple(row) for row in session.execute(query)} for query in SCHEMA]
