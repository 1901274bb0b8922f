"""Differences between models and a keyspace, as values: what they are, and what would settle them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from coodie.migrations.cqltext import destroys
from coodie.naming import quote

Action = Literal["add", "change", "drop"]
_DROPS = {"drop_table": "DROP TABLE IF EXISTS {}", "drop_index": "DROP INDEX IF EXISTS {}"}


@dataclass(frozen=True, slots=True)
class Call:
    """A step that a method of `MigrationContext` does better than CQL by hand: it looks first."""

    method: str
    arguments: tuple[str, ...]

    @property
    def cql(self) -> str:
        """The statement that it comes to."""
        if self.method == "drop_column":
            return f"ALTER TABLE {quote(self.arguments[0])} DROP {quote(self.arguments[1])}"
        return _DROPS[self.method].format(quote(self.arguments[0]))


Step = str | Call


@dataclass(frozen=True, slots=True)
class DbColumnInfo:
    """A column as the server has it: `kind` is `partition_key`, `clustering`, `static` or `regular`."""

    name: str
    type: str
    kind: str = "regular"
    position: int = -1
    clustering_order: str = "NONE"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `up` are the steps that bring the server to the models, `down` those that take them back.

    `what` it is about is called `name` and belongs to `table` (a table, view or type); a change without `up` is one
    that no statement can make.
    """

    table: str
    name: str
    what: str
    action: Action
    detail: str = ""
    up: Sequence[Step] = ()
    down: Sequence[Step] = ()

    @property
    def destructive(self) -> bool:
        """Tell whether `up` destroys data."""
        return any(destroys(text_of(step)) for step in self.up)


@dataclass(frozen=True, slots=True)
class ColumnChange(Change):
    """A column, or a field of a user type, that only one side has."""

    cql_type: str = ""


@dataclass(frozen=True, slots=True)
class IndexChange(Change):
    """An index that only one side has, or that is made in another way."""


@dataclass(frozen=True, slots=True)
class SchemaDiff:
    """What differs between models and a keyspace.

    `changes` are what the models declare and the server does not have. `leftovers` are what only the server has of
    tables, views and types that models declare, `undeclared` whole ones that no model does: both are dropped only
    where that is asked for. `conflicts` can be settled by no statement; each names both sides.
    """

    keyspace: str
    changes: Sequence[Change] = ()
    leftovers: Sequence[Change] = ()
    undeclared: Sequence[Change] = ()
    conflicts: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Tell whether anything that models declare differs."""
        return bool(self.changes or self.leftovers or self.conflicts)

    def chosen(self, *, drop: bool = False, drop_tables: bool = False) -> list[Change]:
        """Return the changes of a migration, in the order in which they can be made."""
        whole = ["view", "table", "type"]
        undeclared = sorted(self.undeclared, key=lambda change: whole.index(change.what))
        dropped = [*(self.leftovers if drop else ()), *(undeclared if drop_tables else ())]
        return [change for change in (*self.changes, *dropped) if change.up]

    def upgrade(self, *, drop: bool = False, drop_tables: bool = False) -> list[str]:
        """Return the CQL that brings the keyspace to the models."""
        return [text_of(s) for change in self.chosen(drop=drop, drop_tables=drop_tables) for s in change.up]


def text_of(step: Step) -> str:
    """Return the CQL of a step."""
    return step.cql if isinstance(step, Call) else step


def format_diff(diff: SchemaDiff) -> str:
    """Write a difference for people: `+` only in the models, `-` only on the server, `~` in both, `!` a conflict."""
    if not diff and not diff.undeclared:
        return f"models and keyspace {diff.keyspace} agree"
    return "\n".join(line for line, _ in styled_lines(diff))


def styled_lines(diff: SchemaDiff) -> Iterator[tuple[str, str]]:
    """Give the lines of `format_diff`, each with what it is: head, add, change, drop, conflict or undeclared."""
    shown = [*diff.changes, *diff.leftovers]
    for table in dict.fromkeys(change.table for change in shown):
        yield table, "head"
        for change in (each for each in shown if each.table == table):
            mark = {"add": "+", "change": "~", "drop": "-"}[change.action]
            detail = f" {change.detail}" if change.detail else ""
            yield f"  {mark} {change.what} {change.name}{detail}", change.action
    for line in diff.conflicts:
        yield f"! {line}", "conflict"
    if diff.undeclared:
        named = ", ".join(f"{change.what} {change.name}" for change in diff.undeclared)
        yield f"only on the server, and no model's: {named}", "undeclared"
