"""Python annotation in, CQL type out, with the function that turns the annotation's values into the type's.

Pydantic already makes a model's values from plain ones when a row is read; `Mapping.encode` is the way back.
"""

from __future__ import annotations

import datetime as dt
import enum
import ipaddress
import types
import typing
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin
from uuid import UUID

import pydantic

from coodie.cqltype import CqlType, scalar
from coodie.duration import CqlDuration
from coodie.exceptions import InvalidQueryError
from coodie.fields import Counter, Frozen, Mark, TypeOverride, Vector
from coodie.pydantic_types import constrained_types, secret_types, url_types
from coodie.vectors.accept import form_of
from coodie.vectors.packed import VectorError, packer, to_array, to_list, to_numpy

Encode = Callable[[Any], Any]

_PLAIN: dict[Any, CqlType] = {
    str: scalar("text"),
    int: scalar("int"),
    float: scalar("float"),
    bool: scalar("boolean"),
    bytes: scalar("blob"),
    UUID: scalar("uuid"),
    dt.datetime: scalar("timestamp"),
    dt.date: scalar("date"),
    dt.time: scalar("time"),
    Decimal: scalar("decimal"),
    ipaddress.IPv4Address: scalar("inet"),
    ipaddress.IPv6Address: scalar("inet"),
    CqlDuration: scalar("duration"),
}
_UNHASHABLE = (list, set, dict)
_COLLECTIONS = {list: "list", set: "set", frozenset: "set", dict: "map"}


class Mapping(NamedTuple):
    """How a Python annotation is stored.

    `encode` turns a value of the annotation into one of the CQL type, `None` where they are the same; `nullable`
    tells whether the annotation admits `None`, `secret` whether its values must never be shown; `parts` encode the
    elements of a collection; `read` unpacks a vector of floats, which drivers may leave packed.
    """

    cql: CqlType
    encode: Encode | None = None
    nullable: bool = False
    secret: bool = False
    parts: tuple[Encode | None, ...] = ()
    read: Encode | None = None


def python_type_to_cql_type_str(annotation: Any) -> str:
    """Return the CQL type that an annotation is stored as, for example `list[int]` as `list<int>`.

    Raises `InvalidQueryError` for an annotation that cannot be mapped.
    """
    return str(map_annotation(annotation).cql)


def split(annotation: Any) -> tuple[Any, tuple[Mark, ...], bool]:
    """Return an annotation without its markers, the markers, and whether it admits `None`.

    Markers count wherever `Optional` stands: `Annotated[T | None, M()]` and `Optional[Annotated[T, M()]]` agree.
    """
    marks: tuple[Mark, ...] = ()
    nullable = False
    while True:
        if isinstance(annotation, typing.NewType):
            annotation = annotation.__supertype__
        elif hasattr(annotation, "__value__"):  # `type X = ...`
            annotation = annotation.__value__
        elif get_origin(annotation) is Annotated:
            annotation, *metadata = get_args(annotation)
            marks += tuple(item for item in metadata if isinstance(item, Mark))
        elif get_origin(annotation) in (Union, types.UnionType) and type(None) in get_args(annotation):
            rest = tuple(arg for arg in get_args(annotation) if arg is not type(None))
            annotation, nullable = Union[rest], True  # noqa: UP007 - built at run time
        else:
            return annotation, marks, nullable


def map_annotation(annotation: Any, marks: Iterable[Mark] = ()) -> Mapping:
    """Map an annotation, with the markers that stand beside it, to its CQL type.

    Raises `InvalidQueryError` that names the annotation and the reason where it cannot be stored.
    """
    annotation, inner, nullable = split(annotation)
    marks = (*marks, *inner)
    vectors = [mark for mark in marks if isinstance(mark, Vector)]
    if vectors:
        mapping = _vector(annotation, vectors[-1].dimensions)
    else:
        mapping = _override(_base(annotation), marks, annotation)
    said = [mark.frozen for mark in marks if isinstance(mark, Frozen)]
    # A user-defined value is always written whole, so that is how its column is made unless the model says otherwise.
    if said[-1] if said else mapping.cql.user:
        mapping = mapping._replace(cql=mapping.cql.freeze())
    return mapping._replace(nullable=nullable)


def _base(annotation: Any) -> Mapping:
    origin = get_origin(annotation)
    plain = _PLAIN.get(annotation)
    if plain is not None:
        return Mapping(plain)
    if origin in _COLLECTIONS or origin is tuple:
        return _collection(origin, get_args(annotation), annotation)
    if origin is Literal:
        return _one_type(annotation, get_args(annotation))
    if origin in (Union, types.UnionType):
        return _union(annotation)
    usertype = getattr(annotation, "__coodie_usertype__", None)
    if usertype is not None:
        found: Mapping = usertype()
        return found
    if isinstance(annotation, type):
        known = _of_class(annotation)
        if known is not None:
            return known
    constrained = constrained_types().get(annotation)
    if constrained is not None:
        return Mapping(constrained)
    if getattr(annotation, "__name__", "") == "EmailStr":
        return Mapping(scalar("text"))
    raise InvalidQueryError(f"{_name(annotation)} cannot be stored: {_remedy(annotation)}")


def _of_class(annotation: type) -> Mapping | None:
    if issubclass(annotation, enum.Enum):
        return _one_type(annotation, tuple(member.value for member in annotation))._replace(encode=_value)
    if annotation in secret_types():
        return Mapping(secret_types()[annotation], _reveal, secret=True)
    if issubclass(annotation, url_types()):
        return Mapping(scalar("text"), str)
    for plain in (str, bool, int, float, bytes, UUID, Decimal, dt.datetime, dt.date, dt.time):
        if issubclass(annotation, plain):  # a subclass of one's own
            return Mapping(_PLAIN[plain])
    return None


def _remedy(annotation: Any) -> str:
    if annotation in _COLLECTIONS or annotation is tuple:
        return f"say what is in it, for example {annotation.__name__}[str]"
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        return "a nested model must be a UserType"
    if annotation is pydantic.NaiveDatetime:
        return "a timestamp reads back aware, in UTC; use datetime or AwareDatetime"
    return "no CQL type holds it"


def _collection(origin: Any, args: tuple[Any, ...], annotation: Any) -> Mapping:
    if origin is tuple and (not args or args[-1] is Ellipsis):
        raise InvalidQueryError(
            f"{_name(annotation)} cannot be stored: a tuple has a type per position; use list"
        )
    inner = [map_annotation(arg) for arg in args]
    if origin in (set, frozenset, dict):
        _check_hashable(args[0], annotation)
    types_ = tuple(mapping.cql.freeze() for mapping in inner)
    secret = any(mapping.secret for mapping in inner)
    encoders = [mapping.encode for mapping in inner]
    if origin is tuple:
        return Mapping(CqlType("tuple", types_, frozen=True), _each(encoders), secret=secret)
    cql = CqlType(_COLLECTIONS[origin], types_)
    if any(part.name == "counter" for part in types_):
        raise InvalidQueryError(f"{_name(annotation)} cannot be stored: a collection cannot hold counters")
    mapping = Mapping(cql, secret=secret, parts=tuple(encoders))
    if not any(encoders):
        return mapping
    if origin is dict:
        key, value = (encode or _same for encode in encoders)
        return mapping._replace(encode=lambda items: {key(k): value(v) for k, v in items.items()})
    one = encoders[0] or _same
    make = list if origin is list else set
    return mapping._replace(encode=lambda items: make(map(one, items)))


def _check_hashable(element: Any, annotation: Any) -> None:
    """Refuse what Python can never hold: a set of lists, a map whose keys are sets."""
    element, _, _ = split(element)
    origin = get_origin(element)
    if origin in _UNHASHABLE:
        remedy = "use frozenset" if origin is set else "use a tuple, or a UserType with frozen=True"
        what = "an element of a set" if get_origin(annotation) is not dict else "a key of a map"
        raise InvalidQueryError(
            f"{_name(annotation)} cannot be stored: {what} must hash, and a {origin.__name__} does not; {remedy}"
        )


def _each(encoders: list[Encode | None]) -> Encode | None:
    if not any(encoders):
        return None

    def encode(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            item if one is None or item is None else one(item)
            for one, item in zip(encoders, items, strict=True)
        )

    return encode


def _union(annotation: Any) -> Mapping:
    found = [map_annotation(arg) for arg in get_args(annotation)]
    if len({mapping.cql for mapping in found}) != 1 or any(mapping.encode for mapping in found):
        choices = " or ".join(str(mapping.cql) for mapping in found)
        raise InvalidQueryError(f"{_name(annotation)} cannot be stored: it could be {choices}")
    return found[0]


def _one_type(annotation: Any, values: tuple[Any, ...]) -> Mapping:
    found = {type(value) for value in values}
    if len(found) != 1 or not found <= _PLAIN.keys():
        raise InvalidQueryError(f"{_name(annotation)} cannot be stored: its values must be of one plain type")
    return Mapping(_PLAIN[found.pop()])


_READ = {"list": to_list, "array": to_array, "numpy": to_numpy}


def _vector(annotation: Any, dimensions: int) -> Mapping:
    form = form_of(annotation)
    if form is None or (form == "list" and not get_args(annotation)):
        raise InvalidQueryError(
            f"Vector() cannot be used on {_name(annotation)}: it fits list[float], array.array and numpy.ndarray"
        )
    element = map_annotation(get_args(annotation)[0]) if form == "list" else Mapping(_PLAIN[float])
    cql = CqlType("vector", (element.cql.freeze(),), frozen=True, dimensions=dimensions)
    if element.nullable or element.cql.name in ("counter", "duration"):
        raise InvalidQueryError(
            f"{_name(annotation)} cannot be a vector: its elements are fixed, and never null"
        )
    if cql.packable:
        return Mapping(cql, packer(dimensions), read=_READ[form])
    return Mapping(cql, _elements(element.encode or _same, dimensions), secret=element.secret)


def _elements(one: Encode, dimensions: int) -> Encode:
    def encode(value: Any) -> list[Any]:
        if len(value) != dimensions:
            raise VectorError(f"it has {len(value)} elements, not {dimensions}")
        return [one(item) for item in value]

    return encode


def _override(mapping: Mapping, marks: Iterable[Mark], annotation: Any) -> Mapping:
    for mark in marks:
        accepts = "int" if isinstance(mark, Counter) else getattr(mark, "accepts", None)
        if not isinstance(mark, (TypeOverride, Counter)):
            continue
        if mapping.cql.name != accepts:
            raise InvalidQueryError(
                f"{type(mark).__name__}() cannot be used on {_name(annotation)}: it fits {accepts} columns"
            )
        name = "counter" if isinstance(mark, Counter) else mark.cql
        mapping = mapping._replace(cql=scalar(name))
    return mapping


def _name(annotation: Any) -> str:
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)


def _value(member: Any) -> Any:
    return member.value if isinstance(member, enum.Enum) else member


def _reveal(secret: Any) -> Any:
    return secret.get_secret_value() if hasattr(secret, "get_secret_value") else secret


def _same(value: Any) -> Any:
    return value
