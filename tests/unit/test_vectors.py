"""Vectors packed, checked and unpacked: every refusal, every form."""

import math
import struct
import sys
from array import array

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coodie.vectors.packed import PackedVector, VectorError, packer, to_array, to_list, to_numpy
from coodie.vectors.similarity import scorer

FLOATS = st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=1, max_size=40)


@given(FLOATS)
def test_all_forms_pack_alike_and_unpack_to_the_same_bits(values):
    packed = struct.pack(f">{len(values)}f", *values)
    pack = packer(len(values))
    forms = (values, tuple(values), array("f", values), array("d", values), np.array(values))
    for form in (*forms, np.array(values, np.float32), np.array(values, ">f4"), PackedVector(packed)):
        assert pack(form).packed == packed
    for unpack in (to_list, to_array, to_numpy):
        assert struct.pack(f">{len(values)}f", *unpack(packed)) == packed


@given(FLOATS, st.booleans())
def test_the_checks_are_those_of_a_plain_loop(values, directed):
    singles = [struct.unpack(">f", struct.pack(">f", value))[0] for value in values]
    beyond = any(abs(value) > struct.unpack(">f", struct.pack(">f", 1e17))[0] for value in singles)
    without = directed and all(abs(value) <= 1e-6 for value in singles)
    pack = packer(len(values), indexed=True, directed=directed)
    if beyond or without:
        with pytest.raises(VectorError):
            pack(values)
    else:
        pack(values)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([1.0, 2.0], "it has 2 elements, not 3"),
        (array("f", [1, 2]), "it has 2 elements, not 3"),
        (np.zeros(4, np.float32), "it has 4 elements, not 3"),
        (PackedVector(b"\0" * 8), "it has 2 elements, not 3"),
        ([], "it has 0 elements, not 3"),
        ([1, math.nan, 2], "element 1 is nan: a vector holds finite numbers alone"),
        (np.array([1, 2, -np.inf], np.float32), "element 2 is -inf: a vector holds finite numbers alone"),
        (array("f", [math.inf, 2, 3]), "element 0 is inf: a vector holds finite numbers alone"),
        ([1, 2, 1e39], "element 2 is 1e+39, which does not fit a float32"),
        (np.array([1, 2, -1e39]), "element 2 is -1e+39, which does not fit a float32"),
        (
            [1, 10**400, 3],
            "element 1 is 100000000000000000000000000000000000000…, which does not fit a float32",
        ),
        (["1", 2, 3], "element 0 is '1': a vector holds numbers alone"),
        ([1, None, 3], "element 1 is None: a vector holds numbers alone"),
        ([[1], 2, 3], "element 0 is [1]: a vector holds numbers alone"),
        (np.zeros((2, 3)), "it has the shape (2, 3), and a vector has one dimension"),
        ("abc", "a vector is a list, tuple, array.array or numpy array of numbers, not 'abc'"),
        ({1, 2, 3}, "a vector is a list, tuple, array.array or numpy array of numbers, not {1, 2, 3}"),
    ],
    ids=str,
)
def test_refusals_name_the_rule_and_the_position(value, reason):
    with pytest.raises(VectorError) as error:
        packer(3)(value)
    assert str(error.value) == reason


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([0.1, 1, -0.0], "[0.1, 1.0, -0.0]"),
        ([1 / 3, 1e-45, 3.4e38], "[0.33333334, 1e-45, 3.4e+38]"),
    ],
)
def test_a_packed_vector_is_written_as_people_write_it(value, text):
    packed = packer(3)(value)
    assert repr(packed) == text
    assert packer(3)(packed) == packed
    assert len(packed) == 3


def test_a_long_vector_is_cut():
    assert repr(packer(768)([0.5] * 768)).endswith("0.5, …]")


@pytest.mark.parametrize("function", ["COSINE", "DOT_PRODUCT", "EUCLIDEAN"])
def test_scores_are_the_same_without_numpy(function, monkeypatch):
    draws = np.random.default_rng(3).normal(size=(20, 8)).astype(np.float32)
    vectors = [row.astype(">f4").tobytes() for row in draws]
    wanted = packer(8)(draws[0])
    with_numpy = scorer(function, wanted)(vectors)
    monkeypatch.setitem(sys.modules, "numpy", None)
    without = scorer(function, wanted)(vectors)
    assert with_numpy == pytest.approx(without, abs=1e-12)


AWKWARD = [
    0.0,
    -0.0,
    1e-7,
    -1e-6,
    1.1e-6,
    0.5,
    -2.0,
    1e17,
    -1e17,
    1.1e17,
    3.4e38,
    np.inf,
    -np.inf,
    np.nan,
    1e-45,
]


@given(
    st.lists(st.sampled_from(AWKWARD) | st.floats(width=32), min_size=1, max_size=6),
    st.sampled_from(["<f4", ">f4", "f8", "f2"]),
    st.booleans(),
    st.booleans(),
)
def test_a_numpy_array_is_taken_as_the_list_of_its_elements_is(elements, kind, indexed, directed):
    with np.errstate(over="ignore"):
        values = np.array(elements, dtype=kind)
    pack = packer(len(elements), indexed=indexed, directed=directed)

    def outcome(value):
        try:
            return pack(value).packed
        except VectorError as error:
            return str(error).partition(" is ")[0]  # a scalar of numpy is written in another way

    for array_, list_ in ((values, values.tolist()), (values[1:], values.tolist()[1:])):
        assert outcome(array_) == outcome(list_)
        assert outcome(np.repeat(array_, 2)[::2]) == outcome(list_)
