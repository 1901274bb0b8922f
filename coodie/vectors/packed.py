"""Vectors of floats as the wire has them: big-endian float32s, packed, checked and unpacked without a loop in Python.

All checks look at the packed bytes. The first byte of a float32 holds its sign and the high seven bits of its exponent,
so deleting the bytes that are surely fit from every fourth one leaves what must be looked at closely: nearly always
nothing.
"""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, cast

FLOAT_BYTES = 4
_LARGEST_FLOAT: float = struct.unpack(">f", b"\x7f\x7f\xff\xff")[0]
# An index computes similarities in float32: the products of larger elements overflow it.
LARGEST_INDEXED = 1e17
# Shorter vectors have no direction that a float32 could compare; servers refuse them, or answer nonsense.
SMALLEST_DIRECTED = 1e-6
_EXPONENT = 0x7F
_SURELY_FINITE = bytes(byte for byte in range(256) if byte & _EXPONENT < _EXPONENT)
_SURELY_INDEXED = bytes(
    byte for byte in range(256) if byte & _EXPONENT < struct.pack(">f", LARGEST_INDEXED)[0]
)
_PERHAPS_SMALL = bytes(
    byte for byte in range(256) if byte & _EXPONENT <= struct.pack(">f", SMALLEST_DIRECTED)[0]
)
_LITTLE = sys.byteorder == "little"
_SHOWN = 40


class PackedVector:
    """A vector as a statement's parameter: checked, and packed for the wire.

    `packed` are big-endian float32s, for drivers that take bytes; `tolist()` and iteration give floats.
    """

    __slots__ = ("packed",)

    def __init__(self, packed: bytes) -> None:
        self.packed = packed

    def tolist(self) -> list[float]:
        """Return the float32s as Python's floats."""
        return to_list(self.packed)

    def __len__(self) -> int:
        return len(self.packed) // FLOAT_BYTES

    def __iter__(self) -> Iterator[float]:
        return iter(self.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PackedVector) and self.packed == other.packed

    def __hash__(self) -> int:
        return hash(self.packed)

    def __repr__(self) -> str:
        """Write each float32 with as few digits as tell it from its neighbours; a long vector is cut."""
        values = to_list(self.packed[: FLOAT_BYTES * _SHOWN])
        more = ", …" if len(self) > _SHOWN else ""
        return f"[{', '.join(map(_shortest, values))}{more}]"


def _shortest(value: float) -> str:
    packed = struct.pack(">f", value)
    texts = (f"{value:.{digits}g}" for digits in range(1, 9))
    # The largest float32s, rounded up to fewer digits, are none any more.
    found = next(
        (
            text
            for text in texts
            if abs(float(text)) <= _LARGEST_FLOAT and struct.pack(">f", float(text)) == packed
        ),
        f"{value:.9g}",
    )
    return found if any(mark in found for mark in ".en") else f"{found}.0"


class VectorError(ValueError):
    """Why a value cannot be stored or searched as a vector: the rule, and the position of what breaks it."""


Packer = Callable[[Any], PackedVector]


@lru_cache(maxsize=1024)
def packer(dimensions: int, *, indexed: bool = False, directed: bool = False) -> Packer:
    """Return what packs a list, tuple, `array.array` or numpy array of numbers, or raises `VectorError`.

    Every vector has `dimensions` elements, finite and within float32's range; an `indexed` one none beyond 1e17, and a
    `directed` one (compared by COSINE) some of at least 1e-6.
    """
    layout = struct.Struct(f">{dimensions}f")
    fit = _SURELY_INDEXED if indexed else _SURELY_FINITE
    fits = _numpy_test(dimensions, _LARGEST if indexed else _LARGEST_FLOAT, directed=directed)

    def pack(value: Any) -> PackedVector:
        kind = type(value)
        try:
            if kind is list or kind is tuple:
                packed = layout.pack(*value)
            elif kind is PackedVector:
                packed = value.packed
            else:
                numpy = sys.modules.get("numpy")  # where it was never imported, no value is of it
                if numpy is not None and kind is numpy.ndarray and fits(value):
                    return PackedVector(value.astype(">f4").tobytes())
                packed = _from_other(value, layout)
        except (struct.error, TypeError, ValueError, OverflowError):
            raise _misfit(value, dimensions) from None
        if len(packed) != layout.size:
            raise _misfit(value, dimensions)
        high = packed[::FLOAT_BYTES]
        if high.translate(None, fit):
            _check_range(value, packed, indexed=indexed)
        # One element that is not small is enough, and nearly always it is the first.
        if directed and high[0] in _PERHAPS_SMALL and not high.translate(None, _PERHAPS_SMALL):
            _check_direction(packed)
        return PackedVector(packed)

    return pack


def _numpy_test(dimensions: int, largest: float, *, directed: bool) -> Callable[[Any], bool]:
    """Return what tells by two extremes that a numpy array of float32s is fit; others are looked at closely."""
    shape = (dimensions,)

    def fits(value: Any) -> bool:
        if value.shape != shape or value.dtype.char != "f":
            return False
        high, low = value.item(value.argmax()), value.item(value.argmin())  # NaN, where there is one, is both
        return (
            high <= largest
            and low >= -largest
            and (high > SMALLEST_DIRECTED or low < -SMALLEST_DIRECTED or not directed)
        )

    return fits


def _from_other(value: Any, layout: struct.Struct) -> bytes:
    numpy = sys.modules.get("numpy")  # where it was never imported, no value is of it
    if numpy is not None and isinstance(value, numpy.ndarray):
        return _bytes_of_numpy(value, numpy)
    if isinstance(value, array):
        return _bytes_of_array(value, layout)
    if isinstance(value, (list, tuple)):
        return layout.pack(*value)
    raise TypeError


def _bytes_of_array(value: array[Any], layout: struct.Struct) -> bytes:
    if value.typecode != "f":
        return layout.pack(*value)
    copy = value[:]
    if _LITTLE:
        copy.byteswap()
    return copy.tobytes()


def _bytes_of_numpy(value: Any, numpy: Any) -> bytes:
    kind = value.dtype
    if value.ndim != 1 or kind.kind not in "fiu":
        raise TypeError
    if kind.char == "f":
        return cast("bytes", value.astype(">f4").tobytes())
    with numpy.errstate(over="ignore"):  # what overflows is found, and named, among the packed
        return cast("bytes", value.astype(">f4").tobytes())


def _misfit(value: Any, dimensions: int) -> VectorError:
    """Say what is wrong with a value that could not be packed."""
    shape = getattr(value, "shape", None)
    if shape is not None and len(shape) != 1:
        return VectorError(f"it has the shape {tuple(shape)}, and a vector has one dimension")
    if not isinstance(value, (list, tuple, array, PackedVector)) and shape is None:
        return VectorError(
            f"a vector is a list, tuple, array.array or numpy array of numbers, not {_short(value)}"
        )
    for position, element in enumerate(value):
        if isinstance(element, (str, bytes)) or not hasattr(element, "__float__"):
            return VectorError(f"element {position} is {_short(element)}: a vector holds numbers alone")
        reason = _beyond_float32(element)
        if reason:
            return VectorError(f"element {position} {reason}")
    return VectorError(f"it has {len(value)} elements, not {dimensions}")


def _beyond_float32(element: Any) -> str | None:
    try:
        number = float(element)
    except OverflowError:
        return f"is {_short(element)}, which does not fit a float32"
    if not math.isfinite(number):
        return f"is {number}: a vector holds finite numbers alone"
    try:
        struct.pack(">f", number)
    except OverflowError:
        return f"is {number}, which does not fit a float32"
    return None


def _check_range(value: Any, packed: bytes, *, indexed: bool) -> None:
    originals = value if hasattr(value, "__getitem__") else PackedVector(packed).tolist()
    for position, element in enumerate(to_list(packed)):
        if not math.isfinite(element):
            reason = _beyond_float32(originals[position])
            raise VectorError(f"element {position} {reason}")
        if indexed and abs(element) > _LARGEST:
            raise VectorError(
                f"element {position} is {element:.9g}: an index compares elements from -1e17 to 1e17, "
                "as float32 cannot hold the products of larger ones"
            )


def _check_direction(packed: bytes) -> None:
    if all(abs(element) <= SMALLEST_DIRECTED for element in to_list(packed)):
        raise VectorError(
            "all its elements are zero, or within 0.000001 of it: COSINE compares directions, and it has none"
        )


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


@lru_cache(maxsize=1024)
def _layout(size: int) -> struct.Struct:
    return struct.Struct(f">{size // FLOAT_BYTES}f")


def to_list(value: Any) -> list[float]:
    """Unpack a vector as it was read, packed or in numbers already, to a list."""
    if isinstance(value, bytes):
        return [*_layout(len(value)).unpack(value)]
    return list(value)


def to_array(value: Any) -> array[float]:
    """Unpack a vector as it was read to an `array.array("f")`, without an object for each element."""
    if not isinstance(value, bytes):
        return array("f", value)
    unpacked = array("f", value)
    if _LITTLE:
        unpacked.byteswap()
    return unpacked


def to_numpy(value: Any) -> Any:
    """Unpack a vector as it was read to a numpy array of float32, without an object for each element."""
    import numpy as np  # noqa: PLC0415 - optional, and only a model that names it comes here

    if not isinstance(value, bytes):
        return np.array(value, dtype=np.float32)
    return np.frombuffer(value, ">f4").astype(np.float32)


def same_values(left: dict[str, Any], right: dict[str, Any]) -> bool:
    """Tell whether two documents hold equal values, numpy arrays among them."""
    return left.keys() == right.keys() and all(_same(value, right[name]) for name, value in left.items())


def _same(left: Any, right: Any) -> bool:
    if hasattr(left, "dtype") or hasattr(right, "dtype"):
        shapes = getattr(left, "shape", None), getattr(right, "shape", None)
        return shapes[0] == shapes[1] and bool((left == right).all())
    return bool(left == right)


_LARGEST: float = struct.unpack(">f", struct.pack(">f", LARGEST_INDEXED))[0]
