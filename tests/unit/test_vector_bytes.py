"""Vectors as bytes, compared with what cassandra-driver makes of them."""

import struct

import pytest
from cassandra import cqltypes
from hypothesis import example, given
from hypothesis import strategies as st

from coodie.cqltype import CqlType, scalar
from coodie.drivers.vector_bytes import vector_decoder, vector_encoder
from coodie.exceptions import UnsupportedByDriver
from coodie.vectors.packed import PackedVector

ELEMENTS = {
    "bigint": (cqltypes.LongType, st.integers(-(2**63), 2**63 - 1)),
    "blob": (cqltypes.BytesType, st.binary(max_size=400)),
    "boolean": (cqltypes.BooleanType, st.booleans()),
    "double": (cqltypes.DoubleType, st.floats(allow_nan=False)),
    "int": (cqltypes.Int32Type, st.integers(-(2**31), 2**31 - 1)),
    "smallint": (cqltypes.ShortType, st.integers(-(2**15), 2**15 - 1)),
    "text": (cqltypes.UTF8Type, st.text(st.characters(exclude_categories=["Cs"]), max_size=300)),
    "tinyint": (cqltypes.ByteType, st.integers(-128, 127)),
    "uuid": (cqltypes.UUIDType, st.uuids()),
    "varint": (cqltypes.IntegerType, st.integers()),
}


@pytest.mark.parametrize("name", ELEMENTS)
def test_bytes_are_those_of_another_driver(name):
    kind, elements = ELEMENTS[name]

    @given(st.lists(elements, min_size=1, max_size=4))
    def agree(values):
        theirs = type("V", (cqltypes.VectorType,), {"vector_size": len(values), "subtype": kind})
        cql = CqlType("vector", (scalar(name),), frozen=True, dimensions=len(values))
        packed = vector_encoder(cql)(values)
        assert packed == theirs.serialize(values, 5)
        assert vector_decoder(cql)(packed) == values

    agree()


@pytest.mark.parametrize("length", [0, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152])
def test_lengths_of_any_size(length):
    cql = CqlType("vector", (scalar("blob"),), frozen=True, dimensions=1)
    theirs = type("V", (cqltypes.VectorType,), {"vector_size": 1, "subtype": cqltypes.BytesType})
    packed = vector_encoder(cql)([b"x" * length])
    assert packed == theirs.serialize([b"x" * length], 5)
    assert vector_decoder(cql)(packed) == [b"x" * length]


def test_elements_that_are_not_known_are_refused():
    cql = CqlType("vector", (scalar("decimal"),), frozen=True, dimensions=1)
    with pytest.raises(UnsupportedByDriver, match="decimal"):
        vector_encoder(cql)([1])


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
@example(3.4028234663852886e38)
@example(-3.4028234663852886e38)
@example(1.401298464324817e-45)
def test_a_packed_float_is_written_so_that_it_reads_back(value):
    packed = struct.pack(">f", value)
    written = repr(PackedVector(packed))
    assert struct.pack(">f", float(written[1:-1])) == packed
