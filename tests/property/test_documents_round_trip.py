"""A document of any values comes back from a real server bit for bit, in both colours."""

from __future__ import annotations

import asyncio
import pickle
import struct
from typing import Any
from uuid import UUID

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_models import DOCUMENT
from property_settings import examples

from coodie import aio, sync

pytestmark = [pytest.mark.property, pytest.mark.usefixtures("connection")]


@pytest.fixture(scope="module")
def pair(connection) -> tuple[Any, Any]:  # noqa: ARG001
    """The model in both colours over one table."""
    fields: dict[str, Any] = {
        name: (UUID if name == "uuid" else kind, ...) for name, (kind, _) in DOCUMENT.items()
    }
    fields["maybe"] = (DOCUMENT["maybe"][0], None)
    plain, coloured = (
        pydantic.create_model("Whole", __base__=flavour.Document, __module__=__name__, **fields)
        for flavour in (sync, aio)
    )
    plain.sync_table()
    return plain, coloured


@pytest.fixture(scope="module")
def loop():
    with asyncio.Runner() as runner:
        yield runner


def bits(value: Any) -> Any:
    """Describe a value so that equal descriptions are equal bits: signs of zero, exponents and zones count."""
    match value:
        case float():
            return struct.pack(">d", value)
        case dict():
            return sorted(((bits(key), bits(item)) for key, item in value.items()), key=repr)
        case set() | frozenset():
            return (type(value).__name__, sorted(map(bits, value), key=repr))
        case list() | tuple():
            return (type(value).__name__, [bits(item) for item in value])
        case _:
            return (type(value).__name__, repr(value))


VALUES = st.fixed_dictionaries({name: values for name, (_, values) in DOCUMENT.items()})


@examples(100)
@given(values=VALUES)
def test_what_is_saved_is_read(pair, values):
    model, _ = pair
    saved = model(**values)
    saved.save()
    read = model.get(key=saved.key, at=saved.at)
    for name in DOCUMENT:
        assert bits(getattr(read, name)) == bits(getattr(saved, name)), name
    assert read == saved
    read.save()
    again = model.get(key=saved.key, at=saved.at)
    assert bits(again.model_dump()) == bits(read.model_dump())
    assert bits(pickle.loads(pickle.dumps(dict(read))) | {}) == bits(dict(read))  # noqa: S301 - made here


@examples(40)
@given(values=VALUES)
def test_both_colours_read_and_write_alike(pair, loop, values):
    plain, coloured = pair

    async def through() -> Any:
        await coloured(**values).save()
        return await coloured.get(key=values["key"], at=values["at"])

    read = loop.run(through())
    other = plain.get(key=values["key"], at=values["at"])
    assert bits(read.model_dump()) == bits(other.model_dump())
    assert read.model_fields_set == other.model_fields_set


@examples(40)
@given(values=VALUES)
def test_values_by_column_are_those_of_the_document(pair, values):
    model, _ = pair
    model(**values).save()
    query = model.find(key=values["key"], at=values["at"])
    (row,) = query.values(*DOCUMENT).all()
    document = query.one()
    assert bits(row) == bits({name: getattr(document, name) for name in DOCUMENT})
