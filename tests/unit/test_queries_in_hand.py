"""Query sets before they are sent: immutable, explained, refusing what a terminal cannot take."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import json
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import pytest
from memory_driver import MemoryDriver, rows_of
from pydantic import SecretStr

from coodie import aio
from coodie.cql.literal import LONGEST, REDACTED, literal
from coodie.cql.statement import BatchStatement
from coodie.drivers import register_driver
from coodie.duration import CqlDuration
from coodie.exceptions import DocumentNotFound, InvalidQueryError, MultipleDocumentsFound, ServerRejected
from coodie.execution import observe
from coodie.fields import ClusteringKey, Indexed, PrimaryKey
from coodie.observation import SAMPLE_ROWS, Observation, describe
from coodie.operations.page_tokens import seal
from coodie.operations.query import ROWS, WRITING, Query
from coodie.sync import Document

HIDDEN = "hush"


class Account(Document):
    owner: Annotated[int, PrimaryKey()]
    number: Annotated[int, ClusteringKey()] = 0
    city: Annotated[str, Indexed()] = ""
    pin: SecretStr | None = None


class Vault(Document):
    key: Annotated[SecretStr, PrimaryKey()]
    content: Annotated[SecretStr | None, Indexed()] = None


class TestQuerySets:
    @pytest.mark.parametrize(
        "step",
        [
            lambda query: query.filter(number=1),
            lambda query: query.limit(5),
            lambda query: query.per_partition_limit(5),
            lambda query: query.order_by("number"),
            lambda query: query.allow_filtering(),
            lambda query: query.fetch_size(5),
            lambda query: query.page(seal(b"x")),
            lambda query: query.consistency("ONE"),
            lambda query: query.timeout(5),
            lambda query: query.ttl(5),
            lambda query: query.timestamp(5),
            lambda query: query.bypass_cache(),
            lambda query: query.values("city"),
            lambda query: query.values_list("city"),
        ],
    )
    def test_each_step_makes_a_new_one(self, step):
        query = Account.find(owner=1)
        before = query._query.replace()
        after = step(query)
        assert after is not query
        assert query._query == before
        assert after._query != before
        assert type(after) is type(query)

    def test_a_query_value_cannot_be_changed(self):
        query = Query().replace(limit=5)
        with pytest.raises(AttributeError, match="immutable"):
            query.limit = 6
        assert query.limit == 5
        assert query == Query().replace(limit=5)
        assert query != Query()

    def test_what_makes_no_sense_is_refused_and_named(self):
        query = Query().replace(ttl=5, limit=3, order=())
        with pytest.raises(InvalidQueryError, match=r"all\(\) makes no sense with ttl"):
            query.only_for("all", ROWS)
        with pytest.raises(InvalidQueryError, match=r"delete\(\) makes no sense with limit, order_by, ttl"):
            query.only_for("delete", WRITING)
        query.only_for("anything", frozenset({"ttl", "limit", "order"}))

    def test_a_page_token_can_be_taken_back(self):
        assert Account.find().page(seal(b"x")).page(None)._query.paging_state is None

    @pytest.mark.parametrize(
        ("query", "size"),
        [(lambda: Account.find().fetch_size(1), 1), (lambda: Account.find().fetch_size(5), 5)],
    )
    def test_one_sees_a_second_row_whatever_the_page_size(self, registry, query, size):  # noqa: ARG002
        class Paging(MemoryDriver):
            """Cuts its answer to the page that was asked for, as a server does."""

            def _next(self, statement):
                rows = super()._next(statement)
                wanted = statement.options.fetch_size or len(rows.tuples)
                more = len(rows.tuples) > wanted
                return rows._replace(tuples=rows.tuples[:wanted], paging_state=b"x" if more else None)

        types = {"owner": "int", "number": "int"}
        register_driver("default", Paging(rows_of(types, (1, 1), (1, 2)), rows_of(types, (1, 2))))
        try:
            found = query().one()
        except (MultipleDocumentsFound, InvalidQueryError):
            return
        pytest.fail(f"a second row was not seen: {found}")

    def test_not_found_and_several_say_what_was_asked(self, memory):
        with pytest.raises(DocumentNotFound, match="no Account answers owner = 7"):
            Account.find(owner=7).one()
        with pytest.raises(DocumentNotFound, match="there is no Account with owner=7, number=1"):
            Account.get(owner=7, number=1)
        memory.answer(rows_of({"owner": "int"}, (1,), (2,)))
        with pytest.raises(MultipleDocumentsFound, match="several Account answer city = 'x'"):
            Account.find(city="x").one()
        assert Account.find_one(city="x") is None


class TestExplain:
    def test_names_partitions(self):
        explained = Account.find(owner__in=[1, 2], number__gt=5).explain()
        assert explained.cql.endswith('WHERE "owner" IN ? AND "number" > ?')
        assert explained.params == ([1, 2], 5)
        assert explained.partitions == ({"owner": 1}, {"owner": 2})
        assert explained.warnings == ()

    def test_names_at_most_a_hundred(self):
        assert len(Account.find(owner__in=range(5000)).explain().partitions) == 100

    @pytest.mark.parametrize(
        ("query", "warning"),
        [
            (Account.find, "full scan: every partition of account"),
            (lambda: Account.find(number=1).allow_filtering(), "ALLOW FILTERING"),
            (lambda: Account.find(city="x"), "index account_city_idx without a partition key"),
        ],
    )
    def test_warns(self, query, warning):
        assert any(warning in each for each in query().explain().warnings)

    def test_is_readable(self):
        text = str(Account.find(city="x").explain())
        assert "SELECT" in text
        assert "parameters: ['x']" in text
        assert "partitions: not named" in text
        assert "warning: index" in text

    def test_sends_nothing_and_is_plain_in_both_colours(self, memory):
        class Other(aio.Document):
            owner: Annotated[int, PrimaryKey()]

        assert Other.find(owner=1).explain().cql == 'SELECT "owner" FROM "ks"."other" WHERE "owner" = ?'
        Account.find(owner=1).explain()
        assert memory.sent == []

    def test_refuses_what_the_query_itself_would_refuse(self):
        with pytest.raises(InvalidQueryError):
            Account.find(number=1).explain()
        with pytest.raises(InvalidQueryError, match="ttl"):
            Account.find().ttl(5).explain()

    def test_hides_secrets(self):
        assert HIDDEN not in str(Vault.find(key=HIDDEN).explain())
        assert HIDDEN not in str(Vault.find(key__in=[HIDDEN]).explain())
        assert HIDDEN not in repr(Account.find(owner=1, pin=HIDDEN).allow_filtering().explain())


class TestLiterals:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (None, "null"),
            (True, "true"),
            (False, "false"),
            (5, "5"),
            (-1.5, "-1.5"),
            (Decimal("1.10"), "1.10"),
            ("it's", "'it''s'"),
            ("", "''"),
            (b"\x00\xff", "0x00ff"),
            (bytearray(b"a"), "0x61"),
            (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
            (dt.datetime(2026, 1, 2, 3, 4, 5, 678_900, dt.UTC), "'2026-01-02 03:04:05.678+00:00'"),
            (dt.date(2026, 1, 2), "'2026-01-02'"),
            (dt.time(1, 2, 3), "'01:02:03'"),
            (ipaddress.ip_address("::1"), "'::1'"),
            (CqlDuration(1, 2, 3), "1mo2d3ns"),
            ([1, "a"], "[1, 'a']"),
            ((1, None), "(1, null)"),
            ({"b", "a"}, "{'a', 'b'}"),
            (frozenset({2}), "{2}"),
            ({"a": [1], "b": None}, "{'a': [1], 'b': null}"),
            ([], "[]"),
            ({}, "{}"),
        ],
    )
    def test_are_written_as_cql(self, value, text):
        assert literal(value) == text

    @pytest.mark.parametrize("value", ["x" * 10_000, b"x" * 10_000, list(range(10_000)), {"a" * 10_000: 1}])
    def test_are_cut_when_long(self, value):
        text = literal(value)
        assert len(text) == LONGEST
        assert text.endswith("…")


class TestObservations:
    @staticmethod
    def observed(action) -> Observation:
        seen: list[Observation] = []
        with observe(seen.append), contextlib.suppress(ServerRejected):
            action()
        return seen[0]

    def test_a_record_holds_everything_and_is_json(self, memory):
        memory.consistency = "LOCAL_ONE"
        page = rows_of(
            {"owner": "int", "city": "text"}, (1, "x"), state=b"x", warnings=("slow",), coordinator="n1"
        )
        memory.answer(page)
        record = describe(self.observed(lambda: Account.find(owner=1).consistency("ONE").paged_all()))
        assert json.loads(json.dumps(record)) == record
        assert (
            record["cql"] == 'SELECT "owner", "number", "city", "pin" FROM "ks"."account" WHERE "owner" = ?'
        )
        assert record["params"] == [{"name": "owner", "type": "int", "value": "1"}]
        assert record["partitions"] == [{"owner": "1"}]
        assert record["rows"] == {
            "columns": ["owner", "city"],
            "types": ["int", "text"],
            "sample": [["1", "'x'"]],
            "count": 1,
            "more": True,
        }
        expected = {
            "kind": "SELECT",
            "keyspace": "ks",
            "table": "account",
            "scan": False,
            "filtering": False,
            "conditional": False,
            "warnings": ["slow"],
            "consistency": "ONE",
            "connection": "default",
            "driver": "memory",
            "coordinator": "n1",
            "error": None,
            "children": [],
        }
        assert {key: record[key] for key in expected} == expected
        assert record["ms"] >= 0

    def test_a_sample_is_bounded(self, memory):
        memory.answer(rows_of({"owner": "int"}, *((number,) for number in range(500))))
        rows = describe(self.observed(lambda: Account.find().paged_all()))["rows"]
        assert len(rows["sample"]) == SAMPLE_ROWS
        assert rows["count"] == 500

    def test_an_error_is_named(self, memory):
        memory.answer(ServerRejected("no such thing"))
        record = describe(self.observed(lambda: Account.find().all()))
        assert record["error"] == {"type": "ServerRejected", "message": "no such thing"}
        assert record["rows"] is None

    def test_a_batch_tells_its_statements(self, memory):
        Account(owner=1).save()
        Account(owner=2).delete()
        save, delete = memory.sent
        batch = BatchStatement((save, delete, save), "UNLOGGED")
        record = describe(Observation(batch, None, None, 0.0, 0.001, "main", "memory"))
        assert record["cql"] == (
            f"BEGIN UNLOGGED BATCH\n  {save.cql};\n  {delete.cql};\n  {save.cql};\nAPPLY BATCH"
        )
        assert record["kind"] == "BATCH"
        assert record["partitions"] == [{"owner": "1"}, {"owner": "2"}]
        assert [child["kind"] for child in record["children"]] == ["INSERT", "DELETE", "INSERT"]
        assert json.loads(json.dumps(record)) == record

    @pytest.mark.parametrize(
        "action",
        [
            lambda: Account(owner=1, pin=HIDDEN).save(),
            lambda: Account(owner=1, pin=HIDDEN).insert(),
            lambda: Account(owner=1).update(pin=HIDDEN),
            lambda: Account(owner=1).update(city="x", if_conditions={"pin": HIDDEN}),
            lambda: Account.find(owner=1, pin=HIDDEN).allow_filtering().paged_all(),
            lambda: Account.find(owner=1, pin__in=[HIDDEN]).allow_filtering().paged_all(),
            lambda: Vault(key=HIDDEN, content=HIDDEN).save(),
            lambda: Vault(key=HIDDEN).delete(),
            lambda: Vault.find(key=HIDDEN).paged_all(),
            lambda: Vault.find(key__in=[HIDDEN, "other"]).paged_all(),
            lambda: Vault.find(content=HIDDEN).paged_all(),
        ],
    )
    def test_a_secret_is_never_written_down(self, memory, action):
        memory.answer(rows_of({"key": "text", "content": "text", "pin": "text"}))
        record = describe(self.observed(action))
        assert HIDDEN not in json.dumps(record, ensure_ascii=False)
        assert REDACTED in json.dumps(record, ensure_ascii=False)

    def test_a_secret_that_comes_back_is_not_written_down(self, memory):
        memory.answer(rows_of({"key": "text", "content": "text"}, ("k", HIDDEN)))
        record = describe(self.observed(lambda: Vault.find().paged_all()))
        assert record["rows"]["sample"] == [[REDACTED, REDACTED]]
        memory.answer(rows_of({"[applied]": "boolean", "owner": "int", "pin": "text"}, (False, 1, HIDDEN)))
        record = describe(self.observed(lambda: Account(owner=1).insert()))
        assert record["rows"]["sample"] == [["false", "1", REDACTED]]

    def test_a_secret_of_a_batch_is_not_written_down(self, memory):
        Account(owner=1, pin=HIDDEN).save()
        Vault(key=HIDDEN).save()
        record = describe(
            Observation(BatchStatement(tuple(memory.sent)), None, None, 0.0, 0.0, "m", "memory")
        )
        assert HIDDEN not in json.dumps(record)

    @pytest.mark.parametrize(
        "action",
        [
            lambda: Vault.get(key=HIDDEN),
            lambda: Vault.find(key=HIDDEN).one(),
            lambda: Account.find(owner=1, pin=[HIDDEN]).allow_filtering().all(),
            lambda: Account.find(owner=1, pin__in=HIDDEN).allow_filtering().all(),
        ],
    )
    def test_a_secret_is_not_in_an_error(self, memory, action):  # noqa: ARG002
        with pytest.raises((DocumentNotFound, InvalidQueryError)) as raised:
            action()
        assert HIDDEN not in str(raised.value)
