"""Models beside a keyspace: every difference, with the steps that settle it and those that take them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from coodie.core.view import ViewCore
from coodie.cql.ddl import index as index_ddl
from coodie.cql.ddl import table as table_ddl
from coodie.cql.ddl import usertype as type_ddl
from coodie.cql.dialect import Target
from coodie.migrations import state
from coodie.migrations.changes import Call, Change, ColumnChange, IndexChange, SchemaDiff
from coodie.migrations.compare_views import around_views, compare_view, drop_undeclared_view
from coodie.migrations.live_ddl import add_live_column, create_live_index
from coodie.naming import quote
from coodie.operations.indexes import Matched, match_indexes
from coodie.operations.introspection import LiveTable
from coodie.operations.keyspace_schema import LiveKeyspace
from coodie.operations.tables import changed_options, conflicts_of, declared_table
from coodie.schema.inspect import table_of
from coodie.schema.polymorphism import members_of, root_of
from coodie.schema.table import Table
from coodie.schema.usertype import Layout, extract_udt_classes, is_usertype, layout_of


class _Sorted(NamedTuple):
    """Models by kind, each once; user types in the order of their dependencies."""

    types: list[Layout]
    tables: list[Table]
    views: Sequence[type[BaseModel]]


def compare(models: Iterable[type[BaseModel]], live: LiveKeyspace, target: Target) -> SchemaDiff:
    """Return what differs between models and a keyspace; models of another keyspace are told of as conflicts."""
    here, elsewhere = _of_keyspace(models, live.name)
    found = _sort(here)
    changes: list[Change] = []
    leftovers: list[Change] = []
    conflicts = list(elsewhere)
    for layout in found.types:
        for change in _type(layout, live, conflicts):
            (leftovers if change.action == "drop" else changes).append(change)
    for table in found.tables:
        found_here = list(_table(table, live.tables.get(table.name), target, conflicts))
        for change in around_views(found_here, table.name, live, found.views):
            (leftovers if change.action == "drop" else changes).append(change)
    # No server drops a column that an index is on.
    leftovers.sort(key=lambda change: change.what != "index")
    for view in found.views:
        changes += compare_view(view, live, conflicts)
    return SchemaDiff(live.name, changes, leftovers, list(_undeclared(found, live)), conflicts)


def _of_keyspace(models: Iterable[type[BaseModel]], keyspace: str) -> tuple[list[type[BaseModel]], list[str]]:
    here, elsewhere = [], []
    for model in dict.fromkeys(models):
        own = layout_of(model).keyspace if is_usertype(model) else table_of(model).keyspace
        if own in (None, keyspace):
            here.append(model)
        else:
            elsewhere.append(f"{model.__name__} is a model of keyspace {own}: compare it with that one")
    return here, elsewhere


def _sort(models: Sequence[type[BaseModel]]) -> _Sorted:
    roots = dict.fromkeys(root_of(m) for m in models if not is_usertype(m) and not issubclass(m, ViewCore))
    holders = [
        *(member for root in roots for member in members_of(root)),
        *(m for m in models if is_usertype(m)),
    ]
    types = dict.fromkeys(kind for holder in holders for kind in extract_udt_classes(holder))
    views = [model for model in models if not is_usertype(model) and issubclass(model, ViewCore)]
    return _Sorted([layout_of(kind) for kind in types], [declared_table(root) for root in roots], views)


def _type(layout: Layout, live: LiveKeyspace, conflicts: list[str]) -> Iterator[Change]:
    there = live.types.get(layout.name)
    named = f"type {layout.name}"
    if there is None:
        up = type_ddl.create_type(layout.cql, None).text
        down = type_ddl.drop_type(layout.name, None).text
        yield Change(named, layout.name, "type", "add", up=(up,), down=(down,))
        return
    for name, cql in zip(layout.cql.fields, layout.cql.args, strict=True):
        if name not in there:
            up = type_ddl.add_field(layout.cql, None, name, cql).text
            detail = f"{cql} (a type's field cannot be taken back)"
            yield ColumnChange(named, name, "field", "add", detail, up=(up,), cql_type=str(cql))
        elif str(there[name].freeze()) != str(cql):
            conflicts.append(
                f"{named}: field {name} is {cql} in the model, but {there[name]} on the server: "
                "a field's type cannot be changed, add a new field"
            )
    for name, cql in there.items():
        if name not in layout.cql.fields:
            detail = f"{cql} (no server drops a type's field)"
            yield ColumnChange(named, name, "field", "drop", detail, cql_type=str(cql))


def _table(table: Table, live: LiveTable | None, target: Target, conflicts: list[str]) -> Iterator[Change]:
    named = f"table {table.name}"
    if live is None:
        made = table_ddl.create_table(table, None).text
        yield Change(named, table.name, "table", "add", up=(made,), down=(Call("drop_table", (table.name,)),))
        for index in table.indexes:
            made = index_ddl.create_index(table, None, index, target).text
            yield IndexChange(named, index.name, "index", "add", f"on {index.column}", up=(made,))
        return
    conflicts += conflicts_of(table, live)
    yield from _columns(named, table, live)
    options = changed_options(table, live)
    if options:
        before = {name: live.options[name] for name in options if live.options.get(name) is not None}
        down = (table_ddl.alter_options(table, None, before).text,) if before else ()
        detail = "; ".join(f"{name}: {before.get(name)} -> {value}" for name, value in options.items())
        up = table_ddl.alter_options(table, None, options).text
        yield Change(named, ", ".join(options), "option", "change", f"({detail})", up=(up,), down=down)
    yield from _indexes(named, table, live, match_indexes(table, live, target), target)


def _columns(named: str, table: Table, live: LiveTable) -> Iterator[Change]:
    known = {column.name for column in table.columns}
    for column in table.columns:
        if column.name not in live.columns and not column.in_key:
            up = table_ddl.add_columns(table, None, [column]).text
            detail = f"{column.type}{' static' if column.role == 'static' else ''}"
            down = (Call("drop_column", (table.name, column.name)),)
            yield ColumnChange(
                named, column.name, "column", "add", detail, (up,), down, cql_type=str(column.type)
            )
    for name, there in live.columns.items():
        if name not in known:
            dropped, before = Call("drop_column", (table.name, name)), add_live_column(table.name, there)
            kind = str(there.type)
            yield ColumnChange(named, name, "column", "drop", kind, (dropped,), (before,), cql_type=kind)


def _indexes(named: str, table: Table, live: LiveTable, matched: Matched, target: Target) -> Iterator[Change]:
    for index, match in matched.pairs:
        if match is not None:
            continue
        up = index_ddl.create_index(table, None, index, target).text
        dropped = Call("drop_index", (index.name,))
        other = matched.changed.get(index)
        if other is None:
            yield IndexChange(named, index.name, "index", "add", f"on {index.column}", (up,), (dropped,))
            continue
        before = create_live_index(table.name, live.indexes[other])
        detail = f"on {index.column}, with other options: it is made anew"
        yield IndexChange(
            named,
            index.name,
            "index",
            "change",
            detail,
            (Call("drop_index", (other,)), up),
            (dropped, before),
        )
    for name, there in matched.unclaimed.items():
        before, gone = create_live_index(table.name, there), Call("drop_index", (name,))
        yield IndexChange(named, name, "index", "drop", f"on {there.target}", (gone,), (before,))


def _undeclared(found: _Sorted, live: LiveKeyspace) -> Iterator[Change]:
    views = {table_of(view).name for view in found.views}
    for name, view in live.views.items():
        if name not in views:
            yield drop_undeclared_view(name, view)
    tables = {table.name for table in found.tables} | {state.TABLE}
    for name in live.tables:
        if name not in tables:
            yield Change(f"table {name}", name, "table", "drop", up=(Call("drop_table", (name,)),))
    types = {layout.name for layout in found.types}
    for name, fields in live.types.items():
        if name not in types:
            cql = ", ".join(f"{quote(field)} {kind}" for field, kind in fields.items())
            yield Change(
                f"type {name}",
                name,
                "type",
                "drop",
                up=(type_ddl.drop_type(name, None).text,),
                down=(f"CREATE TYPE IF NOT EXISTS {quote(name)} ({cql})",),
            )
