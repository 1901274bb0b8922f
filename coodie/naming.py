"""Names: Python's to CQL's, and the one place where an identifier is quoted."""

from __future__ import annotations

import re

from coodie.exceptions import InvalidQueryError

_BEFORE_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9]+[A-Z])")
_OBJECT_NAME = re.compile(r"[A-Za-z0-9_]+")
# Cassandra's SchemaConstants; an index has a table underneath, whose folder's name must fit a file system.
_LONGEST_OBJECT = {"index": 222}
LONGEST_IDENTIFIER = 65_535


def snake_case(name: str) -> str:
    """Turn a class name into a table name: `HTTPLogEntry` becomes `http_log_entry`."""
    return re.sub("_+", "_", _BEFORE_WORD.sub("_", name)).strip("_").lower() or name.lower()


def quote(name: str) -> str:
    """Quote an identifier, so that reserved words, capitals and any other character are taken as they are."""
    if not name or "\0" in name or len(name) > LONGEST_IDENTIFIER or not is_unicode(name):
        raise InvalidQueryError(
            f"{name[:60]!r} cannot be an identifier: it is empty, too long, no valid Unicode, or contains NUL"
        )
    return '"' + name.replace('"', '""') + '"'


def is_unicode(text: str) -> bool:
    """Tell whether a text can be sent: it holds no half of a character."""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def check_object_name(name: str, what: str) -> str:
    """Return the name of a keyspace, table, view, index or type, which allow fewer characters than a column."""
    longest = _LONGEST_OBJECT.get(what, 48)
    if not _OBJECT_NAME.fullmatch(name) or len(name) > longest:
        raise InvalidQueryError(
            f"{name[:60]!r} cannot name {'an' if what == 'index' else 'a'} {what}: "
            f"use 1 to {longest} letters, digits and underscores"
        )
    return name


def qualified(keyspace: str | None, name: str) -> str:
    """Quote `keyspace.name`, or the bare name where the keyspace is not known."""
    return quote(name) if keyspace is None else f"{quote(keyspace)}.{quote(name)}"
