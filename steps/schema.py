"""Keyspaces and tables: what there is, and what syncing sent."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from pytest_bdd import given, parsers, then

from steps.statements import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.world import World


@given(parsers.parse("no keyspace is called by the name in `{variable}`"))
def free_name(world: World, coodie_cql: Any, variable: str) -> Iterator[None]:
    """Put a name into a variable that no keyspace has; drop what it names afterwards."""
    name = f"{variable}_{secrets.token_hex(4)}"
    world.names[variable] = name
    yield
    coodie_cql.execute(f"DROP KEYSPACE IF EXISTS {name}")


@then(parsers.re(r"the keyspace in `(?P<variable>\w+)` keeps (?P<copies>\d+) cop(?:y|ies) of each row"))
def copies_of_rows(world: World, coodie_cql: Any, variable: str, copies: str) -> None:
    """Read the replication factor."""
    assert replication(coodie_cql, world.names[variable])["replication_factor"] == copies


@then(parsers.parse('the keyspace in `{variable}` keeps {copies} copies of each row in "{datacenter}"'))
def copies_in_datacenter(world: World, coodie_cql: Any, variable: str, copies: str, datacenter: str) -> None:
    """Read the replicas of a datacenter."""
    assert replication(coodie_cql, world.names[variable])[datacenter] == copies


@then(parsers.parse("the keyspace in `{variable}` does not exist"))
def no_keyspace(world: World, coodie_cql: Any, variable: str) -> None:
    """Look for it."""
    assert replication(coodie_cql, world.names[variable]) == {}


@given(parsers.parse('there is no table "{name}"'))
def no_table_yet(world: World, name: str) -> None:
    """Remove what an earlier scenario made."""
    world.workspace.drop_table(name)


@then(parsers.parse('there is still no table "{name}"'))
def still_no_table(world: World, coodie_cql: Any, name: str) -> None:
    """Look for it."""
    found = coodie_cql.execute(
        "SELECT table_name FROM system_schema.tables WHERE keyspace_name = %s AND table_name = %s",
        (world.workspace.keyspace, name),
    )
    assert list(found) == []


@then(parsers.parse('the column "{column}" of {name} is `{cql}`'))
def column_type(world: World, coodie_cql: Any, column: str, name: str, cql: str) -> None:
    """Read the type of a column as the server has it."""
    query = "SELECT type FROM system_schema.columns WHERE keyspace_name = %s AND table_name = %s AND column_name = %s"
    keys = (world.workspace.keyspace, world.model(name).table_name(), column)
    assert coodie_cql.execute(query, keys).one().type == cql


@then("the result is this CQL")
def result_is_cql(world: World, docstring: str) -> None:
    """Compare a plan, one statement a line; the keyspace's name is left out."""
    assert [bare(world, text) for text in world.result] == docstring.splitlines()


def replication(coodie_cql: Any, keyspace: str) -> dict[str, str]:
    """Return the replication map of a keyspace, empty where there is none."""
    query = "SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = %s"
    rows = list(coodie_cql.execute(query, (keyspace,)))
    return dict(rows[0].replication) if rows else {}
