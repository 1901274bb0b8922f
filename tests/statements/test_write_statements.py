"""The exact CQL, parameters and metadata of every write."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from statement_models import AT, KEY, Event, Level, Product, Reading

from coodie.cql.statement import ExecutionOptions, Kind
from coodie.exceptions import InvalidQueryError
from coodie.rows.unset import UNSET

READING_COLUMNS = '"sensor", "day", "at", "seq", "site", "value", "level"'
READING_KEY = '"sensor" = ? AND "day" = ? AND "at" = ? AND "seq" = ?'
HIDDEN = "hush"
KEY_VALUES = (KEY["sensor"], KEY["day"], AT, 3)


@pytest.fixture
def reading() -> Reading:
    return Reading(**KEY, at=AT, seq=3, value=1.5, level=Level.HIGH)


@pytest.fixture
def product() -> Product:
    return Product(id=1, tags={"a"}, notes=["x", "y"], stock={"m": 2})


class TestSave:
    def test_writes_every_column_and_leaves_unset_what_was_never_set(self, memory, reading):
        assert reading.save() is reading
        statement = memory.only
        assert statement.cql == (
            f'INSERT INTO "ks"."reading" ({READING_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)'
        )
        assert statement.params == (*KEY_VALUES, UNSET, 1.5, "high")

    def test_tells_what_it_touches(self, memory, reading):
        reading.save()
        shape = memory.only.shape
        assert shape.kind is Kind.INSERT
        assert (shape.keyspace, shape.table) == ("ks", "reading")
        assert shape.partition == (("sensor", 0), ("day", 1))
        assert [(marker.name, marker.type) for marker in shape.markers] == [
            ("sensor", "uuid"),
            ("day", "date"),
            ("at", "timestamp"),
            ("seq", "int"),
            ("site", "text"),
            ("value", "float"),
            ("level", "text"),
        ]
        assert (shape.scan, shape.filtering, shape.index) == (False, False, None)
        assert (shape.conditional, shape.idempotent) == (False, True)

    def test_an_explicit_none_is_a_null(self, memory):
        Reading(**KEY, at=AT, value=None).save()
        assert memory.only.params[4:] == (UNSET, None, UNSET)

    def test_an_assigned_none_is_a_null(self, memory, reading):
        reading.value = None
        reading.save()
        assert memory.only.params[4:] == (UNSET, None, "high")

    @pytest.mark.parametrize(
        ("arguments", "using", "params"),
        [
            ({"ttl": 60}, " USING TTL ?", (60,)),
            ({"ttl": 0}, " USING TTL ?", (0,)),
            ({"timestamp": 17}, " USING TIMESTAMP ?", (17,)),
            ({"ttl": 60, "timestamp": 17}, " USING TTL ? AND TIMESTAMP ?", (60, 17)),
        ],
    )
    def test_using(self, memory, reading, arguments, using, params):
        reading.save(**arguments)
        assert memory.only.cql.endswith(f"VALUES (?, ?, ?, ?, ?, ?, ?){using}")
        assert memory.only.params[7:] == params
        assert [marker.name for marker in memory.only.shape.markers[7:]] == list(arguments)

    def test_names_a_renamed_column_and_the_keyspace_of_the_model(self, memory, product):
        product.price = Decimal("9.90")
        product.save()
        assert memory.only.cql == (
            'INSERT INTO "shop"."product" ("id", "name", "brand", "unit price", "tags", "notes", "stock", '
            '"fixed", "token") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'
        )
        assert memory.only.params == (
            1,
            "",
            UNSET,
            Decimal("9.90"),
            {"a"},
            ["x", "y"],
            {"m": 2},
            UNSET,
            UNSET,
        )

    def test_binds_a_secret_and_marks_it(self, memory):
        Product(id=1, token=HIDDEN).save()
        assert memory.only.params[-1] == HIDDEN
        assert [marker.name for marker in memory.only.shape.markers if marker.secret] == ["token"]
        assert memory.only.shape.secret_columns == {"token"}

    def test_quotes_reserved_words_and_capitals(self, memory):
        Event(key=1, order=2, Select=3).save()
        assert memory.only.cql == 'INSERT INTO "ks"."Table" ("key", "order", "Select") VALUES (?, ?, ?)'

    def test_passes_execution_options(self, memory, reading):
        reading.save(consistency="local_quorum", timeout=2.5)
        assert memory.only.options == ExecutionOptions(consistency="LOCAL_QUORUM", timeout=2.5)

    def test_create_validates_and_saves(self, memory):
        made = Product.create(id="4", name="pen")
        assert made == Product(id=4, name="pen")
        assert memory.only.params[:2] == (4, "pen")


class TestInsert:
    def test_if_not_exists_stands_before_using(self, memory, reading):
        reading.insert(ttl=60)
        assert memory.only.cql == (
            f'INSERT INTO "ks"."reading" ({READING_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) '
            "IF NOT EXISTS USING TTL ?"
        )
        assert memory.only.params == (*KEY_VALUES, UNSET, 1.5, "high", 60)

    def test_is_conditional_and_not_idempotent(self, memory, reading):
        reading.insert()
        assert memory.only.shape.conditional
        assert not memory.only.shape.idempotent


class TestUpdate:
    def test_sets_columns_of_the_row(self, memory, reading):
        reading.update(value=2.5, level=Level.LOW)
        statement = memory.only
        assert statement.cql == f'UPDATE "ks"."reading" SET "value" = ?, "level" = ? WHERE {READING_KEY}'
        assert statement.params == (2.5, "low", *KEY_VALUES)
        assert statement.shape.partition == (("sensor", 2), ("day", 3))
        assert statement.shape.idempotent
        assert not statement.shape.conditional

    def test_using_stands_before_set(self, memory, reading):
        reading.update(value=2.5, ttl=60, timestamp=17)
        assert memory.only.cql == (
            f'UPDATE "ks"."reading" USING TTL ? AND TIMESTAMP ? SET "value" = ? WHERE {READING_KEY}'
        )
        assert memory.only.params == (60, 17, 2.5, *KEY_VALUES)
        assert memory.only.shape.partition == (("sensor", 3), ("day", 4))

    @pytest.mark.parametrize("spelling", ["{column}__{verb}", "{verb}__{column}"])
    @pytest.mark.parametrize(
        ("column", "verb", "value", "clause", "params", "idempotent"),
        [
            ("tags", "add", {"b"}, '"tags" = "tags" + ?', ({"b"},), True),
            ("tags", "update", {"b"}, '"tags" = "tags" + ?', ({"b"},), True),
            ("tags", "remove", {"a"}, '"tags" = "tags" - ?', ({"a"},), True),
            ("notes", "append", ["z"], '"notes" = "notes" + ?', (["z"],), False),
            ("notes", "add", ["z"], '"notes" = "notes" + ?', (["z"],), False),
            ("notes", "prepend", ["z"], '"notes" = ? + "notes"', (["z"],), False),
            ("notes", "remove", ["x"], '"notes" = "notes" - ?', (["x"],), True),
            ("notes", "setindex", (1, "z"), '"notes"[?] = ?', (1, "z"), True),
            ("stock", "add", {"n": 1}, '"stock" = "stock" + ?', ({"n": 1},), True),
            ("stock", "update", {"n": 1}, '"stock" = "stock" + ?', ({"n": 1},), True),
            ("stock", "remove", {"m"}, '"stock" = "stock" - ?', ({"m"},), True),
            ("stock", "put", ("m", 5), '"stock"[?] = ?', ("m", 5), True),
            ("stock", "put", ("m", None), '"stock"[?] = ?', ("m", None), True),
        ],
    )
    def test_element_operators(
        self, memory, product, spelling, column, verb, value, clause, params, idempotent
    ):
        product.update(**{spelling.format(column=column, verb=verb): value})
        assert memory.only.cql == f'UPDATE "shop"."product" SET {clause} WHERE "id" = ?'
        assert memory.only.params == (*params, 1)
        assert memory.only.shape.idempotent is idempotent

    def test_markers_of_elements_name_the_column_and_its_types(self, memory, product):
        product.update(stock__put=("m", 5), notes__setindex=(0, "z"), tags__remove={"a"})
        assert [(marker.name, marker.type) for marker in memory.only.shape.markers] == [
            ("stock[]", "text"),
            ("stock", "int"),
            ("notes[]", "int"),
            ("notes", "text"),
            ("tags", "set<text>"),
            ("id", "int"),
        ]

    @pytest.mark.parametrize(
        ("conditions", "clause", "params"),
        [
            ({"value": 1.5}, '"value" = ?', (1.5,)),
            ({"value": None}, '"value" = ?', (None,)),
            ({"value__ne": 1.5}, '"value" != ?', (1.5,)),
            ({"value__gt": 1.5}, '"value" > ?', (1.5,)),
            ({"value__gte": 1.5}, '"value" >= ?', (1.5,)),
            ({"value__lt": 1.5}, '"value" < ?', (1.5,)),
            ({"value__lte": 1.5}, '"value" <= ?', (1.5,)),
            ({"level__in": [Level.LOW, "high"]}, '"level" IN ?', (["low", "high"],)),
            ({"value": 1.5, "site": "x"}, '"value" = ? AND "site" = ?', (1.5, "x")),
        ],
    )
    def test_conditions(self, memory, reading, conditions, clause, params):
        reading.update(value=2.5, if_conditions=conditions)
        assert memory.only.cql == f'UPDATE "ks"."reading" SET "value" = ? WHERE {READING_KEY} IF {clause}'
        assert memory.only.params == (2.5, *KEY_VALUES, *params)
        assert memory.only.shape.conditional
        assert not memory.only.shape.idempotent

    def test_if_exists(self, memory, reading):
        reading.update(value=2.5, if_exists=True)
        assert memory.only.cql == f'UPDATE "ks"."reading" SET "value" = ? WHERE {READING_KEY} IF EXISTS'
        assert memory.only.shape.conditional


class TestDelete:
    def test_deletes_the_row(self, memory, reading):
        reading.delete()
        assert memory.only.cql == f'DELETE FROM "ks"."reading" WHERE {READING_KEY}'
        assert memory.only.params == KEY_VALUES
        assert memory.only.shape.kind is Kind.DELETE
        assert memory.only.shape.partition == (("sensor", 0), ("day", 1))
        assert memory.only.shape.idempotent

    def test_using_timestamp_stands_before_where(self, memory, reading):
        reading.delete(timestamp=17)
        assert memory.only.cql == f'DELETE FROM "ks"."reading" USING TIMESTAMP ? WHERE {READING_KEY}'
        assert memory.only.params == (17, *KEY_VALUES)
        assert memory.only.shape.partition == (("sensor", 1), ("day", 2))

    def test_if_exists_and_conditions(self, memory, reading):
        reading.delete(if_exists=True)
        reading.delete(if_conditions={"value__lt": 2.0})
        assert memory.texts == [
            f'DELETE FROM "ks"."reading" WHERE {READING_KEY} IF EXISTS',
            f'DELETE FROM "ks"."reading" WHERE {READING_KEY} IF "value" < ?',
        ]
        assert memory.sent[1].params == (*KEY_VALUES, 2.0)


class TestQueryWrites:
    def test_update_of_a_named_row(self, memory):
        query = Reading.find(**KEY, at=AT, seq=3)
        query.ttl(60).timestamp(17).consistency("ONE").update(value=2.5)
        assert memory.only.cql == (
            f'UPDATE "ks"."reading" USING TTL ? AND TIMESTAMP ? SET "value" = ? WHERE {READING_KEY}'
        )
        assert memory.only.params == (60, 17, 2.5, *KEY_VALUES)
        assert memory.only.options.consistency == "ONE"
        assert memory.only.shape.partition == (("sensor", 3), ("day", 4))

    def test_update_of_elements(self, memory):
        Product.find(id=1).update(stock__put=("m", 5), tags__add={"b"})
        assert memory.only.cql == (
            'UPDATE "shop"."product" SET "stock"[?] = ?, "tags" = "tags" + ? WHERE "id" = ?'
        )
        assert memory.only.params == ("m", 5, {"b"}, 1)

    def test_update_of_many_partitions(self, memory):
        Product.find(id__in=[1, 2]).update(name="x")
        assert memory.only.cql == 'UPDATE "shop"."product" SET "name" = ? WHERE "id" IN ?'
        assert memory.only.params == ("x", [1, 2])

    def test_update_of_a_static_column_names_the_partition_alone(self, memory):
        Reading.find(**KEY).update(site="roof")
        assert memory.only.cql == 'UPDATE "ks"."reading" SET "site" = ? WHERE "sensor" = ? AND "day" = ?'

    def test_delete_of_a_partition_a_range_and_many(self, memory):
        Reading.find(**KEY).delete()
        Reading.find(**KEY, at__gte=AT, at__lt=AT + dt.timedelta(hours=1)).timestamp(17).delete()
        Product.find(id__in=[1, 2]).delete()
        assert memory.texts == [
            'DELETE FROM "ks"."reading" WHERE "sensor" = ? AND "day" = ?',
            'DELETE FROM "ks"."reading" USING TIMESTAMP ? WHERE "sensor" = ? AND "day" = ? AND "at" >= ? AND "at" < ?',
            'DELETE FROM "shop"."product" WHERE "id" IN ?',
        ]
        assert memory.sent[1].params == (17, *KEY.values(), AT, AT + dt.timedelta(hours=1))

    @pytest.mark.parametrize(
        ("write", "names"),
        [
            (lambda: Product.find().update(name="x"), "id"),
            (lambda: Product.find().delete(), "id"),
            (lambda: Product.find(brand="b").update(name="x"), "brand"),
            (lambda: Product.find(brand="b").delete(), "brand"),
            (lambda: Reading.find(**KEY).update(value=1.0), "at"),
            (lambda: Reading.find(sensor=KEY["sensor"]).delete(), "day"),
            (lambda: Product.find(id=1).update(), "update"),
            (lambda: Product.find(id=1).update(id=2), "id"),
        ],
    )
    def test_what_does_not_name_its_rows_is_refused_unsent(self, memory, write, names):
        with pytest.raises(InvalidQueryError, match=names):
            write()
        assert memory.sent == []


class TestRefusedWrites:
    @pytest.mark.parametrize(
        "write",
        [
            lambda product: product.update(),
            lambda product: product.update(id=2),
            lambda product: product.update(colour="red"),
            lambda product: product.update(fixed__append=[1]),
            lambda product: product.update(name__append=["x"]),
            lambda product: product.update(tags__put=("a", 1)),
            lambda product: product.update(stock__put="a"),
            lambda product: product.update(notes__setindex=(-1, "z")),
            lambda product: product.update(notes__setindex=(9, "z")),
            lambda product: product.update(notes__setindex=("a", "z")),
            lambda product: product.update(name="x", if_exists=True, if_conditions={"name": "y"}),
            lambda product: product.update(name="x", if_exists=True, timestamp=1),
            lambda product: product.update(name="x", if_conditions={"id": 1}),
            lambda product: product.update(name="x", if_conditions={"name__like": "a%"}),
            lambda product: product.update(name="x", if_conditions={"colour": "red"}),
            lambda product: product.save(ttl=-1),
            lambda product: product.save(ttl=630_720_001),
            lambda product: product.save(ttl=1.5),
            lambda product: product.save(ttl=True),
            lambda product: product.save(timestamp="now"),
            lambda product: product.save(timestamp=2**63),
            lambda product: product.save(consistency="MOST"),
            lambda product: product.save(timeout=0),
            lambda product: product.insert(ttl="1"),
            lambda product: product.delete(if_exists=True, timestamp=1),
            lambda product: product.delete(if_exists=True, if_conditions={"name": "x"}),
        ],
    )
    def test_is_an_error_before_the_wire(self, memory, product, write):
        before = product.model_copy(deep=True)
        with pytest.raises(InvalidQueryError):
            write(product)
        assert memory.sent == []
        assert product == before
