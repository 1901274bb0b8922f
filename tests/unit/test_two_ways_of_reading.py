"""Both ways of reading a row give equal documents, and only what is proven is read without validation."""

# ruff: noqa: RUF012 - pydantic copies a default for each document

from __future__ import annotations

import copy
import datetime as dt
import pickle
import struct
from array import array
from decimal import Decimal
from enum import Enum
from ipaddress import IPv4Address
from typing import Annotated, Any, Literal, Optional
from uuid import UUID

import numpy as np
import pydantic
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from coodie.cqltype import CqlType, parse_cql_type
from coodie.duration import CqlDuration
from coodie.fields import (
    BigInt,
    ClusteringKey,
    Column,
    Double,
    PrimaryKey,
    TimeUUID,
    VarInt,
    Vector,
    VectorIndex,
)
from coodie.rows.reader import Reader, compile_reader
from coodie.rows.rows import no_decoder
from coodie.schema import table_of
from coodie.sync import Document


class Plain(Document):
    """Every kind of column that can be proven."""

    model_config = pydantic.ConfigDict(populate_by_name=True)

    maybe: str | None = None
    key: Annotated[str, PrimaryKey()]
    at: Annotated[dt.datetime, ClusteringKey()]
    whole: int
    big: Annotated[int, BigInt()] = 7
    huge: Annotated[int | None, VarInt()] = None
    single: float
    double: Optional[Annotated[float, Double()]] = None  # noqa: UP045 - a spelling that users have
    exact: Decimal
    flag: bool = False
    blob: bytes = b""
    uuid: UUID
    time_uuid: Annotated[UUID | None, TimeUUID()] = None
    day: dt.date
    time: dt.time | None = None
    length: CqlDuration | None = None
    price: Annotated[int | None, Column("unit price")] = pydantic.Field(None, alias="cost")
    words: set[str] = set()
    numbers: list[Annotated[float, Double()]] = []
    stock: dict[str, int] = {}

    def __hash__(self) -> int:  # what a class does later has no part in reading
        return hash(self.key)


TEXT = st.text(max_size=8)
INT = st.integers(-(2**31), 2**31 - 1)
FLOAT = st.floats(allow_nan=False)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "maybe": TEXT,
    "key": TEXT,
    "at": st.datetimes(timezones=st.just(dt.UTC)),
    "whole": INT,
    "big": INT,
    "huge": st.integers(),
    "single": FLOAT,
    "double": FLOAT,
    "exact": st.decimals(allow_nan=False, allow_infinity=False),
    "flag": st.booleans(),
    "blob": st.binary(max_size=8),
    "uuid": st.uuids(),
    "time_uuid": st.uuids(version=1),
    "day": st.dates(),
    "time": st.times(),
    "length": st.just(CqlDuration(1, 2, 3)),
    "price": INT,
    "words": st.sets(TEXT, max_size=3),
    "numbers": st.lists(FLOAT, max_size=3),
    "stock": st.dictionaries(TEXT, INT, max_size=3),
}
NEEDED = {"key", "at", "whole", "single", "exact", "uuid", "day"}


def reader_of(model: Any, types: dict[str, str] | None = None) -> Reader:
    """Compile the reader of a model's own columns, or of others."""
    columns: dict[str, CqlType] = {column.name: column.type for column in table_of(model).columns}
    if types is not None:
        columns = {name: parse_cql_type(text) for name, text in types.items()}
    return compile_reader(model, tuple(columns), tuple(columns.values()), no_decoder)


def rows(*, nulls: set[str]) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Return a strategy for rows of `Plain`; the columns in `nulls` may be null."""
    columns = [(st.none() | VALUES[name]) if name in nulls else VALUES[name] for name in Plain.model_fields]
    return st.lists(st.tuples(*columns), min_size=1, max_size=3)


def written(document: Any) -> list[tuple[Any, str]]:
    """Return what `repr()` is made of; equal sets may give their elements in another order."""
    return [
        (name, repr(sorted(value) if isinstance(value, set) else value))
        for name, value in document.__repr_args__()
    ]


def everything(document: Any) -> tuple[Any, ...]:
    """Return all that two documents could differ in."""
    fields = document.model_fields_set
    return (
        written(document),
        list(vars(document).items()),
        fields,
        document.model_extra,
        document.model_dump(),
        document.model_dump(exclude_unset=True),
        written(copy.deepcopy(document)),
        pickle.loads(pickle.dumps(document)),  # noqa: S301 - our own
        [type(value) for value in vars(document).values()],
    )


EXAMPLES = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestBothWays:
    @EXAMPLES
    @given(tuples=rows(nulls=set()))
    def test_give_equal_documents(self, tuples):
        reader = reader_of(Plain)
        assert reader.proven is not None
        proven, validated = reader.proven(tuples), reader.validated(tuples)
        assert proven == validated
        assert [everything(each) for each in proven] == [everything(each) for each in validated]

    @EXAMPLES
    @given(tuples=rows(nulls=set(VALUES) - NEEDED))
    def test_are_one_to_the_reader(self, tuples):
        reader = reader_of(Plain)
        plain = Reader(
            reader.validated,
            None,
            reader._nulls,
            list(table_of(Plain).columns),
        )
        assert [everything(each) for each in reader(tuples)] == [everything(each) for each in plain(tuples)]

    def test_a_document_of_either_way_can_be_changed_and_compared(self):
        document = reader_of(Small).proven([(1, {"a"})])[0]  # type: ignore[misc]
        document.tags = {"b"}
        assert document == Small(id=1, tags={"b"})
        with pytest.raises(pydantic.ValidationError):
            document.tags = 5

    def test_null_in_a_column_that_must_have_a_value_is_left_to_validation(self):
        with pytest.raises(pydantic.ValidationError, match="name"):
            reader_of(Named)([(1, "a"), (2, None)])

    def test_null_in_a_column_with_a_default_takes_the_default(self):
        one, two = reader_of(Defaulted)([(1, "a"), (2, None)])
        assert (one.name, two.name, two.model_fields_set) == ("a", "unnamed", {"id"})


class Meant(Document):
    id: Annotated[int, PrimaryKey()]
    plain: Annotated[list[float], Vector(dimensions=3)]
    compact: Annotated[array, Vector(dimensions=3)]  # type: ignore[type-arg]
    wide: Annotated[NDArray[np.float32] | None, Vector(dimensions=3), VectorIndex("COSINE")] = None


@EXAMPLES
@given(
    st.lists(
        st.tuples(st.integers(), *[st.lists(st.floats(width=32), min_size=3, max_size=3)] * 3), max_size=3
    ),
    st.booleans(),
)
def test_vectors_are_unpacked_alike_in_both_ways(drawn, packed):
    tuples = [
        (key, *(struct.pack(">3f", *vector) if packed else vector for vector in vectors))
        for key, *vectors in drawn
    ]
    reader = reader_of(Meant)
    assert reader.proven is not None
    for proven, validated in zip(reader.proven(tuples), reader.validated(tuples), strict=True):
        assert [type(value) for value in vars(proven).values()] == [
            type(value) for value in vars(validated).values()
        ]
        assert repr(proven) == repr(validated)
        assert proven.model_fields_set == validated.model_fields_set


class Small(Document):
    id: Annotated[int, PrimaryKey()]
    tags: set[str] = set()


class Named(Document):
    id: Annotated[int, PrimaryKey()]
    name: str


class Defaulted(Document):
    id: Annotated[int, PrimaryKey()]
    name: str = "unnamed"


class Colour(Enum):
    RED = "red"


def _field(annotation: Any, **kwargs: Any) -> Any:
    fields = {"id": (Annotated[int, PrimaryKey()], ...), "value": (annotation, None)}
    return pydantic.create_model("Field", __base__=Document, __module__=__name__, **fields, **kwargs)  # type: ignore[call-overload]


class Trimmed(Document):
    id: Annotated[int, PrimaryKey()]
    name: str

    @pydantic.field_validator("name")
    @classmethod
    def trim(cls, name: str) -> str:
        return name.strip()


class Checked(Document):
    id: Annotated[int, PrimaryKey()]

    @pydantic.model_validator(mode="after")
    def check(self) -> Checked:
        return self


class Started(Document):
    id: Annotated[int, PrimaryKey()]

    def model_post_init(self, context: Any, /) -> None:
        pass


class Own(Document):
    id: Annotated[int, PrimaryKey()]

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)


class Hidden(Document):
    id: Annotated[int, PrimaryKey()]
    _cache: int = 3


class Stripping(Document):
    model_config = pydantic.ConfigDict(str_strip_whitespace=True)
    id: Annotated[str, PrimaryKey()]


class Wide(Document):
    model_config = pydantic.ConfigDict(extra="allow")
    id: Annotated[int, PrimaryKey()]


class TestWhatIsNotProven:
    @pytest.mark.parametrize("model", [Trimmed, Checked, Started, Own, Hidden, Stripping, Wide])
    def test_a_class_of_which_something_runs(self, model):
        assert reader_of(model).proven is None

    @pytest.mark.parametrize(
        "annotation",
        [
            Colour,
            Literal["a", "b"],
            Annotated[str, pydantic.Field(max_length=3)],
            Annotated[int, pydantic.Field(gt=0)],
            Annotated[str, pydantic.AfterValidator(str.lower)],
            Annotated[str, pydantic.BeforeValidator(str)] | None,
            pydantic.SecretStr,
            pydantic.AnyUrl,
            pydantic.AwareDatetime,
            IPv4Address,
            frozenset[str],
            tuple[int, str],
            set[Colour],
            dict[str, Annotated[int, pydantic.Field(gt=0)]],
            list[list[int]],
            set[frozenset[int]],
        ],
    )
    def test_a_field_that_validation_may_change_or_refuse(self, annotation):
        assert reader_of(_field(annotation)).proven is None

    def test_a_result_whose_type_is_another(self):
        assert reader_of(Named, {"id": "int", "name": "text"}).proven is not None
        assert reader_of(Named, {"id": "int", "name": "blob"}).proven is None
        assert reader_of(Small, {"id": "int", "tags": "list<text>"}).proven is None
        assert reader_of(Small, {"id": "int", "tags": "set<int>"}).proven is None

    def test_a_result_that_lacks_a_column(self):
        assert reader_of(Defaulted, {"id": "int"}).proven is None
