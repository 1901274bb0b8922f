"""The schema as it would be by now: what a dry run has planned so far, laid over what the server says.

Without it a dry run would plan the second statement as if the first had not been planned: a column would be added
twice, an index looked for that an earlier migration makes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from coodie.cql.statement import Statement
from coodie.migrations.ddltext import Change, read_change
from coodie.rows.rows import Rows

Name = tuple[str, str]


@dataclass(slots=True)
class _Table:
    """What is planned for one table: `fresh` where what the server has of it counts no more."""

    fresh: bool = False
    exists: bool = True
    added: dict[str, tuple[str, str, int, str]] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)


class Rehearsal:
    """Plays schema statements without a server, and amends what the server answers about its schema."""

    def __init__(self, keyspace: str) -> None:
        self._keyspace = keyspace
        self._tables: dict[Name, _Table] = {}
        self._indexes: dict[Name, tuple[str, str, dict[str, str]] | None] = {}
        self._types: dict[Name, dict[str, str] | None] = {}

    def play(self, cql: str) -> None:
        """Take a statement as done."""
        change = read_change(cql)
        if change is None:
            return
        name = (change.keyspace or self._keyspace, change.name)
        match change.what, change.action:
            case (("table" | "view"), "create"):
                self._tables[name] = _Table(
                    fresh=True, added=dict(change.columns), options=dict(change.options)
                )
            case (("table" | "view"), "drop"):
                self._tables[name] = _Table(fresh=True, exists=False)
                gone = [key for key, index in self._indexes.items() if index and (key[0], index[0]) == name]
                self._indexes.update(dict.fromkeys(gone))
            case (("table" | "view"), _):
                self._alter(self._tables.setdefault(name, _Table()), change)
            case "index", "create":
                index = (name[0], change.index_name)
                self._indexes[index] = (change.name, change.index_kind, change.index_options)
            case "index", _:
                self._indexes[name] = None
            case "type", "create":
                self._types[name] = dict(change.fields)
            case "type", "drop":
                self._types[name] = None
            case "type", _:
                self._types[name] = {**(self._types.get(name) or {}), **change.fields}

    def _alter(self, table: _Table, change: Change) -> None:
        table.added.update(change.columns)
        table.dropped -= set(change.columns)
        for name in change.dropped:
            table.added.pop(name, None)
            table.dropped.add(name)
        for old, new in change.renamed.items():
            if old in table.added:
                table.added[new] = table.added.pop(old)
            else:
                table.renamed[old] = new
        table.options.update(change.options)

    def made(self, keyspace: str, table: str) -> bool:
        """Tell whether a table is only planned."""
        planned = self._tables.get((keyspace, table))
        return planned is not None and planned.fresh

    def planned_columns(self, keyspace: str, table: str) -> frozenset[str]:
        """Return the columns of a table that the server does not have yet."""
        planned = self._tables.get((keyspace, table))
        return frozenset() if planned is None else frozenset({*planned.added, *planned.renamed.values()})

    def amend(self, statement: Statement, rows: Rows) -> Rows:
        """Return the answer to a question about the schema as it would be by now."""
        shape = statement.shape
        if shape.keyspace != "system_schema":
            return rows
        keyspace, *name = statement.params
        amended: list[tuple[Any, ...]]
        match shape.table, name:
            case "columns", [table]:
                amended = self._columns((keyspace, table), rows.decoded())
            case "tables", [table]:
                return self._options((keyspace, table), rows)
            case "indexes", [table]:
                amended = self._indexes_of((keyspace, table), rows)
            case "indexes", []:
                amended = self._index_names(keyspace, rows.decoded())
            case "types", [kind]:
                amended = self._fields((keyspace, kind), rows.decoded())
            case _:
                return rows
        return Rows(rows.columns, rows.types, amended)

    def _columns(self, name: Name, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        planned = self._tables.get(name)
        if planned is None:
            return list(rows)
        kept = [] if planned.fresh else [row for row in rows if row[0] not in planned.dropped]
        kept = [(planned.renamed.get(row[0], row[0]), *row[1:]) for row in kept]
        added = [
            (column, kind, position, cql, order)
            for column, (cql, kind, position, order) in planned.added.items()
        ]
        return [*kept, *added]

    def _options(self, name: Name, rows: Rows) -> Rows:
        planned = self._tables.get(name)
        if planned is None:
            return rows
        found = [] if planned.fresh else [dict(zip(rows.columns, row, strict=True)) for row in rows.decoded()]
        options = {**(found[0] if found else {}), **planned.options}
        types = dict(zip(rows.columns, rows.types, strict=True))
        known = [column for column in rows.columns if column in options]
        values = [tuple(options[column] for column in known)] if planned.exists else []
        return Rows(tuple(known), tuple(types[column] for column in known), values)

    def _indexes_of(self, name: Name, rows: Rows) -> list[tuple[Any, ...]]:
        planned = self._tables.get(name)
        live = [] if planned is not None and planned.fresh else rows.decoded()
        kept = [row for row in live if (name[0], row[0]) not in self._indexes]
        added = [
            (key[1], index[1], index[2])
            for key, index in self._indexes.items()
            if index is not None and (key[0], index[0]) == name
        ]
        return [*kept, *added]

    def _index_names(self, keyspace: str, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        gone = {key[1] for key, planned in self._tables.items() if planned.fresh and key[0] == keyspace}
        kept = [row for row in rows if (keyspace, row[0]) not in self._indexes and row[1] not in gone]
        added = [(key[1], index[0]) for key, index in self._indexes.items() if index and key[0] == keyspace]
        return [*kept, *added]

    def _fields(self, name: Name, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        if name not in self._types:
            return list(rows)
        planned = self._types[name]
        if planned is None:
            return []
        fields = dict(zip(rows[0][0], rows[0][1], strict=True)) if rows else {}
        fields.update(planned)
        return [(list(fields), list(fields.values()))]
