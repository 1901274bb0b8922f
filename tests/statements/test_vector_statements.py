"""The exact CQL of vectors, indexes and searches, for both servers.

What stands here for Cassandra runs on a server in `features/library/vectors`. What stands here for ScyllaDB was not
run: it is written from ScyllaDB's documentation and from its grammar.
"""

from typing import Annotated

import pytest
from memory_driver import rows_of

from coodie.cql.ddl.index import create_index
from coodie.cql.ddl.table import create_table
from coodie.cql.dialect import Dialect, Target
from coodie.exceptions import InvalidQueryError
from coodie.fields import ClusteringKey, Indexed, PrimaryKey, Vector, VectorIndex
from coodie.operations.indexes import match_indexes
from coodie.operations.introspection import LiveIndex, LiveTable
from coodie.schema import table_of
from coodie.sync import Document

CASSANDRA, SCYLLA = Target("ks", Dialect.CASSANDRA, "5.0.9"), Target("ks", Dialect.SCYLLA, "2026.2.1")
V = [1.0, 0.0, 0.5]


class Note(Document):
    """Notes of users, found by their meaning among all."""

    user: Annotated[str, PrimaryKey()]
    day: Annotated[int, ClusteringKey()]
    kind: str = ""
    meaning: Annotated[
        list[float] | None,
        Vector(dimensions=3),
        VectorIndex("DOT_PRODUCT", "by_meaning", filter_columns=["kind"]),
    ] = None


class Memo(Document):
    """Notes of users, found by their meaning among those of one user."""

    user: Annotated[str, PrimaryKey()]
    day: Annotated[int, ClusteringKey()]
    meaning: Annotated[
        list[float] | None,
        Vector(dimensions=3),
        VectorIndex(
            local=True,
            filter_columns=["day"],
            maximum_node_connections=32,
            construction_beam_width=256,
            search_beam_width=100,
            quantization="i8",
            oversampling=2.5,
            rescoring=True,
        ),
    ] = None


class Plain(Document):
    """One column of each, and an index without options."""

    id: Annotated[int, PrimaryKey()]
    meaning: Annotated[list[float] | None, Vector(dimensions=3), VectorIndex()] = None
    counts: Annotated[list[int] | None, Vector(dimensions=2)] = None


def index_of(model):
    table = table_of(model)
    return table, table.indexes[0]


class TestTables:
    def test_a_vector_column(self):
        assert create_table(table_of(Plain), "ks").text == (
            'CREATE TABLE IF NOT EXISTS "ks"."plain" ("id" int, "meaning" vector<float, 3>, "counts" vector<int, 2>, '
            'PRIMARY KEY (("id")))'
        )


class TestIndexes:
    @pytest.mark.parametrize(
        ("model", "server", "text"),
        [
            (
                Plain,
                CASSANDRA,
                (
                    'CREATE CUSTOM INDEX IF NOT EXISTS "plain_meaning_idx" ON "ks"."plain" ("meaning") USING \'sai\' '
                    "WITH OPTIONS = {'similarity_function': 'COSINE'}"
                ),
            ),
            (
                Plain,
                SCYLLA,
                (
                    'CREATE CUSTOM INDEX IF NOT EXISTS "plain_meaning_idx" ON "ks"."plain" ("meaning") '
                    "USING 'vector_index' WITH OPTIONS = {'similarity_function': 'COSINE'}"
                ),
            ),
            (
                Note,
                SCYLLA,
                (
                    'CREATE CUSTOM INDEX IF NOT EXISTS "by_meaning" ON "ks"."note" ("meaning", "kind") '
                    "USING 'vector_index' WITH OPTIONS = {'similarity_function': 'DOT_PRODUCT'}"
                ),
            ),
            (
                Memo,
                SCYLLA,
                (
                    'CREATE CUSTOM INDEX IF NOT EXISTS "memo_meaning_idx" ON "ks"."memo" (("user"), "meaning", "day") '
                    "USING 'vector_index' WITH OPTIONS = {'similarity_function': 'COSINE', "
                    "'construction_beam_width': '256', 'maximum_node_connections': '32', 'oversampling': '2.5', "
                    "'quantization': 'i8', 'rescoring': 'true', 'search_beam_width': '100'}"
                ),
            ),
        ],
    )
    def test_create(self, model, server, text):
        table, index = index_of(model)
        assert create_index(table, "ks", index, server).text == text

    @pytest.mark.parametrize("model", [Note, Memo])
    def test_cassandra_refuses_what_it_has_not(self, model):
        table, index = index_of(model)
        with pytest.raises(InvalidQueryError, match="exists on ScyllaDB only; this server is Cassandra"):
            create_index(table, "ks", index, CASSANDRA)

    def test_scylla_refuses_what_it_has_not(self):
        class Tuned(Document):
            id: Annotated[int, PrimaryKey()]
            v: Annotated[list[float], Vector(dimensions=2), VectorIndex(optimize_for="recall")]

        table, index = index_of(Tuned)
        with pytest.raises(
            InvalidQueryError, match=r"Tuned\.v: VectorIndex\(optimize_for\) exists on Cassandra only"
        ):
            create_index(table, "ks", index, SCYLLA)

    def test_ranges_are_those_of_the_server(self):
        class Wide(Document):
            id: Annotated[int, PrimaryKey()]
            v: Annotated[list[float], Vector(dimensions=2), VectorIndex(construction_beam_width=4096)]

        table, index = index_of(Wide)
        assert "'construction_beam_width': '4096'" in create_index(table, "ks", index, SCYLLA).text
        with pytest.raises(InvalidQueryError, match="from 1 to 3200 on Cassandra, not 4096"):
            create_index(table, "ks", index, CASSANDRA)

    @pytest.mark.parametrize("columns", [["knd"], ["meaning"], "kind"])
    def test_filter_columns_are_plain_columns(self, columns):
        def model():
            class Odd(Document):
                id: Annotated[int, PrimaryKey()]
                kind: str = ""
                meaning: Annotated[list[float], Vector(dimensions=2), VectorIndex(filter_columns=columns)]

            return table_of(Odd)

        with pytest.raises(InvalidQueryError, match=r"VectorIndex\(filter_columns\)"):
            model()


def live(target, options, kind="vector_index", name="by_hand"):
    return LiveTable({}, {name: LiveIndex(name, target, kind, options)})


class TestLiveIndexes:
    """As ScyllaDB writes them: a JSON target where there is more than the vector."""

    @pytest.mark.parametrize(
        ("model", "there"),
        [
            (Plain, live("meaning", {})),
            (Plain, live("meaning", {"similarity_function": "cosine", "maximum_node_connections": "16"})),
            (Plain, live("meaning", {"oversampling": "1.0", "source_model": "any"})),
            (Note, live('{"tc":"meaning","fc":["kind"]}', {"similarity_function": "dot_product"})),
            (
                Memo,
                live(
                    '{"tc":"meaning","pk":["user"],"fc":["day"]}',
                    {
                        "similarity_function": "COSINE",
                        "construction_beam_width": "256",
                        "maximum_node_connections": "32",
                        "oversampling": "2.50",
                        "quantization": "I8",
                        "rescoring": "True",
                        "search_beam_width": "100",
                    },
                ),
            ),
        ],
    )
    def test_the_same(self, model, there):
        matched = match_indexes(table_of(model), there, SCYLLA)
        assert [name for _, name in matched.pairs] == ["by_hand"]
        assert (matched.unclaimed, matched.changed) == ({}, {})

    @pytest.mark.parametrize(
        ("model", "there"),
        [
            (Plain, live("meaning", {"similarity_function": "EUCLIDEAN"})),
            (Plain, live("meaning", {"quantization": "f16"})),
            (Note, live("meaning", {"similarity_function": "dot_product"})),
            (
                Note,
                live('{"tc":"meaning","pk":["user"],"fc":["kind"]}', {"similarity_function": "DOT_PRODUCT"}),
            ),
        ],
    )
    def test_one_that_was_made_otherwise(self, model, there):
        matched = match_indexes(table_of(model), there, SCYLLA)
        assert [name for _, name in matched.pairs] == [None]
        assert list(matched.changed.values()) == ["by_hand"]
        assert matched.unclaimed == {}

    def test_another_kind_of_index_is_not_one_of_vectors(self):
        matched = match_indexes(table_of(Plain), live("meaning", {}, kind=None), SCYLLA)
        assert (list(matched.unclaimed), matched.changed) == (["by_hand"], {})


COLUMNS = '"user", "day", "kind", "meaning"'


class TestSearches:
    def test_nearest(self, memory):
        Note.find().order_by_ann("meaning", V).limit(3).all()
        assert memory.only.cql == f'SELECT {COLUMNS} FROM "ks"."note" ORDER BY "meaning" ANN OF ? LIMIT ?'
        vector, limit = memory.only.params
        assert (list(vector), limit) == (V, 3)
        assert memory.only.options.fetch_size == 3
        assert [tuple(marker) for marker in memory.only.shape.markers] == [
            ("meaning", "vector<float, 3>", False),
            ("limit", "int", False),
        ]

    def test_one_text_for_all_vectors(self, memory):
        for number in (1, 2):
            Note.find().order_by_ann("meaning", [number, 0, 0]).limit(number).all()
        assert len(set(memory.texts)) == 1

    def test_within_a_partition_with_scores(self, memory):
        types = {
            "user": "text",
            "day": "int",
            "kind": "text",
            "meaning": "vector<float, 3>",
            "score": "float",
        }
        memory.answer(rows_of(types, ("ada", 1, "x", V, 0.75), ("ada", 2, "x", V, 0.5)))
        query = Note.find(user="ada", day__gt=0).order_by_ann("meaning", V).limit(2)
        found = query.with_scores(min_score=0.6).all()
        assert [(note.day, score) for note, score in found] == [(1, 0.75)]
        assert memory.only.cql == (
            f'SELECT {COLUMNS}, similarity_dot_product("meaning", ?) FROM "ks"."note" '
            'WHERE "user" = ? AND "day" > ? ORDER BY "meaning" ANN OF ? LIMIT ?'
        )
        assert memory.only.params[1:3] == ("ada", 0)
        assert memory.only.params[0] == memory.only.params[3]
        assert memory.only.shape.partition == (("user", 1),)

    def test_scylla_filters_by_key_and_filter_columns(self, scylla):
        scylla.speak(Dialect.SCYLLA, "2026.2")
        Note.find(user="ada", kind="x").allow_filtering().order_by_ann("meaning", V).limit(5).all()
        assert scylla.only.cql == (
            f'SELECT {COLUMNS} FROM "ks"."note" WHERE "user" = ? AND "kind" = ? ORDER BY "meaning" ANN OF ? LIMIT ? '
            "ALLOW FILTERING"
        )

    def test_scylla_searches_a_local_index_in_its_partition(self, scylla):
        Memo.find(user="ada", day=3).order_by_ann("meaning", V).limit(5).all()
        assert scylla.only.cql == (
            'SELECT "user", "day", "meaning" FROM "ks"."memo" WHERE "user" = ? AND "day" = ? '
            'ORDER BY "meaning" ANN OF ? LIMIT ?'
        )

    @pytest.mark.parametrize(
        ("search", "reason"),
        [
            (lambda: Memo.find().order_by_ann("meaning", V), "is local, so a search needs the partition key"),
            (lambda: Note.find(user="ada").order_by_ann("meaning", V), "say allow_filtering"),
        ],
    )
    def test_scylla_refuses(self, scylla, search, reason):
        with pytest.raises(InvalidQueryError, match=reason):
            search().limit(5).all()
        assert scylla.sent == []

    def test_scylla_before_its_searches(self, scylla):
        scylla.speak(Dialect.SCYLLA, "2025.1.3")
        with pytest.raises(InvalidQueryError, match=r"order_by_ann\(\) needs ScyllaDB 2025.4 or newer"):
            Memo.find(user="ada").order_by_ann("meaning", V).limit(5).all()

    def test_scylla_before_its_scores(self, scylla):
        scylla.speak(Dialect.SCYLLA, "2026.1")
        with pytest.raises(
            InvalidQueryError, match=r"with_scores\(\) needs ScyllaDB 2026.2 or newer; this server is 2026.1"
        ):
            Memo.find(user="ada").order_by_ann("meaning", V).limit(5).with_scores().all()

    def test_cassandra_refuses_a_set_of_partitions(self, memory):
        with pytest.raises(InvalidQueryError, match="the whole partition key with ="):
            Note.find(user__in=["a", "b"]).order_by_ann("meaning", V).limit(5).all()
        assert memory.sent == []


class Article(Document):
    """Articles found by their words, their meaning, or both."""

    id: Annotated[int, PrimaryKey()]
    text: Annotated[str, Indexed(using="fulltext_index", options={"analyzer": "english"})] = ""
    meaning: Annotated[list[float] | None, Vector(dimensions=3), VectorIndex()] = None


ALL = 'SELECT "id", "text", "meaning" FROM "ks"."article"'


class TestFullTextAndHybrid:
    """ScyllaDB's BM25 is documented from 2026.3 on, RRF from its development version; neither was run here."""

    def test_a_full_text_index(self):
        table, index = table_of(Article), table_of(Article).indexes[0]
        assert create_index(table, "ks", index, SCYLLA).text == (
            'CREATE CUSTOM INDEX IF NOT EXISTS "article_text_idx" ON "ks"."article" ("text") USING \'fulltext_index\' '
            "WITH OPTIONS = {'analyzer': 'english'}"
        )

    def test_by_relevance(self, scylla):
        scylla.speak(Dialect.SCYLLA, "2026.3")
        Article.find().order_by_bm25("text", "fast database").limit(10).all()
        assert scylla.only.cql == f'{ALL} WHERE BM25("text", ?) > 0 ORDER BY BM25("text", ?) LIMIT ?'
        assert scylla.only.params == ("fast database", "fast database", 10)
        assert scylla.only.options.fetch_size == 10

    def test_by_nearness_and_relevance(self, scylla):
        scylla.speak(Dialect.SCYLLA, "2026.3")
        Article.find().order_by_rrf(ann=("meaning", V), bm25=("text", "fast")).limit(10).all()
        assert scylla.only.cql == f'{ALL} ORDER BY RRF(ANN("meaning", ?), BM25("text", ?)) LIMIT ?'
        vector, *rest = scylla.only.params
        assert (list(vector), rest) == (V, ["fast", 10])
        assert [marker.name for marker in scylla.only.shape.markers] == ["meaning", "text", "limit"]

    @pytest.mark.parametrize(
        ("search", "reason"),
        [
            (lambda: Article.find().order_by_bm25("text", "a").all(), r"order_by_bm25\(\) needs limit"),
            (lambda: Article.find().order_by_bm25("text", "a").limit(1001).all(), "from 1 to 1000"),
            (lambda: Article.find(id=1).order_by_bm25("text", "a").limit(1).all(), "takes no filter"),
            (lambda: Article.find().order_by_bm25("text", " "), "words to search for are a text"),
            (lambda: Article.find().order_by_bm25("meaning", "a"), "has no full-text index"),
            (lambda: Article.find().order_by_bm25("text", "a").order_by_ann("meaning", V), "there already"),
            (lambda: Article.find().order_by_bm25("text", "a").limit(1).with_scores().all(), "with_scores"),
        ],
    )
    def test_refusals(self, scylla, search, reason):
        scylla.speak(Dialect.SCYLLA, "2026.3")
        with pytest.raises(InvalidQueryError, match=reason):
            search()
        assert scylla.sent == []

    def test_only_on_scylla_of_that_age(self, memory):
        query = Article.find().order_by_bm25("text", "a").limit(1)
        with pytest.raises(
            InvalidQueryError, match=r"order_by_bm25\(\) exists on ScyllaDB only; this server is Cassandra"
        ):
            query.all()
        memory.speak(Dialect.SCYLLA, "2026.2")
        with pytest.raises(InvalidQueryError, match=r"order_by_bm25\(\) needs ScyllaDB 2026.3 or newer"):
            query.all()

    def test_json_holds_numbers(self, memory):
        Article(id=1, meaning=V).save_json()
        assert '"\\"meaning\\"": [1.0, 0.0, 0.5]' in memory.only.params[0]
