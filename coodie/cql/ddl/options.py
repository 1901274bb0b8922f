"""Values inside DDL, where no server takes a bind marker: written as CQL constants, escaped, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from coodie.cql.statement import Kind, Shape
from coodie.exceptions import InvalidQueryError

_OPTION = re.compile(r"[a-z_][a-z0-9_]*")


def constant(value: Any) -> str:
    """Write a string, number, boolean or map of them as a CQL constant."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            if "\0" in value:
                raise InvalidQueryError("an option cannot contain NUL")
            return "'" + value.replace("'", "''") + "'"
        case Mapping():
            return "{" + ", ".join(f"{constant(str(k))}: {constant(v)}" for k, v in value.items()) + "}"
        case _:
            raise InvalidQueryError(
                f"{value!r} cannot be an option: use text, numbers, booleans or a dict of them"
            )


def properties(options: Mapping[str, Any]) -> list[str]:
    """Write `name = constant` for each option."""
    for name in options:
        if not _OPTION.fullmatch(name):
            raise InvalidQueryError(f"{name!r} cannot name an option")
    return [f"{name} = {constant(value)}" for name, value in options.items()]


def ddl(text: str, keyspace: str | None, table: str | None = None) -> Shape:
    """Wrap a schema statement, which takes no parameters."""
    return Shape(text=text, kind=Kind.DDL, keyspace=keyspace, table=table, idempotent=True)
