"""Type classes of cassandra-driver as `CqlType`s, the fields of user types with them."""

from __future__ import annotations

from typing import Any

from cassandra.cqltypes import UserType, VectorType

from coodie.cqltype import CqlType, parse_cql_type

MOST_REMEMBERED = 4096
_known: dict[Any, CqlType] = {}


def cql_type(driver_type: Any) -> CqlType:
    """Return the CQL type of a driver's class; a class is looked at once."""
    found = _known.get(driver_type)
    if found is None:
        if len(_known) >= MOST_REMEMBERED:
            # Parameterised classes are made anew with each prepared statement, so old ones would pile up.
            _known.clear()
        found = _known[driver_type] = _read(driver_type)
    return found


def _read(driver_type: Any) -> CqlType:
    if issubclass(driver_type, UserType):
        args = tuple(map(cql_type, driver_type.subtypes))
        return CqlType(driver_type.typename, args, user=True, fields=tuple(driver_type.fieldnames))
    if issubclass(driver_type, VectorType):
        element = cql_type(driver_type.subtype)
        return CqlType("vector", (element,), frozen=True, dimensions=driver_type.vector_size)
    if driver_type.subtypes:
        args = tuple(map(cql_type, driver_type.subtypes))
        if driver_type.typename == "frozen":
            return args[0].freeze()
        return CqlType(driver_type.typename, args, frozen=driver_type.typename == "tuple")
    return parse_cql_type(driver_type.cql_parameterized_type())
