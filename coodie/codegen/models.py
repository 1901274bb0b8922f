"""A live keyspace as the source of its models, which sync to an empty plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any, NamedTuple

from coodie.codegen.annotations import Annotations, Imports
from coodie.codegen.fields import Fields, table_fields, type_fields
from coodie.codegen.layout import LINE_LENGTH, statement
from coodie.codegen.names import class_name
from coodie.codegen.options import chosen_options
from coodie.cqltype import CqlType
from coodie.naming import quote, snake_case
from coodie.operations.introspection import LiveTable
from coodie.operations.keyspace_schema import LiveKeyspace, LiveView

_BASES = ("Document", "CounterDocument", "MaterializedView", "UserType")
_NOT_NULL = re.compile(r'("(?:[^"]|"")+"|\w+) IS NOT NULL', re.IGNORECASE)


class Generated(NamedTuple):
    """Source code, how many classes it has, and what of the schema is not in it, with reasons."""

    source: str
    classes: int
    notes: tuple[str, ...]


def write_models(live: LiveKeyspace, *, flavour: str = "coodie", server: str = "") -> Generated:
    """Write the models of a keyspace; `flavour` is the module that the document classes are imported from."""
    return _Writer(live, flavour).write(server)


class _Writer:
    """Writes one module."""

    def __init__(self, live: LiveKeyspace, flavour: str) -> None:
        self._live, self._flavour = live, flavour
        self._imports = Imports()
        self._classes: dict[str, str] = {}  # of user types, by type
        self._tables: dict[str, str] = {}  # of tables and views, by table
        self._hashed = _in_sets(live)
        self._notes: list[str] = []
        self._written: set[str] = set()
        self._annotations = Annotations(self._imports, self._classes)

    def write(self, server: str) -> Generated:
        """Write types before the tables that use them, and tables before their views."""
        taken = set(_BASES)
        for names, kind, known in (
            (self._live.tables, "Table", self._tables),
            (self._live.views, "View", self._tables),
            (self._live.types, "Type", self._classes),
        ):
            for name in sorted(names):
                known[name] = class_name(name, taken, kind)
                taken.add(known[name])
        bodies = [
            body
            for body in (
                *(self._type(name) for name in _dependencies_first(self._live.types)),
                *(self._table(name, self._live.tables[name]) for name in sorted(self._live.tables)),
                *(self._view(name, self._live.views[name]) for name in sorted(self._live.views)),
            )
            if body
        ]
        title = f"The models of keyspace `{self._live.name}`{f', as {server} has them' if server else ''}."
        parts = [f'"""{title}"""', *self._import_blocks()]
        head = "\n\n".join(parts)
        source = "\n\n\n".join([head, *bodies]) + "\n"
        return Generated(source, len(bodies), tuple(self._notes))

    def _import_blocks(self) -> Iterator[str]:
        for block in self._imports.blocks():
            yield "\n".join(statement(line) if line.startswith("from") else line for line in block)

    def _base(self, name: str) -> str:
        self._imports.use("coodie" if name == "UserType" else self._flavour, name)
        return name

    def _type(self, name: str) -> str:
        fields = type_fields(self._live.types[name], self._annotations, self._imports)
        if not re.fullmatch(r"\w+", name, re.ASCII):
            fields = Fields(refused=["coodie takes letters, digits and underscores"], key_is_whole=False)
        if not fields.key_is_whole:
            self._leave_out("user type", name, fields)
            del self._classes[name]
            return ""
        settings = {} if snake_case(self._classes[name]) == name else {"__type_name__": name}
        before = []
        if name in self._hashed:
            # A set's element and a map's key must hash.
            self._imports.use("pydantic", "ConfigDict")
            before = ["    model_config = ConfigDict(frozen=True)"]
        doc = f"A value of type `{name}`."
        return _class(self._classes[name], self._base("UserType"), doc, [*before, *fields.lines], settings)

    def _table(self, name: str, live: LiveTable) -> str:
        fields = table_fields(name, live, self._annotations, self._imports)
        if not fields.key_is_whole:
            self._leave_out("table", name, fields)
            return ""
        self._tell(f"table {name}", fields)
        counters = any(column.type.name == "counter" for column in live.columns.values())
        settings = self._settings(name, live)
        doc = _one_line(live.options.get("comment")) or f"A row of table `{name}`."
        self._written.add(name)
        base = self._base("CounterDocument" if counters else "Document")
        return _class(self._tables[name], base, doc, [*_comments(fields), *fields.lines], settings)

    def _view(self, name: str, view: LiveView) -> str:
        fields = table_fields(name, view.table, self._annotations, self._imports)
        if not fields.key_is_whole or view.base not in self._written:
            self._leave_out("view", name, fields)
            return ""
        self._tell(f"view {name}", fields)
        settings = {"__base_table__": _Name(self._tables[view.base]), **self._settings(name, view.table)}
        if not _asks_for_keys_alone(view):
            settings["__where_clause__"] = view.where
        doc = _one_line(view.table.options.get("comment")) or f"A row of view `{name}` of `{view.base}`."
        base = self._base("MaterializedView")
        return _class(self._tables[name], base, doc, [*_comments(fields), *fields.lines], settings)

    def _settings(self, name: str, live: LiveTable) -> dict[str, Any]:
        settings: dict[str, Any] = {} if snake_case(self._tables[name]) == name else {"name": name}
        if live.options.get("default_time_to_live"):
            settings["__default_ttl__"] = live.options["default_time_to_live"]
        options = chosen_options(live.options)
        return {**settings, "__options__": options} if options else settings

    def _tell(self, what: str, fields: Fields) -> None:
        self._notes += [f"{what}, {reason}; it is left out" for reason in fields.refused]

    def _leave_out(self, what: str, name: str, fields: Fields) -> None:
        reason = "; ".join(fields.refused) or "its table is left out"
        self._notes.append(f"{what} {name} is left out: {reason}")


class _Name(str):
    """A name in the source, as opposed to text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _class(name: str, base: str, doc: str, lines: list[str], settings: dict[str, Any]) -> str:
    text = [f"class {name}({base}):", f'    """{doc}"""', "", *lines]
    if settings:
        text += ["", "    class Settings:"]
        text += [statement(f"{key} = {value!r}", depth=2) for key, value in settings.items()]
    return "\n".join(text)


def _comments(fields: Fields) -> list[str]:
    return [f"    # Left out: {reason}" for reason in fields.refused]


def _one_line(comment: Any) -> str:
    """Return a table's comment where it can be a docstring of one line."""
    text = str(comment or "").strip()
    fits = len(text) <= LINE_LENGTH - len('    """"""') and text.isprintable()
    return text if fits and not set(text) & {'"', "\\"} else ""


def _asks_for_keys_alone(view: LiveView) -> bool:
    """Tell whether a view holds every row whose key is there, which needs no clause."""
    keys = {quote(column.name) for column in view.table.columns.values() if column.kind != "regular"}
    found = {name if name[0] == '"' else quote(name) for name in _NOT_NULL.findall(view.where)}
    rest = _NOT_NULL.sub("", view.where).upper().replace("AND", "").strip()
    return not rest and found == keys


def _dependencies_first(types: dict[str, dict[str, CqlType]]) -> list[str]:
    graph = {
        name: {part.name for cql in types[name].values() for part in cql.walk() if part.user} & types.keys()
        for name in sorted(types)
    }
    return list(TopologicalSorter(graph).static_order())


def _in_sets(live: LiveKeyspace) -> set[str]:
    """Return the user types whose values must hash: elements of sets, keys of maps, and what is in these."""
    every = [
        cql
        for columns in (
            *([column.type for column in table.columns.values()] for table in live.tables.values()),
            *(fields.values() for fields in live.types.values()),
        )
        for cql in columns
    ]
    pending = [
        part
        for cql in every
        for each in cql.walk()
        if each.name in ("set", "map") and each.args
        for part in each.args[0].walk()
    ]
    found: set[str] = set()
    while pending:
        part = pending.pop()
        if part.user and part.name not in found and part.name in live.types:
            found.add(part.name)
            pending += [inner for cql in live.types[part.name].values() for inner in cql.walk()]
    return found
