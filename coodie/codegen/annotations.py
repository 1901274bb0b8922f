"""CQL types as annotations of Python, with the imports and markers that they need."""

from __future__ import annotations

from collections.abc import Mapping

from coodie.cqltype import CqlType
from coodie.exceptions import InvalidQueryError

# Type -> annotation, module and name of its import ("" for a builtin), marker.
_SCALARS: dict[str, tuple[str, str, str]] = {
    "ascii": ("str", "", "Ascii"),
    "bigint": ("int", "", "BigInt"),
    "blob": ("bytes", "", ""),
    "boolean": ("bool", "", ""),
    "counter": ("int", "", ""),
    "date": ("dt.date", "", ""),
    "decimal": ("Decimal", "decimal", ""),
    "double": ("float", "", "Double"),
    "duration": ("CqlDuration", "coodie", ""),
    "float": ("float", "", ""),
    "inet": ("IPv4Address | IPv6Address", "ipaddress", ""),
    "int": ("int", "", ""),
    "smallint": ("int", "", "SmallInt"),
    "text": ("str", "", ""),
    "time": ("dt.time", "", ""),
    "timestamp": ("dt.datetime", "", ""),
    "timeuuid": ("UUID", "uuid", "TimeUUID"),
    "tinyint": ("int", "", "TinyInt"),
    "uuid": ("UUID", "uuid", ""),
    "varint": ("int", "", "VarInt"),
}
_COLLECTIONS = {"list": "list", "set": "set", "map": "dict"}


class Imports:
    """The names that generated code uses, by module."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = {}
        self._modules: set[str] = set()

    def use(self, module: str, *names: str) -> None:
        """Have names imported from a module."""
        self._names.setdefault(module, set()).update(names)

    def use_module(self, line: str) -> None:
        """Have a module imported by a line of its own."""
        self._modules.add(line)

    def names(self, module: str) -> list[str]:
        """Return what is imported from a module."""
        return sorted(self._names.get(module, ()), key=_order)

    def blocks(self) -> list[list[str]]:
        """Return import lines in blocks (Python's, then others'), each sorted as linters sort."""
        standard = sorted(self._modules)
        others: list[str] = []
        for module in sorted(self._names):
            line = f"from {module} import {', '.join(self.names(module))}"
            (others if module.partition(".")[0] in ("coodie", "pydantic") else standard).append(line)
        return [block for block in (standard, others) if block]


def _order(name: str) -> tuple[bool, bool, str]:
    # Constants, then classes, then the rest: isort's order.
    return not name.isupper(), not name[:1].isupper(), name


class Annotations:
    """Writes annotations; user types are known by the classes that stand for them."""

    def __init__(self, imports: Imports, classes: Mapping[str, str]) -> None:
        self._imports, self._classes = imports, classes

    def column(self, cql: CqlType, *, in_type: bool = False) -> tuple[str, list[str]]:
        """Return the annotation of a column and the markers that go beside it.

        A field of a user type (`in_type`) is stored as one value anyway, which needs no word.

        Raises `InvalidQueryError` with the reason for a type that no annotation stands for.
        """
        if cql.name == "vector":
            return f"list[{self._inner(cql.args[0])}]", [self._mark(f"Vector(dimensions={cql.dimensions})")]
        if cql.user:
            return self._class(cql), [] if cql.frozen or in_type else [self._mark("Frozen(False)")]
        if cql.name in _COLLECTIONS:
            return self._collection(cql, hashable=False), [
                self._mark("Frozen()")
            ] if cql.frozen and not in_type else []
        if cql.name == "tuple":
            return self._tuple(cql, hashable=False), []
        plain, mark = self._scalar(cql)
        return plain, [self._mark(f"{mark}()")] if mark else []

    def _inner(self, cql: CqlType, *, hashable: bool = False) -> str:
        """Write a type inside another, where its marker needs an `Annotated` of its own."""
        if cql.name == "tuple":
            return self._tuple(cql, hashable=hashable)
        if cql.name in _COLLECTIONS:
            return self._collection(cql, hashable=hashable)
        if hashable and cql.name == "vector":
            raise InvalidQueryError(f"{cql} inside a set or as a key of a map has no hashable type in Python")
        annotation, marks = self.column(cql.freeze())
        if not marks:
            return annotation
        self._imports.use("typing", "Annotated")
        return f"Annotated[{annotation}, {', '.join(marks)}]"

    def _collection(self, cql: CqlType, *, hashable: bool) -> str:
        if hashable and cql.name != "set":
            raise InvalidQueryError(f"{cql} inside a set or as a key of a map has no hashable type in Python")
        name = "frozenset" if hashable else _COLLECTIONS[cql.name]
        first, *rest = cql.args
        inside = [self._inner(first, hashable=cql.name != "list"), *(self._inner(arg) for arg in rest)]
        return f"{name}[{', '.join(inside)}]"

    def _tuple(self, cql: CqlType, *, hashable: bool) -> str:
        return f"tuple[{', '.join(f'{self._inner(arg, hashable=hashable)} | None' for arg in cql.args)}]"

    def _scalar(self, cql: CqlType) -> tuple[str, str]:
        if cql.name not in _SCALARS:
            raise InvalidQueryError(f"{cql} is a type of the server's own making")
        plain, module, mark = _SCALARS[cql.name]
        if plain.startswith("dt."):
            self._imports.use_module("import datetime as dt")
        if module:
            self._imports.use(module, *plain.split(" | "))
        return plain, mark

    def _class(self, cql: CqlType) -> str:
        if cql.name not in self._classes:
            raise InvalidQueryError(f"user type {cql.name} is not in this keyspace")
        return self._classes[cql.name]

    def _mark(self, source: str) -> str:
        self._imports.use("coodie", source.partition("(")[0])
        return source
