"""The exact CQL of conditions on elements, nulls and contents, on both servers; of what a model says of execution."""

from __future__ import annotations

from typing import Annotated

import pytest
from statement_models import Product

from coodie.cql.dialect import Dialect
from coodie.cql.statement import ExecutionOptions
from coodie.exceptions import InvalidQueryError
from coodie.fields import ClusteringKey, PrimaryKey
from coodie.sync import BatchQuery, Document

UPDATE = 'UPDATE "shop"."product" SET "name" = ? WHERE "id" = ? IF '


class Ledger(Document):
    account: Annotated[str, PrimaryKey()]
    entry: Annotated[int, ClusteringKey()]
    cents: int = 0

    class Settings:
        consistency = "local_quorum"
        serial_consistency = "LOCAL_SERIAL"
        timeout = 2.5
        profile = "careful"


SAID = ExecutionOptions("LOCAL_QUORUM", "LOCAL_SERIAL", 2.5, profile="careful")


@pytest.fixture
def product() -> Product:
    return Product(id=1, tags={"a"}, notes=["x", "y"], stock={"m": 2})


class TestConditions:
    @pytest.mark.parametrize(
        ("conditions", "cql", "params"),
        [
            ({"stock__key": ("m", 2)}, '"stock"[?] = ?', ("m", 2)),
            ({"stock__key": ("m", None)}, '"stock"[?] = ?', ("m", None)),
            ({"notes__key": (1, "y")}, '"notes"[?] = ?', (1, "y")),
            ({"brand__isnull": True}, '"brand" = ?', (None,)),
            ({"brand__isnull": False}, '"brand" != ?', (None,)),
            (
                {"stock__key": ("m", 2), "brand__in": ["x"]},
                '"stock"[?] = ? AND "brand" IN ?',
                ("m", 2, ["x"]),
            ),
        ],
    )
    @pytest.mark.parametrize("dialect", Dialect)
    def test_that_both_servers_take(self, memory, product, dialect, conditions, cql, params):
        memory.speak(dialect)
        product.update(name="ink", if_conditions=conditions)
        assert memory.only.cql == UPDATE + cql
        assert memory.only.params == ("ink", 1, *params)
        assert (memory.only.shape.conditional, memory.only.shape.idempotent) == (True, False)

    @pytest.mark.parametrize(
        ("dialect", "other", "conditions", "cql", "params"),
        [
            (Dialect.CASSANDRA, Dialect.SCYLLA, {"tags__contains": "a"}, '"tags" CONTAINS ?', ("a",)),
            (Dialect.CASSANDRA, Dialect.SCYLLA, {"stock__contains": 2}, '"stock" CONTAINS ?', (2,)),
            (
                Dialect.CASSANDRA,
                Dialect.SCYLLA,
                {"stock__contains_key": "m"},
                '"stock" CONTAINS KEY ?',
                ("m",),
            ),
            (Dialect.SCYLLA, Dialect.CASSANDRA, {"name__like": "l%"}, '"name" LIKE ?', ("l%",)),
        ],
    )
    def test_that_one_server_takes(self, memory, product, dialect, other, conditions, cql, params):
        memory.speak(dialect)
        product.update(name="ink", if_conditions=conditions)
        assert memory.only.cql == UPDATE + cql
        assert memory.only.params == ("ink", 1, *params)
        memory.sent.clear()
        memory.speak(other)
        with pytest.raises(
            InvalidQueryError, match=f"exists on {dialect.value} only; this server is {other.value}"
        ):
            product.update(name="ink", if_conditions=conditions)
        assert memory.sent == []


class TestExecutionOfAModel:
    @pytest.mark.parametrize(
        "call",
        [
            lambda: Ledger(account="a", entry=1).save(),
            lambda: Ledger(account="a", entry=1).save_json(),
            lambda: Ledger(account="a", entry=1).insert(),
            lambda: Ledger(account="a", entry=1).update(cents=1),
            lambda: Ledger(account="a", entry=1).delete(),
            lambda: Ledger.find(account="a").all(),
            lambda: Ledger.find(account="a").all(lazy=True),
            lambda: Ledger.find_one(account="a", entry=1),
            lambda: Ledger.find(account="a", entry=1).update(cents=1),
            lambda: Ledger.find(account="a").delete(),
            lambda: Ledger.bulk_save([Ledger(account="a", entry=1), Ledger(account="a", entry=2)]),
        ],
    )
    def test_is_what_its_settings_say(self, memory, call):
        call()
        assert memory.only.options == SAID

    def test_a_call_says_it_for_itself(self, memory):
        Ledger(account="a", entry=1).save(consistency="ONE", timeout=9)
        Ledger.find(account="a").consistency("ONE").serial_consistency("SERIAL").profile("own").all()
        assert [each.options for each in memory.sent] == [
            ExecutionOptions("ONE", "LOCAL_SERIAL", 9, profile="careful"),
            ExecutionOptions("ONE", "SERIAL", 2.5, profile="own"),
        ]

    def test_a_batch_takes_what_its_statements_agree_on(self, memory):
        with BatchQuery() as batch:
            Ledger(account="a", entry=1).save(batch=batch)
            Ledger(account="a", entry=2).save(timeout=4, batch=batch)
        assert memory.only.options == ExecutionOptions("LOCAL_QUORUM", "LOCAL_SERIAL", 4, profile="careful")

    def test_a_batch_of_models_that_disagree_is_refused(self, memory, product):
        batch = BatchQuery()
        Ledger(account="a", entry=1).save(batch=batch)
        product.save(consistency="ONE", batch=batch)
        with pytest.raises(InvalidQueryError, match=r"different values of consistency.*give the batch one"):
            batch.execute()
        assert memory.sent == []
