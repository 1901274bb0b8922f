"""Names of a schema as names of Python: of classes and of fields, none of which hides another."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable

from coodie.sync import CounterDocument, Document, MaterializedView

_WORD = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")
_NOT_A_NAME = re.compile(r"\W", re.ASCII)
# What generated modules use by its bare name: a field of that name would hide it from the annotations below it.
_USED = frozenset(
    "Annotated Any Decimal Field Settings UUID IPv4Address IPv6Address CqlDuration dt model_config "
    "bool bytes dict float frozenset int list set str tuple".split()
)


def class_name(name: str, taken: Iterable[str] = (), suffix: str = "Table") -> str:
    """Return a class's name for a table, view or type: `user_events` becomes `UserEvents`.

    One that is taken, or that is no name, gets the suffix.
    """
    words = [word for word in _WORD.split(name) if word]
    joined = "".join(word[0].upper() + word[1:] for word in words)
    taken = {*taken, *_USED}
    if not joined or joined[0].isdigit():
        joined = f"{suffix}{joined}"
    if joined in taken or hasattr(builtins, joined):
        joined += suffix
    found, number = joined, 2
    while found in taken:
        found, number = f"{joined}{number}", number + 1
    return found


def field_name(column: str, taken: Iterable[str] = ()) -> str:
    """Return a field's name for a column; where it is not the column's own, `Column(name=...)` keeps that one.

    Keywords, names that are none in Python, and those of methods that every document or class has are changed.
    """
    name = (
        _NOT_A_NAME.sub("_", column).strip("_") if not column.isidentifier() or column[0] == "_" else column
    )
    if not name or name[0].isdigit():
        name = f"column_{name}".rstrip("_")
    if _hides(name):
        name += "_"
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found


def _hides(name: str) -> bool:
    if keyword.iskeyword(name) or name in _USED or name.startswith(("model_", "validate_")):
        return True
    return any(hasattr(base, name) for base in (Document, CounterDocument, MaterializedView))
