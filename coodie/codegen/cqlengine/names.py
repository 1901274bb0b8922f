"""What a module calls the things of cqlengine."""

from __future__ import annotations

import ast
from typing import NamedTuple

DRIVER = "cassandra"


class Note(NamedTuple):
    """What a person has to look at: a line of the source that was given, and what to do there."""

    line: int
    text: str


class Names:
    """The imports of a module that lead into the driver's package."""

    def __init__(self, tree: ast.Module) -> None:
        self._local: dict[str, str] = {}
        self.notes: list[Note] = []
        for node in ast.walk(tree):
            match node:
                case ast.ImportFrom(module=str(module), names=aliases) if _ours(module):
                    for alias in aliases:
                        if alias.name == "*":
                            self.notes.append(
                                Note(node.lineno, f"`from {module} import *` hides what is used")
                            )
                        self._local[alias.asname or alias.name] = f"{module}.{alias.name}"
                case ast.Import(names=aliases):
                    for alias in (each for each in aliases if _ours(each.name)):
                        self._local[alias.asname or DRIVER] = alias.name if alias.asname else DRIVER

    def dotted(self, node: ast.AST) -> str:
        """Return the full name of an expression, without `cassandra.cqlengine.`; empty for what is other people's."""
        return self._full(node).removeprefix(f"{DRIVER}.cqlengine.")

    def _full(self, node: ast.AST) -> str:
        match node:
            case ast.Name(id=name):
                return self._local.get(name, "")
            case ast.Attribute(value=value, attr=attr):
                base = self._full(value)
                return f"{base}.{attr}" if base else ""
            case _:
                return ""


def _ours(module: str) -> bool:
    return module.partition(".")[0] == DRIVER
