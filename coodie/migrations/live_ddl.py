"""CQL that makes again what a server has, so that a migration which drops it can be taken back."""

from __future__ import annotations

import json

from coodie.cql.ddl.options import constant
from coodie.naming import quote
from coodie.operations.introspection import LiveColumn, LiveIndex
from coodie.operations.keyspace_schema import LiveView


def add_live_column(table: str, column: LiveColumn) -> str:
    """Add a column as it was; its values are gone."""
    static = " STATIC" if column.kind == "static" else ""
    return f"ALTER TABLE {quote(table)} ADD {quote(column.name)} {column.type}{static}"


def create_live_index(table: str, index: LiveIndex) -> str:
    """Make an index as it was."""
    custom, using = ("CUSTOM INDEX", f" USING {constant(index.using)}") if index.using else ("INDEX", "")
    options = f" WITH OPTIONS = {constant(index.options)}" if index.options else ""
    name = quote(index.name)
    return f"CREATE {custom} IF NOT EXISTS {name} ON {quote(table)} ({_target(index.target)}){using}{options}"


def _target(target: str) -> str:
    if target.startswith("{"):
        # ScyllaDB's form of an index within each partition.
        parts = json.loads(target)
        return f"({', '.join(map(quote, parts['pk']))}), {', '.join(map(quote, parts['ck']))}"
    function, _, rest = target.partition("(")
    if rest and function.isidentifier():
        return f"{function}({_column(rest.removesuffix(')'))})"
    return _column(target)


def _column(name: str) -> str:
    return name if name.startswith('"') else quote(name)


def create_live_view(name: str, view: LiveView) -> str:
    """Make a view as it was."""
    columns = view.table.columns
    keys = {
        kind: sorted((c for c in columns.values() if c.kind == kind), key=lambda c: c.position)
        for kind in ("partition_key", "clustering")
    }
    partition = ", ".join(quote(column.name) for column in keys["partition_key"])
    clustering = "".join(f", {quote(column.name)}" for column in keys["clustering"])
    order = ", ".join(f"{quote(column.name)} {column.order}" for column in keys["clustering"])
    # What is not said is taken over from the table, whose order may be another.
    tail = f" WITH CLUSTERING ORDER BY ({order})" if order else ""
    return (
        f"CREATE MATERIALIZED VIEW IF NOT EXISTS {quote(name)} AS SELECT {', '.join(map(quote, columns))} "
        f"FROM {quote(view.base)} WHERE {view.where} PRIMARY KEY (({partition}){clustering}){tail}"
    )
