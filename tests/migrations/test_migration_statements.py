"""What migrations send, word by word: both servers understand all of it, and none of it is Cassandra's alone.

ScyllaDB knows neither `ALTER TABLE ... DROP IF EXISTS` nor `ADD IF NOT EXISTS`; conditions on static columns,
`USING TTL` in a conditional UPDATE and `token(...)` in SELECT it does.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest
from memory_driver import MemoryDriver, rows_of
from migration_models import Passage

from coodie.cql.dialect import Dialect
from coodie.cql.statement import Statement
from coodie.exceptions import MigrationError, ServerRejected
from coodie.migrations import MigrationContext, state
from coodie.migrations.agreement import agreement
from coodie.migrations.changes import IndexChange
from coodie.migrations.compare import compare
from coodie.migrations.journal import Journal
from coodie.migrations.live_ddl import create_live_index
from coodie.migrations.scan import HIGHEST, LOWEST, Scan
from coodie.operations.introspection import LiveColumn, LiveIndex, LiveTable
from coodie.operations.keyspace_schema import LiveKeyspace
from coodie.operations.request import Pause

NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
BOOKS = '"ks"."coodie_migrations"'


def sent(request: Any) -> tuple[str, tuple[Any, ...]]:
    return request.statement.cql, request.statement.params


def test_the_lock() -> None:
    assert sent(state.take("ks", "me", NOW, 300)) == (
        (
            f'UPDATE {BOOKS} USING TTL ? SET "lock_holder" = ?, "lock_since" = ? WHERE "scope" = ? '
            'IF "lock_holder" = null'
        ),
        (300, "me", NOW, "keyspace"),
    )
    assert sent(state.renew("ks", "me", NOW, 300)) == (
        f'UPDATE {BOOKS} USING TTL ? SET "lock_holder" = ?, "lock_since" = ? WHERE "scope" = ? IF "lock_holder" = ?',
        (300, "me", NOW, "keyspace", "me"),
    )
    assert sent(state.release("ks", "me")) == (
        f'UPDATE {BOOKS} SET "lock_holder" = null, "lock_since" = null WHERE "scope" = ? IF "lock_holder" = ?',
        ("keyspace", "me"),
    )
    assert sent(state.holder("ks"))[0] == (
        f'SELECT "lock_holder", "lock_since", TTL("lock_holder") FROM {BOOKS} WHERE "scope" = ? LIMIT 1'
    )


def test_every_note_is_written_only_by_who_holds_the_lock() -> None:
    condition = 'WHERE "scope" = ? AND "name" = ? IF "lock_holder" = ?'
    assert sent(state.note("ks", "me", "m", state="applying", error=None)) == (
        f'UPDATE {BOOKS} SET "state" = ?, "error" = ? {condition}',
        ("applying", None, "keyspace", "m", "me"),
    )
    assert sent(state.sent("ks", "me", "m", 3, "DROP TABLE t")) == (
        f'UPDATE {BOOKS} SET "journal"[?] = ?, "under_way" = null {condition}',
        (3, "DROP TABLE t", "keyspace", "m", "me"),
    )
    assert sent(state.scanned("ks", "me", "m", "t", -5, 20)) == (
        f'UPDATE {BOOKS} SET "positions"[?] = ?, "scanned"[?] = ? {condition}',
        ("t", -5, "t", 20, "keyspace", "m", "me"),
    )
    for request in (state.take("ks", "me", NOW, 3), state.sent("ks", "me", "m", 0, "")):
        assert isinstance(request.statement, Statement)
        assert request.statement.shape.conditional
        assert not request.statement.shape.idempotent


@pytest.mark.parametrize("dialect", Dialect)
def test_a_column_is_dropped_where_it_is_without_words_of_cassandras_own(dialect: Dialect) -> None:
    columns = {
        "column_name": "text",
        "kind": "text",
        "position": "int",
        "type": "text",
        "clustering_order": "text",
    }
    driver = MemoryDriver(rows_of(columns, ("name", "regular", -1, "text", "none"))).speak(dialect)
    context = MigrationContext(driver, "ks", dry_run=True, allow_destructive=True)

    async def act() -> None:
        await context.drop_column("t", "name")
        await context.drop_column("t", "name")  # in the rehearsal it is gone by now
        await context.drop_index("i")
        await context.drop_table("t", keyspace="other")

    asyncio.run(act())
    assert context.planned_cql == [
        'ALTER TABLE "ks"."t" DROP "name"',
        'DROP INDEX IF EXISTS "ks"."i"',
        'DROP TABLE IF EXISTS "other"."t"',
    ]


def test_a_scan_covers_the_ring_without_gaps() -> None:
    scan = Scan("t", "ks", "t", ["a", "b"], ["a", "c"], ranges=3)
    assert scan.shape.text == (
        'SELECT token("a", "b"), "a", "c" FROM "ks"."t" WHERE token("a", "b") > ? AND token("a", "b") <= ?'
    )
    ends, position = [], LOWEST
    while position < HIGHEST:
        end = scan.end_of_range(position)
        assert end > position
        position = end
        ends.append(end)
    assert len(ends) == 3
    assert ends[-1] == HIGHEST
    assert scan.end_of_range(HIGHEST - 1) == HIGHEST
    assert scan.end_of_range(LOWEST + 5) == ends[0]


def test_an_index_is_made_again_as_the_server_had_it() -> None:
    found = [
        create_live_index("t", LiveIndex("i", target, using, options))
        for target, using, options in (
            ("name", None, {}),
            ('"Name"', None, {}),
            ("keys(tags)", None, {}),
            ('{"pk":["a","b"],"ck":["v"]}', None, {}),
            ("v", "org.apache.cassandra.index.sai.StorageAttachedIndex", {"similarity_function": "COSINE"}),
        )
    ]
    assert found == [
        'CREATE INDEX IF NOT EXISTS "i" ON "t" ("name")',
        'CREATE INDEX IF NOT EXISTS "i" ON "t" ("Name")',
        'CREATE INDEX IF NOT EXISTS "i" ON "t" (keys("tags"))',
        'CREATE INDEX IF NOT EXISTS "i" ON "t" (("a", "b"), "v")',
        (
            'CREATE CUSTOM INDEX IF NOT EXISTS "i" ON "t" ("v") USING '
            "'org.apache.cassandra.index.sai.StorageAttachedIndex' WITH OPTIONS = {'similarity_function': 'COSINE'}"
        ),
    ]


@pytest.mark.parametrize(
    ("dialect", "kind"), [(Dialect.CASSANDRA, "'sai'"), (Dialect.SCYLLA, "'vector_index'")]
)
def test_a_vector_index_is_written_for_the_server_that_is_there(dialect: Dialect, kind: str) -> None:
    target = MemoryDriver().speak(dialect).target
    names = {"id": ("partition_key", "int"), "embedding": ("regular", "vector<float, 3>")}
    columns = {
        name: LiveColumn(name, role, 0 if role == "partition_key" else -1, _type(cql), "NONE")
        for name, (role, cql) in names.items()
    }
    diff = compare([Passage], LiveKeyspace("ks", {"passage": LiveTable(columns)}, {}, {}), target)
    (change,) = diff.changes
    assert isinstance(change, IndexChange)
    assert change.up == (
        (
            f'CREATE CUSTOM INDEX IF NOT EXISTS "passage_embedding_idx" ON "passage" ("embedding") USING {kind} '
            "WITH OPTIONS = {'similarity_function': 'COSINE'}"
        ),
    )


def _type(cql: str) -> Any:
    return rows_of({"x": cql}).types[0]


def test_agreement_waits_for_every_node_whichever_answers() -> None:
    columns = {"host_id": "text", "schema_version": "text"}
    plan = agreement(5)
    next(plan)
    plan.send(rows_of(columns, ("a", "v1")))  # node a answers for itself
    step = plan.send(rows_of(columns, ("a", "v1"), ("c", "v1")))  # node b for the others: b was not heard of
    assert isinstance(step, Pause)
    next(plan)
    plan.send(rows_of(columns, ("b", "v2")))  # b is behind
    step = plan.send(rows_of(columns, ("a", "v1"), ("b", "v2")))
    assert isinstance(step, Pause)
    next(plan)
    plan.send(rows_of(columns, ("b", "v1")))
    with pytest.raises(StopIteration):
        plan.send(rows_of(columns, ("b", "v1"), ("c", "v1")))


def test_nodes_that_do_not_agree_are_named() -> None:
    columns = {"host_id": "text", "schema_version": "text"}
    plan = agreement(0)
    next(plan)
    plan.send(rows_of(columns, ("a", "v1")))
    with pytest.raises(MigrationError, match="node a has v1, node b has v2"):
        plan.send(rows_of(columns, ("b", "v2")))


@pytest.mark.parametrize(
    ("refusal", "done"),
    [
        ("Column with name 'email' already exists", True),
        ("Invalid column name email because it conflicts with an existing column", True),
        ("Index customer_email_idx already exists", True),
        ("Column email was not found in table ks.t", True),
        ("unconfigured table t", True),
        ("Cannot add new column, keyspace is full", False),
        ("line 1:5 no viable alternative at input", False),
    ],
)
def test_a_statement_in_doubt_was_done_where_the_server_has_its_effect(*, refusal: str, done: bool) -> None:
    journal = Journal(state.Record("m", state.APPLYING, under_way="ALTER"))
    assert journal.was_under_way("ALTER", ServerRejected(refusal)) is done
    assert not journal.was_under_way("another", ServerRejected(refusal))


def test_what_was_done_is_not_done_again_and_each_counts_once() -> None:
    journal = Journal(state.Record("m", state.APPLYING, journal={0: "a", 2: "c", 1: "b", 3: "a"}))
    assert [journal.done_before(cql) for cql in ("a", "x", "c", "b", "a", "a")] == [
        True,
        False,
        True,
        False,
        True,
        False,
    ]
