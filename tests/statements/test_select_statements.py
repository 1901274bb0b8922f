"""The exact CQL, parameters and metadata of every read."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from memory_driver import rows_of
from statement_models import AT, KEY, Indexes, Level, Product, Reading

from coodie.cql.statement import ExecutionOptions, Kind
from coodie.exceptions import InvalidQueryError
from coodie.operations.page_tokens import seal

PRODUCT = '"id", "name", "brand", "unit price", "tags", "notes", "stock", "fixed", "token"'
READING = '"sensor", "day", "at", "seq", "site", "value", "level"'
FROM_READING = f'SELECT {READING} FROM "ks"."reading"'
FROM_PRODUCT = f'SELECT {PRODUCT} FROM "shop"."product"'
PARTITION = 'WHERE "sensor" = ? AND "day" = ?'


class TestGet:
    def test_by_the_whole_key(self, memory):
        types = {"id": "int", "name": "text"}
        memory.answer(rows_of(types, (1, "pen")))
        assert Product.get(id=1).name == "pen"
        assert memory.only.cql == f'{FROM_PRODUCT} WHERE "id" = ?'
        assert memory.only.params == (1,)
        shape = memory.only.shape
        assert shape.kind is Kind.SELECT
        assert shape.partition == (("id", 0),)
        assert (shape.scan, shape.filtering, shape.index, shape.idempotent) == (False, False, None, True)
        assert [tuple(marker) for marker in shape.markers] == [("id", "int", False)]

    def test_the_order_of_the_words_does_not_matter(self, memory):
        with pytest.raises(Exception, match="Reading"):
            Reading.get(seq=1, at=AT, day=KEY["day"], sensor=KEY["sensor"])
        assert memory.only.cql == f'{FROM_READING} {PARTITION} AND "at" = ? AND "seq" = ?'
        assert memory.only.params == (KEY["sensor"], KEY["day"], AT, 1)

    def test_by_other_filters_asks_for_two_rows_at_most(self, memory):
        with pytest.raises(Exception, match="Product"):
            Product.get(brand="b")
        assert memory.only.cql == f'{FROM_PRODUCT} WHERE "brand" = ? LIMIT ?'
        assert memory.only.params == ("b", 2)

    def test_refresh_reads_the_row_by_its_key(self, memory):
        memory.answer(rows_of({"id": "int", "name": "text"}, (1, "new")))
        product = Product(id=1, name="old")
        assert product.refresh() is product
        assert product.name == "new"
        assert memory.only.cql == f'{FROM_PRODUCT} WHERE "id" = ?'


class TestFilters:
    @pytest.mark.parametrize(
        ("filters", "where", "params"),
        [
            ({}, "", ()),
            (KEY, PARTITION, tuple(KEY.values())),
            (KEY | {"at": AT}, f'{PARTITION} AND "at" = ?', (*KEY.values(), AT)),
            (KEY | {"at__gt": AT}, f'{PARTITION} AND "at" > ?', (*KEY.values(), AT)),
            (KEY | {"at__gte": AT}, f'{PARTITION} AND "at" >= ?', (*KEY.values(), AT)),
            (KEY | {"at__lt": AT}, f'{PARTITION} AND "at" < ?', (*KEY.values(), AT)),
            (KEY | {"at__lte": AT}, f'{PARTITION} AND "at" <= ?', (*KEY.values(), AT)),
            (KEY | {"at__in": [AT]}, f'{PARTITION} AND "at" IN ?', (*KEY.values(), [AT])),
            (
                KEY | {"at": AT, "seq__gte": 1, "seq__lt": 9},
                f'{PARTITION} AND "at" = ? AND "seq" >= ? AND "seq" < ?',
                (*KEY.values(), AT, 1, 9),
            ),
        ],
    )
    def test_become_where(self, memory, filters, where, params):
        Reading.find(**filters).all()
        assert memory.only.cql == f"{FROM_READING} {where}".rstrip()
        assert memory.only.params == params

    @pytest.mark.parametrize(
        ("filters", "where", "params", "index"),
        [
            ({"plain": "x"}, '"plain" = ?', ("x",), "indexes_plain_idx"),
            ({"named": "x"}, '"named" = ?', ("x",), "by_name"),
            ({"sai__gte": 3}, '"sai" >= ?', (3,), "indexes_sai_idx"),
            ({"members__contains": "x"}, '"members" CONTAINS ?', ("x",), "indexes_members_idx"),
            ({"attributes__contains": 1}, '"attributes" CONTAINS ?', (1,), "indexes_attributes_values_idx"),
            (
                {"attributes__contains_key": "k"},
                '"attributes" CONTAINS KEY ?',
                ("k",),
                "indexes_attributes_keys_idx",
            ),
            ({"whole": [1, 2]}, '"whole" = ?', ([1, 2],), "indexes_whole_full_idx"),
        ],
    )
    def test_name_the_index_that_answers(self, memory, filters, where, params, index):
        Indexes.find(**filters).all()
        assert memory.only.cql.endswith(f"WHERE {where}")
        assert memory.only.params == params
        assert memory.only.shape.index == index
        assert memory.only.shape.scan

    def test_values_are_made_fit(self, memory):
        Product.find(id="7").all()
        Reading.find(**KEY, level__in=["low", Level.HIGH]).allow_filtering().all()
        assert memory.sent[0].params == (7,)
        assert memory.sent[1].params[-1] == ["low", "high"]

    def test_several_calls_add_up(self, memory):
        Reading.find(sensor=KEY["sensor"]).filter(day=KEY["day"]).filter(at__gt=AT).all()
        assert memory.only.cql == f'{FROM_READING} {PARTITION} AND "at" > ?'

    def test_markers_name_columns_with_their_bound_types(self, memory):
        Reading.find(**KEY, at__in=[AT]).per_partition_limit(2).limit(5).all()
        assert [(marker.name, marker.type) for marker in memory.only.shape.markers] == [
            ("sensor", "uuid"),
            ("day", "date"),
            ("at", "list<timestamp>"),
            ("per partition limit", "int"),
            ("limit", "int"),
        ]

    def test_partition_of_an_in(self, memory):
        Reading.find(day__in=[KEY["day"]], sensor=KEY["sensor"]).all()
        assert memory.only.shape.partition == (("sensor", 1), ("day", 0))
        assert not memory.only.shape.scan

    def test_a_scan_is_told(self, memory):
        Product.find(name="x").allow_filtering().all()
        shape = memory.only.shape
        assert memory.only.cql == f'{FROM_PRODUCT} WHERE "name" = ? ALLOW FILTERING'
        assert (shape.partition, shape.scan, shape.filtering) == ((), True, True)


class TestClauses:
    def test_stand_in_the_order_of_the_grammar(self, scylla):
        (
            Reading.find(**KEY, value__gt=1.0)
            .bypass_cache()
            .allow_filtering()
            .limit(5)
            .per_partition_limit(2)
            .order_by("-at", "seq")
            .all()
        )
        assert scylla.only.cql == (
            f'{FROM_READING} {PARTITION} AND "value" > ? ORDER BY "at" DESC, "seq" ASC '
            "PER PARTITION LIMIT ? LIMIT ? ALLOW FILTERING BYPASS CACHE"
        )
        assert scylla.only.params == (*KEY.values(), 1.0, 2, 5)

    def test_reversed_order(self, memory):
        Reading.find(**KEY).order_by("at", "-seq").all()
        assert memory.only.cql == f'{FROM_READING} {PARTITION} ORDER BY "at" ASC, "seq" DESC'

    def test_execution_options(self, memory):
        Product.find().consistency("one").timeout(2).fetch_size(10).page(seal(b"\1")).paged_all()
        assert memory.only.cql == FROM_PRODUCT
        assert memory.only.options == ExecutionOptions(
            consistency="ONE", timeout=2, fetch_size=10, paging_state=b"\1"
        )

    def test_bypass_cache_is_for_scylladb(self, memory):
        with pytest.raises(InvalidQueryError, match=r"BYPASS CACHE exists on ScyllaDB only.*Cassandra"):
            Product.find().bypass_cache().all()
        assert memory.sent == []


class TestTerminals:
    def test_first_asks_for_one_row(self, memory):
        assert Product.find().first() is None
        assert memory.only.cql == f"{FROM_PRODUCT} LIMIT ?"
        assert memory.only.params == (1,)

    def test_count_counts_on_the_server(self, memory):
        memory.answer(rows_of({"count": "bigint"}, (3,)))
        assert Product.find(brand="b").count() == 3
        assert memory.only.cql == 'SELECT COUNT(*) FROM "shop"."product" WHERE "brand" = ?'

    def test_exists_asks_for_one_key(self, memory):
        assert Product.find(brand="b").exists() is False
        assert memory.only.cql == 'SELECT "id" FROM "shop"."product" WHERE "brand" = ? LIMIT ?'
        assert memory.only.params == ("b", 1)

    def test_values(self, memory):
        memory.answer(rows_of({"id": "int", "unit price": "decimal", "ttl(name)": "int"}, (1, None, 9)))
        found = Product.find().values("id", "price", left="TTL(name)").all()
        assert memory.only.cql == 'SELECT "id", "unit price", TTL("name") FROM "shop"."product"'
        assert found == [{"id": 1, "price": None, "left": 9}]

    def test_values_list(self, memory):
        memory.answer(rows_of({"id": "int", "writetime(name)": "bigint"}, (1, 17)))
        assert Product.find().values_list("id", "WRITETIME(name)").all() == [(1, 17)]
        assert memory.only.cql == 'SELECT "id", WRITETIME("name") FROM "shop"."product"'

    def test_values_list_flat(self, memory):
        memory.answer(rows_of({"level": "text"}, ("low",), ("high",)))
        assert Reading.find().values_list("level", flat=True).all() == [Level.LOW, Level.HIGH]
        assert memory.only.cql == 'SELECT "level" FROM "ks"."reading"'

    def test_token_takes_all_partition_columns(self, memory):
        Reading.find().values_list("token(sensor, day)").all()
        assert memory.only.cql == 'SELECT TOKEN("sensor", "day") FROM "ks"."reading"'

    @pytest.mark.parametrize(("terminal", "function"), [("column_ttl", "TTL"), ("writetime", "WRITETIME")])
    def test_functions_of_a_cell(self, memory, terminal, function):
        memory.answer(rows_of({"x": "bigint"}, (5,), (None,)))
        assert getattr(Product.find(id=1), terminal)("name") == [5, None]
        assert memory.only.cql == f'SELECT {function}("name") FROM "shop"."product" WHERE "id" = ?'


class TestRefusedReads:
    @pytest.mark.parametrize(
        ("query", "reason"),
        [
            (lambda: Product.find(colour="red"), "colour"),
            (lambda: Product.find(id__near=1), "near"),
            (lambda: Product.find(name__ne="x"), "!="),
            (lambda: Product.find(name=None), "null"),
            (lambda: Product.find(name__contains="x"), "collection"),
            (lambda: Product.find(tags__contains_key="x"), "map"),
            (lambda: Product.find().order_by("name"), "order"),
            (lambda: Product.find().order_by("-colour"), "colour"),
            (lambda: Product.find().limit(0), "limit"),
            (lambda: Product.find().limit(-1), "limit"),
            (lambda: Product.find().limit(True), "limit"),  # noqa: FBT003
            (lambda: Product.find().limit(2**31), "limit"),
            (lambda: Product.find().limit("5; DROP TABLE x"), "limit"),
            (lambda: Product.find().per_partition_limit(0), "per_partition_limit"),
            (lambda: Product.find().fetch_size(0), "fetch_size"),
            (lambda: Product.find().page("abc"), "page"),
            (lambda: Product.find().consistency("most"), "consistency"),
            (lambda: Product.find().timeout(-1), "timeout"),
            (lambda: Product.find().ttl(-1), "ttl"),
            (lambda: Product.find().timestamp("now"), "timestamp"),
            (lambda: Product.find(name="x").all(), "Indexed"),
            (lambda: Product.find(id__gt=1).all(), "partition key"),
            (lambda: Product.find(id="seven").all(), "id"),
            (lambda: Product.find(id__in=5).all(), "__in"),
            (lambda: Product.find(id__in="57").all(), "__in"),
            (lambda: Product.find(id=1).filter(id=2).all(), "twice"),
            (lambda: Product.find(id=2**31).all(), "32 bits"),
            (lambda: Reading.find(sensor=UUID(int=1)).all(), "day"),
            (lambda: Reading.find(at=AT).all(), "partition key"),
            (lambda: Reading.find(**KEY, seq=1).all(), "at"),
            (lambda: Reading.find(**KEY, at__gt=AT, seq=1).all(), "at"),
            (lambda: Reading.find().order_by("at").all(), "order_by"),
            (lambda: Reading.find(**KEY).order_by("seq").all(), "at"),
            (lambda: Reading.find(**KEY).order_by("at", "seq").all(), "order"),
            (lambda: Product.find().values("colour"), "colour"),
            (lambda: Product.find().values_list("TTL(id)"), "key"),
            (lambda: Product.find().values_list("WRITETIME(tags)"), "collection"),
            (lambda: Product.find().values_list("TTL(name, brand)"), "one column"),
            (lambda: Product.find().limit(5).count(), "limit"),
            (lambda: Reading.find(**KEY).order_by("at").exists(), "order_by"),
            (lambda: Product.find().ttl(5).all(), "ttl"),
            (lambda: Product.find(id=1).limit(5).delete(), "limit"),
            (lambda: Product.find(id=1).ttl(5).delete(), "ttl"),
            (lambda: Product.find(id=1).allow_filtering().update(name="x"), "filtering"),
        ],
    )
    def test_is_an_error_before_the_wire(self, memory, query, reason):
        with pytest.raises(InvalidQueryError, match=reason):
            query()
        assert memory.sent == []

    def test_an_unknown_column_names_the_nearest(self, memory):
        with pytest.raises(InvalidQueryError, match=r"Product has no column 'nam'; did you mean 'name'\?"):
            Product.find(nam="x").all()
        assert memory.sent == []


def test_without_a_connection_explain_prints_the_bare_table(registry):  # noqa: ARG001
    assert Reading.find(**KEY).explain().cql == f'SELECT {READING} FROM "reading" {PARTITION}'
    day = KEY["day"] + dt.timedelta(days=1)
    assert Reading.find(sensor=KEY["sensor"], day=day).explain().partitions == (
        {"sensor": KEY["sensor"], "day": day},
    )
