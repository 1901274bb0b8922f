"""The drawer's contents: a request's statements, and the model code that made them."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from coodie.observation import elapsed
from coodie.schema.polymorphism import members_of
from demokit import highlight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

SOURCE_LINES: Final = 15
_QUALIFIED: Final = re.compile(r'"\w+"\.("\w+")')
_COLUMNS: Final = re.compile(r"^SELECT .*? FROM")
_VALUES: Final = re.compile(r"^(INSERT INTO \w+) \(.*?\) VALUES \(.*?\)")


@dataclass(frozen=True)
class Sent:
    """One statement as the drawer shows it; `record` is what `coodie.observation.describe` says of it."""

    record: dict[str, Any]

    @property
    def cql(self) -> Markup:
        """The whole text, coloured."""
        return highlight.cql(self.record["cql"])

    @property
    def gist(self) -> Markup:
        """The text in one short line: no quotes, no keyspace, no lists of columns."""
        text = _QUALIFIED.sub(r"\1", " ".join(self.record["cql"].split())).replace('"', "")
        return highlight.cql(_VALUES.sub(r"\1 …", _COLUMNS.sub("SELECT … FROM", text)))

    @property
    def flag(self) -> str | None:
        """What to shout: a read of every partition, or rows read to be thrown away."""
        warnings = " ".join(self.record["warnings"])
        if "full scan" in warnings:
            return "scan"
        return "filtering" if self.record["filtering"] else None

    @property
    def index(self) -> bool:
        """Whether a secondary index answered, which `explain` tells in a warning about its reach."""
        return any(warning.startswith("index ") for warning in self.record["warnings"])

    @property
    def batch(self) -> str | None:
        """What a batch asks of the server, in words."""
        children = self.record["children"]
        if not children:
            return None
        partitions = len(self.record["partitions"])
        told = f"{_many(len(children), 'statement')} in {_many(partitions, 'partition')}"
        if self.record["cql"].startswith("BEGIN BATCH"):
            return f"{told}; logged: written down on other nodes first, so that all of it happens or nothing"
        return f"{told}; not logged"

    @property
    def touched(self) -> str:
        """The partitions in words."""
        partitions = self.record["partitions"]
        if not partitions:
            return (
                "every partition"
                if self.flag
                else "those that the index names"
                if self.index
                else "not named"
            )
        named = ["/".join(part.values()) for part in partitions]
        keys = "/".join(partitions[0])
        return f"{keys} = {named[0]}" if len(named) == 1 else f"{len(named)}: {keys} = {', '.join(named)}"


@dataclass(frozen=True)
class Hood:
    """Everything that the drawer shows for one request."""

    statements: tuple[Sent, ...]
    sources: tuple[tuple[str, Markup], ...]

    @property
    def ms(self) -> float:
        """The time during which any statement was under way."""
        return elapsed(sent.record for sent in self.statements)

    @property
    def added_up(self) -> float | None:
        """The times of all statements together, where some were under way at once; `None` where they add up."""
        total = float(sum(sent.record["ms"] for sent in self.statements))
        return total if total > self.ms * 1.05 else None


def hood(records: Iterable[dict[str, Any]] | None, models: Sequence[type[Any]]) -> Hood | None:
    """Make the drawer's contents; `None` while it is closed."""
    if records is None:
        return None
    statements = tuple(Sent(record) for record in records)
    tables = {sent.record["table"] for sent in statements}
    # Classes that share a table are shown together: the row may be of any of them. An abstract one owns the table.
    family: dict[type[Any], None] = dict.fromkeys(
        each for model in models for each in (model, *members_of(model))
    )
    touched = [model for model in family if model.table_name() in tables] or list(models[:1])
    return Hood(statements, tuple((model.__name__, source(model)) for model in touched))


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def source(model: type[Any]) -> Markup:
    """Return the first lines of a model's own source, coloured."""
    lines = inspect.getsource(model).rstrip().splitlines()
    shown = lines if len(lines) <= SOURCE_LINES else [*lines[: SOURCE_LINES - 1], "    ..."]
    return highlight.code("\n".join(shown), "python")
