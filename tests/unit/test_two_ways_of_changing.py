"""A value that is surely fit is taken as it is; both ways must leave the document, and send, the same."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, Field, ValidationError, field_validator

import coodie.core.change
from coodie.core.change import plan_change
from coodie.fields import BigInt, PrimaryKey
from coodie.rows.proven import exact_tests
from coodie.sync import Document


class Plain(Document):
    id: Annotated[int, PrimaryKey()]
    name: str = ""
    note: str | None = None
    age: int = 0
    visits: Annotated[int, BigInt()] = 0
    ratio: float = 0.0
    at_rest: bool = False
    price: Decimal = Decimal(0)
    day: dt.date = dt.date(2026, 1, 1)
    when: dt.datetime = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    other: UUID = UUID(int=0)
    body: bytes = b""
    tags: set[str] = Field(default_factory=set)
    small: Annotated[int, Field(ge=0)] = 0


class Careful(Document):
    id: Annotated[int, PrimaryKey()]
    name: str = ""

    @field_validator("name")
    @classmethod
    def upper(cls, value: str) -> str:
        return value.upper()


class Frozen(Document):
    model_config = ConfigDict(frozen=True)
    id: Annotated[int, PrimaryKey()]
    name: str = ""


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**65), 2**65),
    st.floats(),
    st.text(st.characters()),
    st.sampled_from(["7", "1.5", "true", "2026-05-01", "ä", "\ud800"]),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.uuids(),
    st.binary(max_size=4),
    st.sets(st.text(max_size=2), max_size=2),
    st.lists(st.integers(), max_size=2),
)


def outcome(changes: dict[str, Any]) -> object:
    document = Plain(id=1, name="before")
    try:
        plan = plan_change(document, changes)
    except ValidationError as error:
        return [(each["loc"], each["type"]) for each in error.errors()]
    plan.apply(document)
    sent = [(item.column.field, item.change, repr(item.value)) for item in plan.assignments]
    return repr(document), sorted(document.model_fields_set), sent


@given(st.dictionaries(st.sampled_from(sorted(Plain.model_fields.keys() - {"id"})), ANYTHING, max_size=3))
def test_a_document_is_changed_as_validation_changes_it(changes):
    quick = outcome(changes)
    kept = coodie.core.change.exact_tests
    try:
        coodie.core.change.exact_tests = lambda model: {}  # noqa: ARG005
        assert outcome(changes) == quick
    finally:
        coodie.core.change.exact_tests = kept


def test_only_what_validation_leaves_alone_is_taken_as_it_is():
    tests = exact_tests(Plain)
    assert "small" not in tests
    assert tests["name"]("plain")
    assert not tests["name"](None)
    assert not tests["tags"]({"a"})  # it may be changed in place, so it is copied
    assert not tests["age"](2**40)
    assert not tests["age"](True)  # noqa: FBT003
    assert exact_tests(Careful) == exact_tests(Frozen) == {}
