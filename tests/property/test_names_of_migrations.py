"""A name that a migration hands on is that name to the server and to what reads its CQL, whatever it is made of."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_settings import examples

from coodie.exceptions import CoodieError
from coodie.migrations import MigrationContext
from coodie.migrations.cqltext import destroys, in_keyspace, tokens
from coodie.naming import qualified, quote

PIECES = [
    "'",
    '"',
    '""',
    "\\",
    "--",
    "/*",
    "*/",
    "$$",
    ";",
    ".",
    "\n",
    " ",
    "DROP",
    "TABLE",
    "a",
    "\0",
    "é",
    "\u202e",
]
NAMES = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join)
QUOTABLE = NAMES.filter(lambda name: name and "\0" not in name and not re.search("[\ud800-\udfff]", name))
TABLE = "kept"


@pytest.fixture(scope="module")
def loop():
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def table(connection, coodie_cql, coodie_keyspace):  # noqa: ARG001
    coodie_cql.execute(f'CREATE TABLE "{coodie_keyspace}".{TABLE} (id int PRIMARY KEY, name text)')
    coodie_cql.execute(f'CREATE INDEX kept_idx ON "{coodie_keyspace}".{TABLE} (name)')
    coodie_cql.execute(f"INSERT INTO \"{coodie_keyspace}\".{TABLE} (id, name) VALUES (1, 'there')")


CALLS: dict[str, Any] = {
    "column_exists": lambda ctx, name: ctx.column_exists(TABLE, name),
    "column_exists, table": lambda ctx, name: ctx.column_exists(name, "name"),
    "column_exists, keyspace": lambda ctx, name: ctx.column_exists(TABLE, "name", name),
    "index_exists": lambda ctx, name: ctx.index_exists(name),
    "drop_column": lambda ctx, name: ctx.drop_column(TABLE, name),
    "drop_column, keyspace": lambda ctx, name: ctx.drop_column(TABLE, "name", name),
    "drop_table": lambda ctx, name: ctx.drop_table(name),
    "drop_table, keyspace": lambda ctx, name: ctx.drop_table(TABLE, name),
    "drop_index": lambda ctx, name: ctx.drop_index(name),
    "rename_column": lambda ctx, name: ctx.rename_column(TABLE, name, "other"),
    "execute": lambda ctx, name: ctx.execute(f"UPDATE {TABLE} SET name = ? WHERE id = 2", [name]),
}


@pytest.mark.property
@pytest.mark.usefixtures("table")
@examples(150)
@given(call=st.sampled_from(sorted(CALLS)), name=NAMES)
def test_no_name_does_more_than_it_says(connection, coodie_cql, coodie_keyspace, loop, call, name):
    context = MigrationContext(connection, coodie_keyspace, allow_destructive=True)

    async def made() -> Any:
        try:
            return await CALLS[call](context, name)
        except CoodieError as refusal:
            return refusal

    outcome = loop.run(made())
    if call.endswith("exists"):
        assert isinstance(outcome, CoodieError) or outcome is (name in {"id", "name", "kept_idx"})
    [row] = coodie_cql.execute(f"SELECT id, name FROM \"{coodie_keyspace}\".{TABLE} WHERE name = 'there'")
    assert tuple(row) == (1, "there")
    if call == "execute" and not isinstance(outcome, CoodieError):
        [row] = coodie_cql.execute(f'SELECT name FROM "{coodie_keyspace}".{TABLE} WHERE id = 2')
        assert row[0] == name


@pytest.mark.property
@examples(300)
@given(name=QUOTABLE, keyspace=QUOTABLE)
def test_a_quoted_name_is_one_token(name, keyspace):
    [token] = tokens(quote(name))
    assert (token.kind, token.text) == ("name", name)
    assert [each.text for each in tokens(qualified(keyspace, name))] == [keyspace, ".", name]
    assert destroys(f"DROP TABLE IF EXISTS {qualified(keyspace, name)}") == "the rows of the table"
    assert destroys(f"DROP INDEX IF EXISTS {qualified(keyspace, name)}") is None
    assert destroys(f"ALTER TABLE {qualified(keyspace, name)} ADD {quote(name)} int") is None
    assert destroys(f"ALTER TABLE {quote(name)} DROP {quote(name)}") == "the values of the column"
    whole = f"SELECT {quote(name)} FROM {qualified(keyspace, name)}"
    assert in_keyspace(whole, "elsewhere") == whole
    assert in_keyspace(f"SELECT {quote(name)} FROM {quote(name)}", keyspace) == whole
