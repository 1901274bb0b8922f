"""What a model takes for a vector: pydantic's schema for a field that is marked with `Vector`.

A model converts between the forms and refuses what is no vector of numbers; length, range and direction are looked at
when the vector is sent, because only then it is known what it is for.
"""

from __future__ import annotations

import sys
import types
from array import array
from collections.abc import Callable
from typing import Any, Literal, Union, get_args, get_origin

from pydantic_core import ValidationError, core_schema

from coodie.vectors.packed import to_array, to_numpy

Form = Literal["list", "array", "numpy"]
_CONTAINERS = "a list, tuple, array.array or numpy array of numbers"


def form_of(annotation: Any) -> Form | None:
    """Tell which form of vector an annotation means, or `None` where it means no vector."""
    plain = get_origin(annotation) or annotation
    if plain is list:
        return "list"
    if plain is array:
        return "array"
    numpy = sys.modules.get("numpy")
    return "numpy" if numpy is not None and plain is numpy.ndarray else None


def vector_schema(source: Any, handler: Callable[[Any], Any]) -> core_schema.CoreSchema:
    """Return the schema of a field whose annotation, without `Vector`, is `source`."""
    if get_origin(source) in (Union, types.UnionType):
        rest = tuple(arg for arg in get_args(source) if arg is not type(None))
        if len(rest) == 1 and len(rest) < len(get_args(source)):
            return core_schema.nullable_schema(vector_schema(rest[0], handler))
    form = form_of(source)
    if form is None:
        schema: core_schema.CoreSchema = handler(source)  # refused with its reason when the table is made
        return schema
    if form == "list":
        floats = get_args(source) == (float,)
        elements = _FLOATS if floats else handler(source)
        return core_schema.no_info_wrap_validator_function(_floats if floats else _others, elements)
    return core_schema.json_or_python_schema(
        json_schema=core_schema.no_info_after_validator_function(_MAKE[form], _FLOATS),
        python_schema=core_schema.no_info_plain_validator_function(_MAKE[form]),
        serialization=core_schema.plain_serializer_function_ser_schema(_numbers, when_used="json"),
    )


_FLOATS = core_schema.list_schema(core_schema.float_schema(strict=True))


def _others(value: Any, elements: Callable[[Any], Any]) -> Any:
    return elements(value if isinstance(value, list) else _numbers(value))


def _floats(value: Any, elements: Callable[[Any], Any]) -> Any:
    plain = value if isinstance(value, list) else _numbers(value)
    try:
        return elements(plain)
    except ValidationError:
        # The scalars of numpy are numbers, though not Python's; a text that could be read as one is not.
        numbers = [_number(element) for element in plain] if isinstance(plain, list) else plain
        return elements(numbers)


def _number(element: Any) -> Any:
    return float(element) if hasattr(element, "dtype") and getattr(element, "ndim", 1) == 0 else element


def _numbers(value: Any) -> Any:
    """Return the list of a tuple or an array; anything else as it is, to be refused by what comes next."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, array) or getattr(value, "ndim", 0) == 1:
        return value.tolist()
    return value


def _make_array(value: Any) -> array[float]:
    if isinstance(value, array) and value.typecode == "f":
        return value
    numbers = _checked(value)
    narrow = to_array(numbers)
    # What does not fit a float32 is kept as it is, so that the refusal can name it.
    return narrow if _finite(narrow) else array("d", numbers)


def _make_numpy(value: Any) -> Any:
    import numpy as np  # noqa: PLC0415 - optional, and only a model that names it comes here

    if isinstance(value, np.ndarray):
        if value.dtype == np.float32 and value.ndim == 1:
            return value
        if value.dtype.kind not in "fiu" or value.ndim != 1:
            raise ValueError(
                f"a vector is {_CONTAINERS}, not an array of {value.dtype} with {value.ndim} dimensions"
            )
        wide = value
    else:
        wide = np.array(_checked(value), dtype=np.float64)
    with np.errstate(over="ignore"):
        narrow = to_numpy(wide)
    return narrow if np.isfinite(narrow).all() else wide


def _checked(value: Any) -> list[float]:
    plain = _numbers(value)
    if not isinstance(plain, list):
        raise ValueError(f"a vector is {_CONTAINERS}, not {type(value).__name__}")  # noqa: TRY004 - pydantic's way
    for position, element in enumerate(plain):
        if isinstance(element, (str, bytes)) or not hasattr(element, "__float__"):
            raise ValueError(f"element {position} is {element!r}: a vector holds numbers alone")
    return [float(element) for element in plain]


def _finite(narrow: array[float]) -> bool:
    return all(element - element == 0 for element in narrow)


_MAKE: dict[str, Callable[[Any], Any]] = {"array": _make_array, "numpy": _make_numpy}
