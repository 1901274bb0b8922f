"""Materialized views beside their classes: a view cannot be altered, so one that differs is made anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pydantic import BaseModel

from coodie.cql.ddl import view as view_ddl
from coodie.migrations.changes import Change
from coodie.migrations.cqltext import tokens
from coodie.migrations.live_ddl import create_live_view
from coodie.naming import quote
from coodie.operations.keyspace_schema import LiveKeyspace, LiveView
from coodie.operations.tables import conflicts_of
from coodie.schema.view import View, view_of


def compare_view(model: type[BaseModel], live: LiveKeyspace, conflicts: list[str]) -> Iterator[Change]:
    """Give the change that brings a view to its class, if there is one."""
    view = view_of(model)
    name = view.table.name
    if name in live.tables:
        conflicts.append(
            f"{view.table.model} is a view, but {name} is a table on the server: call one otherwise"
        )
        return
    there = live.views.get(name)
    up, down = view_ddl.create_view(view, None).text, view_ddl.drop_view(view.table, None).text
    if there is None:
        yield Change(f"view {name}", name, "view", "add", f"of {view.base}", (up,), (down,))
        return
    why = _difference(view, there)
    if why:
        before = create_live_view(name, there)
        yield Change(
            f"view {name}", name, "view", "change", f"({why}: it is made anew)", (down, up), (down, before)
        )


def around_views(
    changes: list[Change], table: str, live: LiveKeyspace, views: Sequence[type[BaseModel]]
) -> list[Change]:
    """Let the views of a table step aside while columns are dropped: no server drops one of a table with views."""
    before = {name: create_live_view(name, view) for name, view in live.views.items() if view.base == table}
    if not before:
        return changes
    declared = {view.table.name: view_ddl.create_view(view, None).text for view in map(view_of, views)}
    gone = tuple(f"DROP MATERIALIZED VIEW IF EXISTS {quote(name)}" for name in before)
    again = tuple(declared.get(name, cql) for name, cql in before.items())
    columns = [place for place, change in enumerate(changes) if change.what == "column"]
    added = [place for place in columns if changes[place].action == "add"]
    dropped = [place for place in columns if changes[place].action == "drop"]
    found = list(changes)
    if dropped:
        first, last = dropped[0], dropped[-1]
        found[first] = replace(found[first], up=(*gone, *found[first].up))
        detail = f"{found[last].detail} (the views of the table are made anew)"
        found[last] = replace(found[last], up=(*found[last].up, *again), detail=detail)
    if added:
        # Taken back in the other order.
        first, last = added[0], added[-1]
        found[last] = replace(found[last], down=(*gone, *found[last].down))
        found[first] = replace(found[first], down=(*found[first].down, *before.values()))
    return found


def drop_undeclared_view(name: str, view: LiveView) -> Change:
    """Return the change that drops a view which no class declares; its table keeps the rows."""
    up = f"DROP MATERIALIZED VIEW IF EXISTS {quote(name)}"
    return Change(
        f"view {name}", name, "view", "drop", f"of {view.base}", (up,), (create_live_view(name, view),)
    )


def _difference(view: View, there: LiveView) -> str:
    if view.base != there.base:
        return f"it follows {there.base}, its class {view.base}"
    missing = [name for name in view.columns if name not in there.table.columns]
    if missing:
        return f"it lacks {', '.join(missing)}"
    different = list(conflicts_of(view.table, there.table))
    if different:
        return "its key or a type differs"
    where = view.where or " AND ".join(f"{quote(c.name)} IS NOT NULL" for c in view.table.primary_key)
    return "it holds other rows" if _conditions(where) != _conditions(there.where) else ""


def _conditions(where: str) -> set[tuple[str, ...]]:
    """Return the conditions of a WHERE clause, however the server writes them."""
    parts = re.split(r"\s+AND\s+", where.strip(), flags=re.IGNORECASE)
    return {tuple(token.name or token.text for token in tokens(part)) for part in parts}
