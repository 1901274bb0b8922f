"""The exact CQL of keyspaces, tables and indexes, for both servers."""

from __future__ import annotations

import pytest
from statement_models import Event, Indexes, Product, Reading

from coodie.cql.ddl.index import create_index, drop_index
from coodie.cql.ddl.table import add_columns, alter_options, create_table
from coodie.cql.statement import Kind
from coodie.exceptions import InvalidQueryError
from coodie.schema import table_of
from coodie.sync import alter_keyspace, create_keyspace, drop_keyspace, execute_raw


class TestTables:
    def test_keys_order_static_and_types(self):
        assert create_table(table_of(Reading), "ks").text == (
            'CREATE TABLE IF NOT EXISTS "ks"."reading" ("sensor" uuid, "day" date, "at" timestamp, "seq" int, '
            '"site" text STATIC, "value" float, "level" text, PRIMARY KEY (("sensor", "day"), "at", "seq")) '
            'WITH CLUSTERING ORDER BY ("at" DESC, "seq" ASC)'
        )

    def test_collections_and_a_renamed_column(self):
        assert create_table(table_of(Product), "shop").text == (
            'CREATE TABLE IF NOT EXISTS "shop"."product" ("id" int, "name" text, "brand" text, '
            '"unit price" decimal, "tags" set<text>, "notes" list<text>, "stock" map<text, int>, '
            '"fixed" frozen<list<int>>, "token" text, PRIMARY KEY (("id")))'
        )

    def test_options_are_escaped_constants(self):
        assert create_table(table_of(Event), "ks").text == (
            'CREATE TABLE IF NOT EXISTS "ks"."Table" ("key" int, "order" int, "Select" bigint, '
            "PRIMARY KEY ((\"key\"), \"order\")) WITH default_time_to_live = 86400 AND comment = 'it''s here' "
            "AND gc_grace_seconds = 60 AND compaction = {'class': 'LeveledCompactionStrategy'}"
        )

    def test_one_new_column_stands_bare_and_several_in_parentheses(self):
        table = table_of(Product)
        one, two = table.column("brand"), table.column("price")
        assert add_columns(table, "shop", [one]).text == 'ALTER TABLE "shop"."product" ADD "brand" text'
        assert add_columns(table, "shop", [one, two]).text == (
            'ALTER TABLE "shop"."product" ADD ("brand" text, "unit price" decimal)'
        )

    def test_options_that_differ(self):
        assert alter_options(table_of(Event), "ks", {"comment": "x", "gc_grace_seconds": 1}).text == (
            'ALTER TABLE "ks"."Table" WITH comment = \'x\' AND gc_grace_seconds = 1'
        )

    @pytest.mark.parametrize("name", ["comment = 'x' AND y", "Comment", "", "a-b", "a;"])
    def test_an_option_has_a_plain_name(self, name):
        with pytest.raises(InvalidQueryError, match="option"):
            alter_options(table_of(Event), "ks", {name: 1})

    @pytest.mark.parametrize("value", [None, [1], object(), "a\0b"])
    def test_an_option_is_a_constant(self, value):
        with pytest.raises(InvalidQueryError, match="option"):
            alter_options(table_of(Event), "ks", {"comment": value})

    def test_drop_and_truncate(self, memory):
        Product.drop_table()
        Product.truncate()
        assert memory.texts == ['DROP TABLE IF EXISTS "shop"."product"', 'TRUNCATE "shop"."product"']
        assert {statement.shape.kind for statement in memory.sent} == {Kind.DDL}
        assert [statement.shape.table for statement in memory.sent] == ["product", "product"]


class TestIndexes:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            (
                "indexes_plain_idx",
                'CREATE INDEX IF NOT EXISTS "indexes_plain_idx" ON "ks"."indexes" ("plain")',
            ),
            ("by_name", 'CREATE INDEX IF NOT EXISTS "by_name" ON "ks"."indexes" ("named")'),
            (
                "indexes_sai_idx",
                (
                    'CREATE CUSTOM INDEX IF NOT EXISTS "indexes_sai_idx" ON "ks"."indexes" ("sai") '
                    "USING 'sai' WITH OPTIONS = {'case_sensitive': 'false'}"
                ),
            ),
            (
                "indexes_members_idx",
                'CREATE INDEX IF NOT EXISTS "indexes_members_idx" ON "ks"."indexes" ("members")',
            ),
            (
                "indexes_attributes_keys_idx",
                'CREATE INDEX IF NOT EXISTS "indexes_attributes_keys_idx" ON "ks"."indexes" (keys("attributes"))',
            ),
            (
                "indexes_attributes_entries_idx",
                (
                    'CREATE INDEX IF NOT EXISTS "indexes_attributes_entries_idx" ON "ks"."indexes" '
                    '(entries("attributes"))'
                ),
            ),
            (
                "indexes_whole_full_idx",
                'CREATE INDEX IF NOT EXISTS "indexes_whole_full_idx" ON "ks"."indexes" (full("whole"))',
            ),
        ],
    )
    def test_create(self, name, text):
        table = table_of(Indexes)
        index = next(index for index in table.indexes if index.name == name)
        assert create_index(table, "ks", index).text == text

    def test_drop(self):
        text = drop_index("by_name", "ks", table_of(Indexes)).text
        assert text == 'DROP INDEX IF EXISTS "ks"."by_name"'


class TestKeyspaces:
    @pytest.mark.parametrize(
        ("arguments", "text"),
        [
            (
                {},
                (
                    "CREATE KEYSPACE IF NOT EXISTS \"shop\" WITH replication = {'class': 'SimpleStrategy', "
                    "'replication_factor': '1'} AND durable_writes = true"
                ),
            ),
            (
                {"replication_factor": 3, "strategy": "NetworkTopologyStrategy", "if_not_exists": False},
                (
                    "CREATE KEYSPACE \"shop\" WITH replication = {'class': 'NetworkTopologyStrategy', "
                    "'replication_factor': '3'} AND durable_writes = true"
                ),
            ),
            (
                {"dc_replication_map": {"west": 3, "o'east": 2}, "durable_writes": False},
                (
                    "CREATE KEYSPACE IF NOT EXISTS \"shop\" WITH replication = {'class': 'NetworkTopologyStrategy', "
                    "'west': '3', 'o''east': '2'} AND durable_writes = false"
                ),
            ),
        ],
    )
    def test_create(self, memory, arguments, text):
        create_keyspace("shop", **arguments)
        assert memory.only.cql == text
        assert memory.only.shape.kind is Kind.DDL

    def test_alter_and_drop(self, memory):
        alter_keyspace("shop", replication_factor=2)
        drop_keyspace("shop")
        assert memory.texts == [
            (
                "ALTER KEYSPACE \"shop\" WITH replication = {'class': 'SimpleStrategy', 'replication_factor': '2'} "
                "AND durable_writes = true"
            ),
            'DROP KEYSPACE IF EXISTS "shop"',
        ]

    @pytest.mark.parametrize("enabled", [True, False])
    def test_tablets_on_scylladb(self, scylla, enabled):
        """Not run on a server here: the grammar of ScyllaDB takes it as an ordinary map property."""
        create_keyspace("shop", tablets=enabled)
        assert scylla.only.cql.endswith(f"AND tablets = {{'enabled': {str(enabled).lower()}}}")

    def test_tablets_are_for_scylladb(self, memory):
        with pytest.raises(InvalidQueryError, match=r"tablets exists on ScyllaDB only.*Cassandra"):
            create_keyspace("shop", tablets=True)
        assert memory.sent == []

    @pytest.mark.parametrize("factor", [0, -1, "3", True, 1.5])
    def test_a_replication_factor_is_a_positive_integer(self, memory, factor):
        with pytest.raises(InvalidQueryError, match="replication_factor"):
            create_keyspace("shop", replication_factor=factor)
        assert memory.sent == []

    @pytest.mark.parametrize("name", ["", "a b", 'a"; DROP', "a" * 49, "ä"])
    @pytest.mark.parametrize("verb", [create_keyspace, alter_keyspace, drop_keyspace])
    def test_a_keyspace_has_a_plain_name(self, memory, verb, name):
        with pytest.raises(InvalidQueryError, match="keyspace"):
            verb(name)
        assert memory.sent == []


class TestRaw:
    def test_stands_as_it_is(self, memory):
        execute_raw("SELECT a FROM t WHERE b = ?", [5])
        assert memory.only.cql == "SELECT a FROM t WHERE b = ?"
        assert memory.only.params == (5,)
        assert memory.only.shape.kind is Kind.RAW
        assert not memory.only.shape.idempotent

    @pytest.mark.parametrize("params", ["abc", b"abc", {"b": 5}])
    def test_params_are_a_sequence(self, memory, params):
        with pytest.raises(InvalidQueryError, match="params"):
            execute_raw("SELECT a FROM t WHERE b = ?", params)
        assert memory.sent == []
