import inspect
from types import SimpleNamespace
from typing import Annotated, Any

from demokit import capture, highlight
from demokit.hood import SOURCE_LINES, Sent, hood, source

from coodie import Discriminator, Document, PrimaryKey
from coodie.schema.polymorphism import members_of


class Pet(Document):
    home: Annotated[str, PrimaryKey()]
    kind: Annotated[str, Discriminator()]

    class Settings:
        __abstract__ = True


class Cat(Pet):
    lives: int = 9


def record(cql: str, **more: Any) -> dict[str, Any]:
    return {
        "cql": cql,
        "table": "product",
        "warnings": [],
        "filtering": False,
        "partitions": [],
        "ms": 1.5,
        "started": 0.0,
    } | more


def text(markup: str) -> str:
    return markup.replace('<span class="k">', "").replace('<span class="s">', "").replace("</span>", "")


def test_a_closed_drawer_has_nothing() -> None:
    assert capture.recorded() is None
    assert hood(capture.recorded(), ()) is None


def test_an_open_one_starts_empty_and_is_forgotten_afterwards() -> None:
    with capture.capture() as records:
        assert capture.recorded() is records
    assert capture.recorded() is None


def test_a_line_has_the_gist_of_its_statement() -> None:
    select = Sent(record('SELECT "id", "name" FROM "shop"."product" WHERE "brand" = ?'))
    insert = Sent(record('INSERT INTO "shop"."product" ("id", "name") VALUES (?, ?) USING TTL ?'))
    assert text(select.gist) == "SELECT … FROM product WHERE brand = ?"
    assert text(insert.gist) == "INSERT INTO product … USING TTL ?"


def test_a_scan_is_flagged_and_an_index_is_not() -> None:
    scan = record("SELECT", warnings=["full scan: every partition of product is read"], filtering=True)
    assert Sent(scan).flag == "scan"
    assert Sent(record("SELECT", filtering=True)).flag == "filtering"
    index = Sent(record("SELECT", warnings=["index product_brand_idx without a partition key"]))
    assert (index.flag, index.index, index.touched) == (None, True, "those that the index names")


def test_partitions_are_told_in_words() -> None:
    assert Sent(record("", partitions=[{"shelf": "'all'"}])).touched == "shelf = 'all'"
    assert Sent(record("", partitions=[{"user": "'a'"}, {"user": "'b'"}])).touched == "2: user = 'a', 'b'"
    assert Sent(record("")).touched == "not named"


def test_a_batch_tells_what_it_asks_of_the_server() -> None:
    children = [record("UPDATE"), record("INSERT")]
    parts = [{"run": "1"}, {"run": "2"}]
    logged = Sent(record("BEGIN BATCH\nAPPLY BATCH", children=children, partitions=parts))
    assert str(logged.batch).startswith("2 statements in 2 partitions; logged: ")
    one = Sent(record("BEGIN UNLOGGED BATCH\nAPPLY BATCH", children=children[:1], partitions=parts[:1]))
    assert one.batch == "1 statement in 1 partition; not logged"
    assert Sent(record("SELECT", children=[])).batch is None


def test_an_abstract_class_is_shown_with_the_classes_whose_table_it_owns() -> None:
    found = hood([record("SELECT", table="pet")], (Pet,))
    assert found
    assert [name for name, _ in found.sources] == ["Pet", "Cat"]


def test_what_a_value_holds_is_shown_and_not_obeyed() -> None:
    assert "<script>" not in highlight.cql("SELECT '<script>alert(1)</script>'")
    assert highlight.prose("run `make <x>`") == "run <code>make &lt;x&gt;</code>"


def test_models_fit_into_the_drawer(demo: SimpleNamespace) -> None:
    for model in demo.models.MODELS:
        assert len(inspect.getsource(model).rstrip().splitlines()) <= SOURCE_LINES
        assert model.__name__ in source(model)


def test_the_drawer_shows_the_models_that_were_touched(demo: SimpleNamespace) -> None:
    models = demo.models.MODELS
    found = hood([record("SELECT", table=models[-1].table_name())], models)
    assert found
    assert [name for name, _ in found.sources] == [model.__name__ for model in members_of(models[-1])]
    assert found.ms == 1.5


def test_statements_at_once_do_not_count_twice() -> None:
    apart = [record("A", started=1.0, ms=2.0), record("B", started=1.003, ms=2.0)]
    together = [
        record("A", started=1.0, ms=4.0),
        record("B", started=1.001, ms=2.0),
        record("C", started=1.003, ms=3.0),
    ]
    one, several = hood(apart, ()), hood(together, ())
    assert one is not None
    assert several is not None
    assert (round(one.ms, 6), one.added_up) == (4.0, None)
    assert (round(several.ms, 6), several.added_up) == (6.0, 9.0)
