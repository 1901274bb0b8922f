"""A dry run sees the schema as its own statements would have left it."""

from __future__ import annotations

from typing import Any

import pytest
from memory_driver import rows_of

from coodie.cql.statement import Statement
from coodie.migrations.ddltext import read_change
from coodie.migrations.rehearsal import Rehearsal
from coodie.operations.introspection import index_names, introspect_table
from coodie.rows.rows import EMPTY, Rows

COLUMNS = {
    "column_name": "text",
    "kind": "text",
    "position": "int",
    "type": "text",
    "clustering_order": "text",
}
INDEXES = {"index_name": "text", "kind": "text", "options": "map<text, text>"}


def seen(rehearsal: Rehearsal, plan: Any, *answers: Rows) -> Any:
    """Drive a plan with answers that the rehearsal amends; return its result."""
    waiting = list(answers)
    try:
        statement = next(plan)
        while True:
            assert isinstance(statement, Statement)
            statement = plan.send(rehearsal.amend(statement, waiting.pop(0) if waiting else EMPTY))
    except StopIteration as end:
        return end.value


def live() -> tuple[Rows, Rows]:
    return (
        rows_of(COLUMNS, ("id", "partition_key", 0, "int", "none"), ("name", "regular", -1, "text", "none")),
        rows_of(INDEXES, ("t_name_idx", "COMPOSITES", {"target": "name"})),
    )


def table(rehearsal: Rehearsal, *answers: Rows) -> Any:
    return seen(rehearsal, introspect_table("ks", "t", options=False), *answers)


def test_a_table_that_is_planned_is_there() -> None:
    rehearsal = Rehearsal("ks")
    rehearsal.play(
        'CREATE TABLE IF NOT EXISTS t (a int, "B" frozen<map<text, int>>, c vector<float, 3>, s text STATIC, d int, '
        "PRIMARY KEY ((a, d), c)) WITH CLUSTERING ORDER BY (c DESC) AND comment = 'it''s (odd)' "
        "AND compaction = {'class': 'LCS', 'n': 4}"
    )
    found = table(rehearsal, rows_of(COLUMNS), rows_of(INDEXES))
    assert {name: (str(c.type), c.kind, c.position, c.order) for name, c in found.columns.items()} == {
        "a": ("int", "partition_key", 0, "NONE"),
        "B": ("frozen<map<text, int>>", "regular", -1, "NONE"),
        "c": ("vector<float, 3>", "clustering", 0, "DESC"),
        "s": ("text", "static", -1, "NONE"),
        "d": ("int", "partition_key", 1, "NONE"),
    }
    assert rehearsal.made("ks", "t")


@pytest.mark.parametrize(
    ("statements", "columns"),
    [
        (["ALTER TABLE t ADD a int"], ["id", "name", "a"]),
        (["ALTER TABLE t ADD (a int, b set<text>)"], ["id", "name", "a", "b"]),
        (["ALTER TABLE ks.t ADD a int, b int"], ["id", "name", "a", "b"]),
        (["ALTER TABLE other.t ADD a int"], ["id", "name"]),
        (["ALTER TABLE t DROP name"], ["id"]),
        (["ALTER TABLE t DROP name", "ALTER TABLE t ADD name int"], ["id", "name"]),
        (["ALTER TABLE t ADD a int", "ALTER TABLE t DROP a"], ["id", "name"]),
        (["ALTER TABLE t RENAME id TO number"], ["number", "name"]),
        (["-- nothing\nINSERT INTO t (id) VALUES (1)"], ["id", "name"]),
        (["CREATE TABLE t (x int PRIMARY KEY)"], ["x"]),
    ],
)
def test_columns_are_as_they_would_be(statements: list[str], columns: list[str]) -> None:
    rehearsal = Rehearsal("ks")
    for cql in statements:
        rehearsal.play(cql)
    assert list(table(rehearsal, *live()).columns) == columns


def test_a_table_that_is_dropped_is_gone_with_its_indexes() -> None:
    rehearsal = Rehearsal("ks")
    rehearsal.play("DROP TABLE t")
    assert table(rehearsal, *live()) is None
    names = rows_of({"index_name": "text", "table_name": "text"}, ("t_name_idx", "t"), ("other", "u"))
    assert seen(rehearsal, index_names("ks"), names) == {"other": "u"}


def test_indexes_are_as_they_would_be() -> None:
    rehearsal = Rehearsal("ks")
    rehearsal.play('DROP INDEX IF EXISTS "ks"."t_name_idx"')
    rehearsal.play("CREATE CUSTOM INDEX v ON t (values(tags)) USING 'sai' WITH OPTIONS = {'a': 'b'}")
    rehearsal.play("CREATE INDEX ON t (id)")
    found = table(rehearsal, *live()).indexes
    assert {name: (i.target, i.using, i.options) for name, i in found.items()} == {
        "v": ("values(tags)", "sai", {"a": "b"}),
        "t_id_idx": ("id", None, {}),
    }
    names = rows_of({"index_name": "text", "table_name": "text"}, ("t_name_idx", "t"))
    assert seen(rehearsal, index_names("ks"), names) == {"v": "t", "t_id_idx": "t"}


def test_only_tables_types_views_and_indexes_are_played() -> None:
    assert read_change("CREATE KEYSPACE k WITH replication = {}") is None
    assert read_change("GRANT ALL ON KEYSPACE k TO r") is None
    assert read_change("") is None
