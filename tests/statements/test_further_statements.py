"""The exact CQL of counters, batches, removals, aggregates, partial reads, versions, families, views and types."""

# ruff: noqa: RUF012 - pydantic copies a default for each document

from __future__ import annotations

from typing import Annotated, Any

import pytest
from memory_driver import applied, rows_of
from statement_models import AT, KEY, Event, Indexes, Product, Reading

from coodie.cql.ddl.table import create_table
from coodie.cql.statement import BatchStatement
from coodie.exceptions import ConfigurationError, InvalidQueryError
from coodie.fields import ClusteringKey, Counter, Discriminator, PrimaryKey, Version
from coodie.schema import table_of
from coodie.sync import BatchQuery, CounterDocument, Document, MaterializedView, gather
from coodie.usertype import UserType

READING = '"sensor", "day", "at", "seq", "site", "value", "level"'
FROM_READING = f'SELECT {READING} FROM "ks"."reading"'
PARTITION = 'WHERE "sensor" = ? AND "day" = ?'
ROW = f'{PARTITION} AND "at" = ? AND "seq" = ?'
PRODUCT = '"id", "name", "brand", "unit price", "tags", "notes", "stock", "fixed", "token"'
FROM_PRODUCT = f'SELECT {PRODUCT} FROM "shop"."product"'


class Visits(CounterDocument):
    page: Annotated[str, PrimaryKey()]
    seen: Annotated[int, Counter()] = 0
    liked: Annotated[int, Counter()] = 0


class Draft(Document):
    id: Annotated[int, PrimaryKey()]
    name: str = ""
    version: Annotated[int, Version()] = 0


class Animal(Document):
    id: Annotated[int, PrimaryKey()]
    kind: Annotated[str, Discriminator()] = ""


class Dog(Animal):
    bark: str | None = None

    class Settings:
        __discriminator_value__ = "dog"


class Puppy(Dog):
    age: int | None = None


class ByBrand(MaterializedView):
    brand: Annotated[str, PrimaryKey()]
    id: Annotated[int, ClusteringKey("DESC")]
    name: str = ""

    class Settings:
        __base_table__ = "product"
        keyspace = "shop"


class Address(UserType):
    street: str
    number: int | None = None


class Person(UserType):
    name: str
    homes: list[Address] = []


class House(Document):
    id: Annotated[int, PrimaryKey()]
    at: Address | None = None
    people: list[Person] = []


@pytest.fixture
def reading() -> Reading:
    return Reading(**KEY, at=AT, seq=3, value=1.5, site="roof")


@pytest.fixture
def product() -> Product:
    return Product(id=1, name="pen", tags={"a"}, notes=["x", "y"], stock={"m": 2, "n": 1})


class TestRemovals:
    def test_of_columns(self, memory, product):
        product.delete_columns("name", "price")
        assert memory.only.cql == 'DELETE "name", "unit price" FROM "shop"."product" WHERE "id" = ?'
        assert memory.only.params == (1,)
        assert memory.only.shape.idempotent

    def test_of_elements(self, memory, product):
        product.delete_columns(collection_elements={"stock": ["m"], "notes": [0]}, timestamp=5)
        assert memory.only.cql == (
            'DELETE "stock"[?], "notes"[?] FROM "shop"."product" USING TIMESTAMP ? WHERE "id" = ?'
        )
        assert memory.only.params == ("m", 0, 5, 1)
        assert memory.only.shape.partition == (("id", 3),)
        assert not memory.only.shape.idempotent, "a position may be another element the second time"
        assert (product.stock, product.notes) == ({"n": 1}, ["y"])

    def test_under_a_condition(self, memory, product):
        memory.answer(applied(False, {"brand": "text"}, "other"))  # noqa: FBT003
        assert not product.delete_columns("name", if_conditions={"brand": "x"})
        assert memory.only.cql == 'DELETE "name" FROM "shop"."product" WHERE "id" = ? IF "brand" = ?'
        assert memory.only.params == (1, "x")
        assert product.name == "pen"

    def test_of_a_static_column_alone_names_the_partition(self, memory, reading):
        reading.delete_columns("site")
        reading.delete_columns("site", "value")
        assert memory.texts == [
            f'DELETE "site" FROM "ks"."reading" {PARTITION}',
            f'DELETE "site", "value" FROM "ks"."reading" {ROW}',
        ]

    @pytest.mark.parametrize(
        "arguments",
        [
            (("id",), {}),
            ((), {}),
            (("colour",), {}),
            ((), {"tags": ["a"]}),
            ((), {"fixed": [0]}),
            ((), {"stock": "m"}),
            ((), {"name": [0]}),
            ((), {"notes": [-1]}),
            ((), {"notes": ["a"]}),
            ((), {"stock": [5]}),
        ],
        ids=str,
    )
    def test_what_cannot_be_removed_is_refused(self, memory, product, arguments):
        before = product.model_copy(deep=True)
        with pytest.raises(InvalidQueryError):
            product.delete_columns(*arguments[0], collection_elements=arguments[1])
        assert memory.sent == []
        assert product == before


class TestStaticUpdates:
    def test_name_the_partition_alone(self, memory, reading):
        reading.update(site="cellar")
        assert memory.only.cql == f'UPDATE "ks"."reading" SET "site" = ? {PARTITION}'
        assert memory.only.shape.partition == (("sensor", 1), ("day", 2))

    def test_name_the_row_beside_another_column(self, memory, reading):
        reading.update(site="cellar", value=2.0)
        assert memory.only.cql == f'UPDATE "ks"."reading" SET "site" = ?, "value" = ? {ROW}'

    def test_name_the_row_under_a_condition_on_it(self, memory, reading):
        reading.update(site="cellar", if_conditions={"value": 1.5})
        reading.update(site="cellar", if_conditions={"site": "roof"})
        assert memory.texts == [
            f'UPDATE "ks"."reading" SET "site" = ? {ROW} IF "value" = ?',
            f'UPDATE "ks"."reading" SET "site" = ? {PARTITION} IF "site" = ?',
        ]


class TestCounters:
    def test_increment_and_decrement(self, memory):
        visits = Visits(page="a")
        visits.increment(seen=5, liked=-1)
        visits.decrement(seen=2, consistency="ONE")
        assert memory.texts == [
            'UPDATE "ks"."visits" SET "seen" = "seen" + ?, "liked" = "liked" + ? WHERE "page" = ?',
            'UPDATE "ks"."visits" SET "seen" = "seen" - ? WHERE "page" = ?',
        ]
        assert [statement.params for statement in memory.sent] == [(5, -1, "a"), (2, "a")]
        assert all(each.shape.counter and not each.shape.idempotent for each in memory.sent)
        assert (visits.seen, visits.liked) == (3, -1)

    def test_a_failed_increment_leaves_the_document(self, memory):
        visits = Visits(page="a")
        memory.answer(TimeoutError())
        with pytest.raises(TimeoutError):
            visits.increment(seen=5)
        assert visits.seen == 0

    @pytest.mark.parametrize(
        "write",
        [
            lambda: Visits(page="a").save(),
            lambda: Visits(page="a").insert(),
            lambda: Visits(page="a").update(seen=5),
            lambda: Visits.find(page="a").update(seen=5),
            lambda: Visits.create(page="a"),
            lambda: Visits(page="a").increment(),
            lambda: Visits(page="a").increment(page=1),
            lambda: Visits(page="a").increment(seen="many"),
            lambda: Visits(page="a").increment(seen=2**63),
            lambda: Visits(page="a").increment(colour=1),
        ],
    )
    def test_other_writes_say_what_to_call(self, memory, write):
        with pytest.raises(InvalidQueryError, match=r"increment\(\)|Visits"):
            write()
        assert memory.sent == []


class TestBatches:
    def test_statements_go_as_one_with_their_parameters(self, memory, product, reading):
        with BatchQuery(timestamp=17, consistency="ONE") as batch:
            product.save(batch=batch)
            reading.delete(batch=batch)
            reading.update(value=2.0, batch=batch)
            assert memory.sent == []
            assert reading.value == 1.5
        sent = memory.only
        assert isinstance(sent, BatchStatement)
        assert (sent.kind, sent.options.consistency) == ("LOGGED", "ONE")
        assert [statement.cql for statement in sent.statements] == [
            f'INSERT INTO "shop"."product" ({PRODUCT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?',
            f'DELETE FROM "ks"."reading" USING TIMESTAMP ? {ROW}',
            f'UPDATE "ks"."reading" USING TIMESTAMP ? SET "value" = ? {ROW}',
        ]
        assert [17 in statement.params for statement in sent.statements] == [True, True, True]
        assert reading.value == 2.0
        assert batch.result

    @pytest.mark.parametrize(
        ("arguments", "kind"),
        [
            ({}, "LOGGED"),
            ({"logged": False}, "UNLOGGED"),
            ({"batch_type": "unlogged"}, "UNLOGGED"),
            ({"batch_type": "COUNTER"}, "COUNTER"),
        ],
    )
    def test_kinds(self, memory, arguments, kind):
        with BatchQuery(**arguments) as batch:
            if kind == "COUNTER":
                Visits(page="a").increment(seen=1, batch=batch)
            else:
                batch.add("INSERT INTO t (a) VALUES (?)", [1])
        assert memory.only.kind == kind

    def test_nothing_is_sent_after_an_exception_nor_when_empty(self, memory, product):
        def fail() -> None:
            with BatchQuery() as batch:
                product.save(batch=batch)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        with BatchQuery():
            pass
        assert memory.sent == []

    def test_a_refused_conditional_batch_changes_no_document(self, memory, product):
        memory.answer(applied(False, {"id": "int", "name": "text"}, 1, "pen"))  # noqa: FBT003
        with BatchQuery() as batch:
            product.update(name="ink", if_conditions={"name": "x"}, batch=batch)
        assert product.name == "pen"
        assert batch.result is not None
        assert not batch.result
        assert batch.result.rows == [{"id": 1, "name": "pen"}]

    @pytest.mark.parametrize(
        "misuse",
        [
            lambda: BatchQuery(batch_type="BIG"),
            lambda: BatchQuery(timestamp="now"),
            lambda: BatchQuery(consistency="MOST"),
            lambda: Visits(page="a").increment(seen=1, batch=BatchQuery()),
            lambda: Product(id=1).save(batch=BatchQuery(batch_type="COUNTER")),
            lambda: BatchQuery().add("INSERT", "params"),
            lambda: BatchQuery(timestamp=1).add("INSERT INTO t (a) VALUES (1)"),
        ],
    )
    def test_what_does_not_belong_together_is_refused(self, memory, misuse):
        with pytest.raises(InvalidQueryError):
            misuse()
        assert memory.sent == []

    def test_a_large_batch_is_told_before_it_is_sent(self, memory, caplog):
        with caplog.at_level("WARNING"), BatchQuery() as batch:
            for number in range(10):
                Product(id=number, name="x" * 1000).save(batch=batch)
            assert caplog.records == []
        assert "bulk_save()" in caplog.text
        assert len(memory.sent) == 1

    def test_bulk_save_sends_each(self, memory):
        result = Product.bulk_save((Product(id=number) for number in range(3)), ttl=5)
        assert (result.saved, result.failed) == (3, [])
        assert {each.cql for each in memory.sent} == {
            f'INSERT INTO "shop"."product" ({PRODUCT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?'
        }


class TestReads:
    @pytest.mark.parametrize(
        ("terminal", "function"),
        [("sum", "SUM"), ("avg", "AVG"), ("min", "MIN"), ("max", "MAX")],
    )
    def test_one_function(self, memory, terminal, function):
        memory.answer(rows_of({"f": "float"}, (1.5,)))
        assert getattr(Reading.find(**KEY), terminal)("value") == 1.5
        assert memory.only.cql == f'SELECT {function}("value") FROM "ks"."reading" {PARTITION}'

    def test_several_functions_are_one_statement(self, memory):
        memory.answer(rows_of({"count": "bigint", "max": "float"}, (3, 1.5)))
        assert Reading.find(**KEY).aggregate(n="count(*)", hi="max(value)") == {"n": 3, "hi": 1.5}
        assert memory.only.cql == f'SELECT COUNT(*), MAX("value") FROM "ks"."reading" {PARTITION}'

    def test_grouped(self, memory):
        memory.answer(rows_of({"sensor": "uuid", "day": "date", "count": "bigint"}, (*KEY.values(), 3)))
        found = Reading.find().group_by("sensor", "day").aggregate(n="count(*)")
        assert found == [{**KEY, "n": 3}]
        assert memory.only.cql == (
            'SELECT "sensor", "day", COUNT(*) FROM "ks"."reading" GROUP BY "sensor", "day"'
        )

    @pytest.mark.parametrize(
        ("query", "cql"),
        [
            (
                lambda: Reading.find().distinct(),
                'SELECT DISTINCT "sensor", "day", "site" FROM "ks"."reading"',
            ),
            (
                lambda: Reading.find().values("seq").cast("seq", "TEXT"),
                'SELECT CAST("seq" AS text) FROM "ks"."reading"',
            ),
            (lambda: Reading.find().select_token(), 'SELECT TOKEN("sensor", "day") FROM "ks"."reading"'),
            (
                lambda: Reading.find(**KEY).only("value"),
                f'SELECT "sensor", "day", "at", "seq", "value" FROM "ks"."reading" {PARTITION}',
            ),
            (
                lambda: Reading.find(**KEY).defer("value", "site"),
                f'SELECT "sensor", "day", "at", "seq", "level" FROM "ks"."reading" {PARTITION}',
            ),
            (
                lambda: Reading.find(**KEY).tuple_filter(("at", "seq"), "gt", (AT, 5)),
                f'{FROM_READING} {PARTITION} AND ("at", "seq") > (?, ?)',
            ),
            (
                lambda: Product.find(id__token__gte=5, id__token__lt=9),
                f'{FROM_PRODUCT} WHERE TOKEN("id") >= ? AND TOKEN("id") < ?',
            ),
            (
                lambda: Product.find(stock__key=("a", 5)).allow_filtering(),
                f'{FROM_PRODUCT} WHERE "stock"[?] = ? ALLOW FILTERING',
            ),
            (
                lambda: Product.at(table="other", keyspace="k2").find(id=1),
                f'SELECT {PRODUCT} FROM "k2"."other" WHERE "id" = ?',
            ),
        ],
    )
    def test_forms(self, memory, query, cql):
        query().all()
        assert memory.only.cql == cql
        assert len(memory.only.shape.markers) == len(memory.only.params)

    def test_an_index_of_entries_answers_an_entry(self, memory):
        Indexes.find(attributes__key=("a", 5)).all()
        assert memory.only.cql.endswith('WHERE "attributes"[?] = ?')
        assert memory.only.params == ("a", 5)
        assert memory.only.shape.index == "indexes_attributes_entries_idx"

    def test_json(self, memory):
        memory.answer(rows_of({"[json]": "text"}, ('{"a": 1}',)))
        assert Reading.find(**KEY).json() == ['{"a": 1}']
        assert memory.only.cql == f'SELECT JSON {READING} FROM "ks"."reading" {PARTITION}'

    def test_gather_sends_each(self, memory):
        assert gather(Product.find(id=1), Product.find(id=2).limit(1)) == [[], []]
        assert sorted(memory.texts) == [
            f'{FROM_PRODUCT} WHERE "id" = ?',
            f'{FROM_PRODUCT} WHERE "id" = ? LIMIT ?',
        ]

    @pytest.mark.parametrize(
        "query",
        [
            lambda: Reading.find().group_by("day"),
            lambda: Reading.find().distinct().values("value").all(),
            lambda: Reading.find().cast("seq", "text").all(),
            lambda: Reading.find().values("day").cast("seq", "text").all(),
            lambda: Reading.find().values("seq").cast("seq", "text); DROP"),
            lambda: Reading.find().only("colour"),
            lambda: Reading.find(**KEY).sum("level"),
            lambda: Reading.find(**KEY).aggregate(n="rand()"),
            lambda: Reading.find(**KEY).aggregate(),
            lambda: Reading.find(**KEY).tuple_filter(("seq", "at"), "gt", (5, AT)).all(),
            lambda: Reading.find(**KEY).tuple_filter(("at", "seq"), "gt", (AT,)),
            lambda: Reading.find(**KEY).tuple_filter(("at", "seq"), "contains", (AT, 5)),
            lambda: Reading.find(**KEY).tuple_filter(("at", "seq"), "", (AT, 5)),
            lambda: Product.find(id__token__gt=None).all(),
            lambda: Product.find(stock__key="a"),
            lambda: Product.find(name__token__gt=5).all(),
        ],
    )
    def test_what_cannot_be_is_refused(self, memory, query):
        with pytest.raises(InvalidQueryError):
            query()
        assert memory.sent == []


class TestPartialDocuments:
    def test_are_never_saved_whole(self, memory):
        memory.answer(rows_of({"id": "int", "name": "text"}, (1, "pen")))
        product = Product.find(id=1).only("name").one()
        memory.sent.clear()
        with pytest.raises(AttributeError, match="brand"):
            product.brand  # noqa: B018 - reading it is the test
        for write in (product.save, product.insert):
            with pytest.raises(InvalidQueryError, match=r"update\(\)"):
                write()
        assert memory.sent == []
        product.update(name="ink")
        assert memory.only.cql == 'UPDATE "shop"."product" SET "name" = ? WHERE "id" = ?'
        assert product.name == "ink"


class TestScyllaOnly:
    """Not run on a server here: forms that ScyllaDB's grammar takes and Cassandra's does not."""

    def test_timeouts_stand_last_in_a_select(self, scylla):
        Product.find(name="x").allow_filtering().limit(3).bypass_cache().using(timeout=1.5).all()
        assert scylla.only.cql == (
            f'{FROM_PRODUCT} WHERE "name" = ? LIMIT ? ALLOW FILTERING BYPASS CACHE USING TIMEOUT ?'
        )
        assert scylla.only.params[:2] == ("x", 3)
        assert scylla.only.params[2].nanoseconds == 1_500_000_000

    def test_timeouts_of_writes(self, scylla):
        Product.find(id=1).using(ttl=5, timestamp=6, timeout=1).update(name="x")
        Product.find(id=1).using(timestamp=6, timeout=1).delete()
        assert scylla.texts == [
            'UPDATE "shop"."product" USING TTL ? AND TIMESTAMP ? AND TIMEOUT ? SET "name" = ? WHERE "id" = ?',
            'DELETE FROM "shop"."product" USING TIMESTAMP ? AND TIMEOUT ? WHERE "id" = ?',
        ]

    @pytest.mark.parametrize(
        "query",
        [
            lambda: Product.find(id=1).using(timeout=1).all(),
            lambda: Product.find(id=1).using(timeout=1).update(name="x"),
            lambda: Product.find(id=1).bypass_cache().first(),
            lambda: Product.find(id=1).bypass_cache().count(),
        ],
    )
    def test_are_refused_elsewhere(self, memory, query):
        with pytest.raises(InvalidQueryError, match="ScyllaDB only"):
            query()
        assert memory.sent == []


class TestQueryConditions:
    def test_if_exists(self, memory):
        Product.find(id=1).if_exists().update(name="x")
        Product.find(id=1).if_exists().delete()
        assert memory.texts == [
            'UPDATE "shop"."product" SET "name" = ? WHERE "id" = ? IF EXISTS',
            'DELETE FROM "shop"."product" WHERE "id" = ? IF EXISTS',
        ]


class TestVersions:
    def test_the_first_save_inserts_and_the_next_compare(self, memory):
        draft = Draft(id=1)
        memory.answer(applied(True), applied(True))  # noqa: FBT003
        draft.save()
        assert draft.version == 1
        draft.save(ttl=5)
        assert draft.version == 2
        assert memory.texts == [
            'INSERT INTO "ks"."draft" ("id", "name", "version") VALUES (?, ?, ?) IF NOT EXISTS',
            'UPDATE "ks"."draft" USING TTL ? SET "name" = ?, "version" = ? WHERE "id" = ? IF "version" = ?',
        ]
        assert [each.params for each in memory.sent] == [(1, "", 1), (5, "", 2, 1, 1)]

    def test_a_conflict_is_an_error_and_changes_nothing(self, memory):
        memory.answer(applied(False, {"version": "int"}, 7))  # noqa: FBT003
        draft = Draft(id=1, version=3)
        with pytest.raises(Exception, match="Draft") as raised:
            draft.save()
        assert type(raised.value).__name__ == "VersionConflict"
        assert draft.version == 3


class TestFamilies:
    def test_share_a_table(self, memory):
        Dog(id=1, bark="wau").save()
        assert memory.only.cql == 'INSERT INTO "ks"."animal" ("id", "kind", "bark") VALUES (?, ?, ?)'
        assert memory.only.params == (1, "dog", "wau")
        assert create_table(table_of(Dog), "ks").text == (
            'CREATE TABLE IF NOT EXISTS "ks"."animal" ("id" int, "kind" text, "bark" text, PRIMARY KEY (("id")))'
        )

    def test_a_base_reads_every_column_and_gives_the_right_classes(self, memory):
        types = {"id": "int", "kind": "text", "bark": "text", "age": "int"}
        memory.answer(rows_of(types, (1, "dog", "wau", None), (2, "puppy", "piep", 1)))
        assert Animal.find().all() == [
            Dog(id=1, kind="dog", bark="wau"),
            Puppy(id=2, kind="puppy", bark="piep", age=1),
        ]
        assert memory.only.cql == 'SELECT "id", "kind", "bark", "age" FROM "ks"."animal"'

    def test_a_subclass_reads_itself_and_its_own(self, memory):
        Dog.find().allow_filtering().all()
        assert memory.only.cql.endswith('WHERE "kind" IN ? ALLOW FILTERING') or memory.only.cql.endswith(
            'WHERE "kind" = ? ALLOW FILTERING'
        )
        assert memory.only.params == (["dog", "puppy"],)


class TestViews:
    def test_create_and_drop(self, memory):
        plan = ByBrand.sync_view()
        assert plan == [
            (
                'CREATE MATERIALIZED VIEW IF NOT EXISTS "shop"."by_brand" AS SELECT "brand", "id", "name" '
                'FROM "shop"."product" WHERE "brand" IS NOT NULL AND "id" IS NOT NULL '
                'PRIMARY KEY (("brand"), "id") WITH CLUSTERING ORDER BY ("id" DESC)'
            )
        ]
        assert memory.texts[-1:] == plan
        memory.sent.clear()
        ByBrand.drop_view()
        assert memory.texts == ['DROP MATERIALIZED VIEW IF EXISTS "shop"."by_brand"']

    def test_a_dry_run_only_reads(self, memory):
        assert len(ByBrand.sync_view(dry_run=True)) == 1
        assert not any(text.startswith("CREATE") for text in memory.texts)

    def test_are_read_and_not_written(self, memory):
        ByBrand.find(brand="b").all()
        assert memory.only.cql == 'SELECT "brand", "id", "name" FROM "shop"."by_brand" WHERE "brand" = ?'
        view: Any = ByBrand(brand="b", id=1)
        for name in ("save", "insert", "update", "delete"):
            with pytest.raises((InvalidQueryError, AttributeError)):
                getattr(view, name)()
        assert len(memory.sent) == 1


class TestTypes:
    def test_come_before_the_table_that_needs_them(self, memory):
        plan = House.sync_table()
        assert plan == [
            'CREATE TYPE IF NOT EXISTS "ks"."address" ("street" text, "number" int)',
            'CREATE TYPE IF NOT EXISTS "ks"."person" ("name" text, "homes" frozen<list<frozen<"address">>>)',
            (
                'CREATE TABLE IF NOT EXISTS "ks"."house" ("id" int, "at" frozen<"address">, '
                '"people" list<frozen<"person">>, PRIMARY KEY (("id")))'
            ),
        ]
        assert [text for text in memory.texts if not text.startswith("SELECT")] == plan


class TestSyncTable:
    def test_needs_a_keyspace(self, memory):
        memory._target = memory.target.__class__(None, memory.target.dialect)
        with pytest.raises((InvalidQueryError, ConfigurationError), match="keyspace"):
            Event.sync_table()
        assert memory.sent == []

    def test_of_a_new_table_reads_once_and_sends_what_it_returns(self, memory):
        plan = Product.sync_table()
        assert [text.split(" ", 2)[:2] for text in plan] == [["CREATE", "TABLE"], ["CREATE", "INDEX"]]
        assert memory.texts[1:] == plan
        assert memory.sent[0].params == ("shop", "product")
        assert plan.drift == ()

    def test_a_dry_run_sends_nothing_and_returns_the_same(self, memory):
        dry = Product.sync_table(dry_run=True)
        assert len(memory.sent) == 1
        assert Product.sync_table() == dry
