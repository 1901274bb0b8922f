"""What the text of a statement says of it."""

from __future__ import annotations

import pytest

from coodie.migrations.cqltext import destroys, in_keyspace, is_read, is_schema


@pytest.mark.parametrize(
    ("cql", "wanted"),
    [
        ("SELECT a FROM t WHERE b = 'FROM x'", "SELECT a FROM \"ks\".t WHERE b = 'FROM x'"),
        ('select json "from" from "T"', 'select json "from" from "ks"."T"'),
        ("SELECT * FROM system.local", "SELECT * FROM system.local"),
        ("INSERT INTO t (a) VALUES (?)", 'INSERT INTO "ks".t (a) VALUES (?)'),
        ("UPDATE t USING TTL ? SET a = ?", 'UPDATE "ks".t USING TTL ? SET a = ?'),
        ("DELETE a FROM t WHERE k = 1", 'DELETE a FROM "ks".t WHERE k = 1'),
        (
            "BEGIN BATCH INSERT INTO t (a) VALUES (1); UPDATE other.t SET a = 1; DELETE FROM t; APPLY BATCH",
            'BEGIN BATCH INSERT INTO "ks".t (a) VALUES (1); UPDATE other.t SET a = 1; DELETE FROM "ks".t; APPLY BATCH',
        ),
        ("TRUNCATE t", 'TRUNCATE "ks".t'),
        ("TRUNCATE TABLE t", 'TRUNCATE TABLE "ks".t'),
        ("TRUNCATE", "TRUNCATE"),
        (
            "CREATE TABLE IF NOT EXISTS t (a int PRIMARY KEY)",
            'CREATE TABLE IF NOT EXISTS "ks".t (a int PRIMARY KEY)',
        ),
        ("-- to be\nALTER TABLE t ADD a int", '-- to be\nALTER TABLE "ks".t ADD a int'),
        ("DROP TYPE IF EXISTS address", 'DROP TYPE IF EXISTS "ks".address'),
        ("CREATE INDEX ON t (a)", 'CREATE INDEX ON "ks".t (a)'),
        ("CREATE CUSTOM INDEX i ON t (a) USING 'sai'", "CREATE CUSTOM INDEX i ON \"ks\".t (a) USING 'sai'"),
        ("DROP INDEX i", 'DROP INDEX "ks".i'),
        (
            "CREATE MATERIALIZED VIEW v AS SELECT a FROM t WHERE a IS NOT NULL PRIMARY KEY (a)",
            'CREATE MATERIALIZED VIEW "ks".v AS SELECT a FROM "ks".t WHERE a IS NOT NULL PRIMARY KEY (a)',
        ),
        (
            "CREATE OR REPLACE FUNCTION f (x int) RETURNS int LANGUAGE lua AS $$ return x FROM t $$",
            'CREATE OR REPLACE FUNCTION "ks".f (x int) RETURNS int LANGUAGE lua AS $$ return x FROM t $$',
        ),
        ("CREATE KEYSPACE other WITH replication = {}", "CREATE KEYSPACE other WITH replication = {}"),
        ("CREATE ROLE table_keeper", "CREATE ROLE table_keeper"),
    ],
)
def test_bare_names_are_put_into_the_keyspace(cql: str, wanted: str) -> None:
    assert in_keyspace(cql, "ks") == wanted
    assert in_keyspace(wanted, "ks") == wanted


@pytest.mark.parametrize(
    ("cql", "lost"),
    [
        ("DROP TABLE t", "the rows of the table"),
        ("drop columnfamily t", "the rows of the table"),
        ("DROP KEYSPACE k", "all tables of the keyspace"),
        ("DROP TYPE t", "the type"),
        ("/* DROP */ ALTER TABLE t DROP a", "the values of the column"),
        ("ALTER TABLE t DROP (a, b)", "the values of the column"),
        ("TRUNCATE t", "the rows of the table"),
        ("DELETE FROM t WHERE a = 1", "rows"),
        ("BEGIN BATCH DELETE FROM t WHERE a = 1; APPLY BATCH", "rows"),
        ("BEGIN BATCH INSERT INTO t (a) VALUES ('DELETE'); APPLY BATCH", None),
        ("DROP INDEX i", None),
        ("DROP MATERIALIZED VIEW v", None),
        ('ALTER TABLE "DROP" ADD "drop" int', None),
        ("ALTER TABLE t WITH comment = 'DROP a'", None),
        ("ALTER TABLE t ADD a int -- DROP it again later", None),
        ("INSERT INTO t (a) VALUES (1)", None),
        ("", None),
    ],
)
def test_what_destroys_data_is_told(cql: str, lost: str | None) -> None:
    assert destroys(cql) == lost


def test_reads_and_schema_changes_are_told_apart() -> None:
    assert is_read("  select 1 from t")
    assert not is_read('"SELECT" 1')
    assert is_schema("/* now */ CREATE TABLE t (a int PRIMARY KEY)")
    assert is_schema("truncate t")
    assert not is_schema("UPDATE t SET a = 'CREATE TABLE'")
