"""Vectors on every driver: bit for bit, in all forms, of all elements, found by nearness."""

import datetime as dt
import struct
from array import array
from typing import Annotated, Any
from uuid import UUID

import numpy as np
import pytest

from coodie.exceptions import InvalidQueryError, UnsupportedByDriver
from coodie.fields import BigInt, Double, Indexed, PrimaryKey, SmallInt, TinyInt, VarInt, Vector, VectorIndex

V3 = Vector(dimensions=3)
EXTREMES = [
    [0.0, -0.0, 1.0],
    [1.401298464324817e-45, -1.1754942106924411e-38, 1.1754943508222875e-38],  # subnormals, the least normal
    [3.4028234663852886e38, -3.4028234663852886e38, 1e-30],
    [0.1, 1 / 3, -2.5],
]


@pytest.fixture(scope="module")
def models(world: Any, driver_type: str) -> dict[str, Any]:
    """The tables of this module, in the world's colour."""
    suffix = f"{world.colour}_{driver_type}".replace("-", "_")

    class Forms(world.Document):
        id: Annotated[int, PrimaryKey()]
        plain: Annotated[list[float] | None, V3] = None
        compact: Annotated[array | None, V3] = None
        numeric: Annotated[np.ndarray | None, V3] = None
        inside: list[Annotated[list[float], Vector(dimensions=2)]] = []  # noqa: RUF012
        by_name: dict[str, Annotated[list[float], Vector(dimensions=2)]] = {}  # noqa: RUF012

        class Settings:
            name = f"vector_forms_{suffix}"

    class Elements(world.Document):
        id: Annotated[int, PrimaryKey()]
        bigints: Annotated[list[Annotated[int, BigInt()]] | None, Vector(2)] = None
        blobs: Annotated[list[bytes] | None, Vector(2)] = None
        booleans: Annotated[list[bool] | None, Vector(2)] = None
        doubles: Annotated[list[Annotated[float, Double()]] | None, Vector(2)] = None
        ints: Annotated[list[int] | None, Vector(2)] = None
        smallints: Annotated[list[Annotated[int, SmallInt()]] | None, Vector(2)] = None
        texts: Annotated[list[str] | None, Vector(2)] = None
        instants: Annotated[list[dt.datetime] | None, Vector(2)] = None
        tinyints: Annotated[list[Annotated[int, TinyInt()]] | None, Vector(2)] = None
        uuids: Annotated[list[UUID] | None, Vector(2)] = None
        varints: Annotated[list[Annotated[int, VarInt()]] | None, Vector(2)] = None
        dates: Annotated[list[dt.date] | None, Vector(2)] = None

        class Settings:
            name = f"vector_elements_{suffix}"

    class Near(world.Document):
        id: Annotated[int, PrimaryKey()]
        kind: Annotated[str, Indexed(using="sai")] = "a"
        at: Annotated[list[float], V3, VectorIndex("EUCLIDEAN")]

        class Settings:
            name = f"vector_near_{suffix}"

    for model in (Forms, Elements, Near):
        world.call(model.sync_table)
    world.call(Near.wait_for_index)
    return {"Forms": Forms, "Elements": Elements, "Near": Near}


def bits(values: Any) -> bytes:
    return struct.pack(">3f", *values)


@pytest.mark.parametrize("values", EXTREMES, ids=str)
@pytest.mark.parametrize("field", ["plain", "compact", "numeric"])
def test_every_form_comes_back_bit_for_bit(world, models, field, values):
    forms = models["Forms"]
    world.call(forms(id=1, **{field: values}).save)
    read = getattr(world.call(forms.get, id=1), field)
    assert bits(read) == bits(values)
    assert type(read) is {"plain": list, "compact": array, "numeric": np.ndarray}[field]


def test_vectors_in_collections(world, models):
    forms = models["Forms"]
    saved = forms(id=2, inside=[[1.0, 2.0], [3.0, 4.5]], by_name={"a": [0.5, -0.0]})
    world.call(saved.save)
    assert world.call(forms.get, id=2) == saved


def test_null_and_replaced_vectors(world, models):
    forms = models["Forms"]
    written = world.call(forms(id=3, plain=[1, 2, 3]).save)
    world.call(written.update, plain=[4, 5, 6])
    assert world.call(forms.get, id=3).plain == [4.0, 5.0, 6.0]
    world.call(written.update, plain=None)
    assert world.call(forms.get, id=3).plain is None


def test_cql_by_hand_reads_lists(world, models):
    forms = models["Forms"]
    world.call(forms(id=4, plain=[1, 2, 3]).save)
    assert world.raw(f"SELECT plain FROM {forms.table_name()} WHERE id = ?", [4]) == [
        {"plain": [1.0, 2.0, 3.0]}
    ]


ELEMENTS = {
    "bigints": [2**63 - 1, -(2**63)],
    "blobs": [b"", b"x" * 300],
    "booleans": [True, False],
    "doubles": [0.1, -1e300],
    "ints": [-(2**31), 2**31 - 1],
    "smallints": [-32_768, 32_767],
    "texts": ["naïve", "x" * 20_000],
    "instants": [dt.datetime(2030, 5, 1, 12, 30, 0, 5000, dt.UTC), dt.datetime(1815, 12, 10, tzinfo=dt.UTC)],
    "tinyints": [-128, 127],
    "uuids": [UUID(int=1), UUID(int=2**128 - 1)],
    "varints": [-(2**100), 127],
    "dates": [dt.date(2030, 5, 1), dt.date(1, 1, 1)],
}


@pytest.mark.parametrize("field", ELEMENTS)
def test_every_element_comes_back(world, models, field):
    elements = models["Elements"]
    saved = elements(id=1, **{field: ELEMENTS[field]})
    try:
        world.call(saved.save)
    except UnsupportedByDriver:
        assert (world.driver.driver_type, field) == ("acsylla", "dates")
        return
    assert getattr(world.call(elements.get, id=1), field) == ELEMENTS[field]


def test_neighbours_with_filters_and_scores(world, models):
    near = models["Near"]
    for number in range(10):
        world.call(near(id=number, kind="ab"[number % 2], at=[float(number), 0.0, 0.0]).save)
    query = near.find().order_by_ann("at", [3.2, 0.0, 0.0]).limit(3)
    assert [found.id for found in world.call(query.all)] == [3, 4, 2]
    pairs = world.call(near.find(kind="a").order_by_ann("at", [3.2, 0.0, 0.0]).limit(2).with_scores().all)
    assert [(found.id, round(score, 5)) for found, score in pairs] == [(4, 0.60976), (2, 0.40984)]
    exact = world.call(near.find().with_scores().exact_nearest, "at", [3.2, 0.0, 0.0], k=2)
    assert [(found.id, round(score, 5)) for found, score in exact] == [(3, 0.96154), (4, 0.60976)]
    assert world.call(near.find().recall_at, "at", [3.2, 0.0, 0.0], k=5) == 1.0


def test_a_misfit_is_refused_before_the_wire(world, models):
    with pytest.raises(InvalidQueryError, match=r"Near\.at: element 1 is nan"):
        world.call(models["Near"](id=1, at=[0, float("nan"), 0]).save)
