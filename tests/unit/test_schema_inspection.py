"""A class to a table: roles, aliases, inheritance, settings; and every refusal names class, field and reason."""

# ruff: noqa: RUF012 - pydantic copies a default for each document

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Optional
from uuid import UUID, uuid4

import pydantic
import pytest

from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError
from coodie.fields import BigInt, ClusteringKey, Column, Counter, Frozen, Indexed, PrimaryKey, Static
from coodie.schema import IndexDefinition, build_schema, table_of
from coodie.sync import Document

Key = Annotated[int, PrimaryKey()]


def names(columns: Any) -> list[str]:
    return [column.name for column in columns]


class TestColumns:
    def test_keep_the_order_of_the_fields_and_the_keys_their_own(self):
        class Model(Document):
            value: str
            late: Annotated[int, ClusteringKey(clustering_key_index=1)]
            second: Annotated[int, PrimaryKey(partition_key_index=1)]
            early: Annotated[int, ClusteringKey("DESC", 0)]
            first: Annotated[int, PrimaryKey(0)]

        table = table_of(Model)
        assert names(table.columns) == ["value", "late", "second", "early", "first"]
        assert names(table.partition_key) == ["first", "second"]
        assert names(table.clustering_key) == ["early", "late"]
        assert names(table.primary_key) == ["first", "second", "early", "late"]
        assert table.key_fields == {"first", "second", "early", "late"}
        assert [column.order for column in table.clustering_key] == ["DESC", "ASC"]
        assert names(build_schema(Model)) == names(table.columns)

    def test_have_roles_and_say_what_they_admit(self):
        class Model(Document):
            id: Key
            at: Annotated[int, ClusteringKey()]
            shared: Annotated[str | None, Static()] = None
            secret: pydantic.SecretStr = pydantic.SecretStr("")
            plain: int = 3

        roles = {column.field: column.role for column in table_of(Model).columns}
        assert roles == {
            "id": "partition_key",
            "at": "clustering",
            "shared": "static",
            "secret": "regular",
            "plain": "regular",
        }
        column = table_of(Model).by_field
        assert column["shared"].nullable
        assert not column["plain"].nullable
        assert column["plain"].has_default
        assert not column["id"].has_default
        assert column["secret"].secret
        assert column["id"].in_key
        assert not column["shared"].in_key

    def test_a_marker_counts_wherever_optional_stands(self):
        class Model(Document):
            id: Key
            one: Optional[Annotated[str, Indexed(), Column("uno")]] = None  # noqa: UP045
            two: Annotated[str | None, Indexed(), Column("due")] = None
            three: Annotated[int, BigInt()] | None = None

        table = table_of(Model)
        assert names(table.columns) == ["id", "uno", "due", "three"]
        assert [index.column for index in table.indexes] == ["uno", "due"]
        assert str(table.column("three").type) == "bigint"
        assert all(table.column(field).nullable for field in ("one", "two", "three"))

    def test_an_alias_names_the_column_and_column_wins_over_it(self):
        class Model(Document):
            id: Key
            one: str = pydantic.Field("", alias="eins")
            two: Annotated[str, Column("due")] = pydantic.Field("", alias="zwei")
            three: str = pydantic.Field("", validation_alias=pydantic.AliasChoices("drei", "tre"))

        table = table_of(Model)
        assert names(table.columns) == ["id", "eins", "due", "three"]
        assert [column.alias for column in table.columns] == ["id", "eins", "zwei", "drei"]
        assert table.column("one") is table.column("eins")
        assert table.column("two") is table.column("due") is table.column("zwei")

    def test_postponed_annotations_are_resolved_where_the_class_can(self):
        class Model(Document):
            id: Key
            others: list[Later] = []

        class Later(Enum):
            A = "a"

        Model.model_rebuild(_types_namespace={"Later": Later})
        assert str(table_of(Model).column("others").type) == "list<text>"

    def test_an_unknown_column_names_the_nearest(self):
        class Model(Document):
            id: Key
            colour: str = ""

        with pytest.raises(InvalidQueryError, match=r"Model has no column 'color'; did you mean 'colour'\?"):
            table_of(Model).column("color")
        with pytest.raises(InvalidQueryError, match="it has id, colour"):
            table_of(Model).column("zzz")

    def test_a_table_is_made_once_per_class(self):
        class Model(Document):
            id: Key

        class Child(Model):
            more: int = 0

        assert table_of(Model) is table_of(Model)
        assert table_of(Child) is not table_of(Model)
        assert names(table_of(Model).columns) == ["id"]
        assert names(table_of(Child).columns) == ["id", "more"]


class TestIndexes:
    def test_are_named_after_table_column_and_target(self):
        class Model(Document):
            id: Key
            tags: Annotated[dict[str, int], Indexed(target="keys"), Indexed(target="values")] = {}
            plain: Annotated[int, Indexed()] = 0
            odd: Annotated[int, Indexed(), Column("odd name!")] = 0
            own: Annotated[int, Indexed(index_name="mine", using="sai", options={"a": "b"})] = 0

        assert table_of(Model).indexes == (
            IndexDefinition("model_tags_keys_idx", "tags", "keys"),
            IndexDefinition("model_tags_values_idx", "tags", "values"),
            IndexDefinition("model_plain_idx", "plain"),
            IndexDefinition("model_odd_name__idx", "odd name!"),
            IndexDefinition("mine", "own", None, "sai", (("a", "b"),)),
        )


class TestInheritance:
    def test_fields_come_from_bases_and_mixins(self):
        class Stamped(pydantic.BaseModel):
            made: Annotated[int, BigInt()] = 0

        class Base(Document):
            id: Annotated[UUID, PrimaryKey()] = pydantic.Field(default_factory=uuid4)

            class Settings:
                __abstract__ = True
                keyspace = "shop"
                __options__ = {"comment": "x"}

        class Model(Base, Stamped):
            name: str = ""

        table = table_of(Model)
        assert set(names(table.columns)) == {"id", "made", "name"}
        assert str(table.column("made").type) == "bigint"
        assert (table.name, table.keyspace, table.options) == ("model", "shop", {"comment": "x"})

    def test_an_abstract_base_has_no_table_and_its_subclasses_have(self):
        class Base(Document):
            class Settings:
                abstract = True

        with pytest.raises(InvalidQueryError, match="Base is abstract"):
            table_of(Base)

        class Model(Base):
            id: Key

        assert Model.table_name() == "model"

    def test_a_subclass_is_a_table_of_its_own(self):
        class Model(Document):
            id: Key

            class Settings:
                name = "models"
                connection = "other"
                default_ttl = 5

        class Child(Model):
            pass

        class Named(Model):
            class Settings(Model.Settings):
                name = "named"
                default_ttl = 6

        assert (Child.table_name(), table_of(Child).connection, table_of(Child).default_ttl) == (
            "child",
            "other",
            5,
        )
        assert (Named.table_name(), table_of(Named).connection, table_of(Named).default_ttl) == (
            "named",
            "other",
            6,
        )
        assert table_of(Model).default_ttl == 5

    def test_a_field_of_a_subclass_replaces_that_of_the_base(self):
        class Model(Document):
            id: Key
            value: int = 0

        class Child(Model):
            value: str = ""  # type: ignore[assignment]

        assert str(table_of(Child).column("value").type) == "text"
        assert str(table_of(Model).column("value").type) == "int"


def with_settings(settings: dict[str, Any]) -> type[Document]:
    inner = type("Settings", (), settings | {"__qualname__": "Model.Settings"})
    body = {
        "Settings": inner,
        "__annotations__": {"id": Key},
        "__module__": __name__,
        "__qualname__": "Model",
    }
    return type("Model", (Document,), body)


class TestSettings:
    @pytest.mark.parametrize("spelling", ["{}", "__{}__"])
    def test_are_understood_with_and_without_underscores(self, spelling):
        values = {"default_ttl": 60, "options": {"comment": "x"}}
        body = {spelling.format(name): value for name, value in values.items()}
        settings = body | {"name": "t", "keyspace": "k", "connection": "c"}
        made = with_settings(settings)
        table = table_of(made)
        assert (table.name, table.keyspace, table.connection) == ("t", "k", "c")
        assert (table.default_ttl, table.options) == (60, {"comment": "x"})

    @pytest.mark.parametrize(
        ("setting", "hint"),
        [
            ("keyspce", "did you mean 'keyspace'"),
            ("table_name", "Settings has no setting 'table_name'"),
            ("__default_tll__", "did you mean 'default_ttl'"),
            ("whatever", "known are name"),
        ],
    )
    def test_a_misspelt_one_is_an_error_that_names_the_nearest(self, setting, hint):
        settings = {setting: "x"}
        made = with_settings(settings)
        with pytest.raises(InvalidQueryError, match=hint) as raised:
            table_of(made)
        assert "Model" in str(raised.value)

    @pytest.mark.parametrize(
        ("setting", "value"),
        [
            ("default_ttl", -1),
            ("default_ttl", 630_720_001),
            ("default_ttl", "60"),
            ("default_ttl", True),
            ("default_ttl", 1.5),
            ("name", "a b"),
            ("name", "x" * 49),
            ("name", 5),
            ("keyspace", "a-b"),
            ("keyspace", 5),
            ("options", 5),
            ("options", ["comment"]),
        ],
    )
    def test_a_value_that_cannot_be_is_an_error_that_names_the_class(self, setting, value):
        settings = {setting: value}
        made = with_settings(settings)
        with pytest.raises(InvalidQueryError, match="Model"):
            table_of(made)


def model(**fields: Any) -> type[Document]:
    body = {"__annotations__": dict(fields), "__module__": __name__, "__qualname__": "Model"}
    return type("Model", (Document,), body)


class TestRules:
    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"a": int}, r"Model has no partition key.*PrimaryKey\(\)"),
            ({"a": Key, "b": Key}, "Model: a, b share a partition_key_index"),
            (
                {"a": Key, "b": Annotated[int, ClusteringKey()], "c": Annotated[int, ClusteringKey()]},
                "Model: b, c share a clustering_key_index",
            ),
            (
                {"a": Annotated[int, PrimaryKey(), ClusteringKey()]},
                "Model.a cannot be partition_key and clustering",
            ),
            (
                {
                    "a": Key,
                    "b": Annotated[int, ClusteringKey()],
                    "c": Annotated[int, Static(), ClusteringKey()],
                },
                "Model.c cannot be",
            ),
            ({"a": Annotated[list[int], PrimaryKey()]}, r"Model.a.*list<int>.*Frozen\(\)"),
            ({"a": Key, "b": Annotated[dict[str, int], ClusteringKey()]}, "Model.b.*map<text, int>"),
            ({"a": Annotated[CqlDuration, PrimaryKey()]}, "Model.a.*duration"),
            ({"a": Annotated[list[CqlDuration], Frozen(), PrimaryKey()]}, "Model.a.*duration"),
            ({"a": Key, "b": Annotated[int, Static()]}, "Model.b.*clustering key"),
            ({"a": Key, "b": Annotated[int, Column("c")], "c": int}, "Model: b and c are both column 'c'"),
            ({"a": Key, "b": Annotated[int, Counter()], "c": int}, r"Model.c.*Counter\(\) columns only"),
            ({"a": Key, "b": object}, "Model.b: object cannot be stored"),
            ({"a": Key, "b": dict[str, complex]}, "Model.b.*complex"),
            ({"a": Key, "b": Annotated[str, BigInt()]}, r"Model.b: BigInt\(\)"),
            ({"a": Key, "b": Annotated[int, Column("")]}, r"Model\.b.*identifier"),
            ({"a": Key, "b": Annotated[int, Column("x\0")]}, r"Model\.b.*identifier"),
            ({"a": Key, "b": Annotated[int, Indexed(index_name="a b")]}, r"Model\.b.*index"),
        ],
    )
    def test_each_names_class_field_and_reason(self, fields, says):
        with pytest.raises(InvalidQueryError, match=says):
            table_of(model(**fields))

    def test_a_frozen_collection_may_be_a_key(self):
        table = table_of(model(a=Annotated[list[int], Frozen(), PrimaryKey()]))
        assert str(table.partition_key[0].type) == "frozen<list<int>>"

    def test_an_error_comes_back_at_every_use(self):
        broken = model(a=int)
        for _ in range(2):
            with pytest.raises(InvalidQueryError, match="partition key"):
                table_of(broken)


@pytest.mark.parametrize(
    "name", ["at", "table", "adopt", "is_key", "keys", "filters", "model", "name", "order", "query"]
)
def test_a_field_may_be_called_what_the_application_likes(name):
    """Only the public methods of `Document` are taken."""
    made = model(id=Key, **{name: int})
    assert made.find(**{name: 1}).allow_filtering().explain().params == (1,)
