"""What a statement written by hand does, as far as its text tells, and the keyspace that its bare names mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from coodie.naming import quote

_TOKEN = re.compile(
    r"""(?P<comment>--[^\n]*|//[^\n]*|/\*.*?\*/)|(?P<string>'(?:[^']|'')*'|\$\$.*?\$\$)"""
    r"""|"(?P<quoted>(?:[^"]|"")+)"|(?P<word>[A-Za-z_]\w*)|(?P<number>\d[\w.]*)|(?P<mark>\S)""",
    re.DOTALL,
)
_SCHEMA = frozenset({"CREATE", "ALTER", "DROP", "TRUNCATE"})
_DEFINING = frozenset({"CREATE", "ALTER", "DROP"})
_USING_DATA = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "BEGIN"})
_KINDS = ("TABLE", "COLUMNFAMILY", "TYPE", "INDEX", "VIEW", "FUNCTION", "AGGREGATE", "TRIGGER")
_HOLDERS = {
    "TABLE": "the rows of the table",
    "COLUMNFAMILY": "the rows of the table",
    "KEYSPACE": "all tables of the keyspace",
    "SCHEMA": "all tables of the keyspace",
    "TYPE": "the type",
}


class Token(NamedTuple):
    """A piece of CQL: `kind` is `name` (quoted), `word`, `string`, `number` or `mark`; `start` is its place."""

    kind: str
    text: str
    start: int = 0

    @property
    def name(self) -> str | None:
        """The identifier that it is, a bare word in lower case."""
        if self.kind == "name":
            return self.text
        return self.text.lower() if self.kind == "word" else None

    def is_word(self, *words: str) -> bool:
        """Tell a keyword, whatever its case."""
        return self.kind == "word" and self.text.upper() in words


def tokens(cql: str) -> list[Token]:
    """Split CQL; comments and white space are left out."""
    found = []
    for match in _TOKEN.finditer(cql):
        kind = match.lastgroup or ""
        if kind == "quoted":
            found.append(Token("name", match["quoted"].replace('""', '"'), match.start()))
        elif kind != "comment":
            found.append(Token(kind, match[0], match.start()))
    return found


def is_read(cql: str) -> bool:
    """Tell a SELECT from all that changes something."""
    first = tokens(cql)[:1]
    return bool(first) and first[0].is_word("SELECT")


def is_schema(cql: str) -> bool:
    """Tell a statement that changes the schema; TRUNCATE counts as one, every node must take part in it."""
    first = tokens(cql)[:1]
    return bool(first) and first[0].is_word(*_SCHEMA)


def destroys(cql: str) -> str | None:
    """Say what a statement destroys that nothing brings back, or `None`.

    Indexes and views are made again from their tables, so dropping them destroys nothing.
    """
    found = tokens(cql)
    first = found[0].text.upper() if found and found[0].kind == "word" else ""
    rest = found[1:]
    match first:
        case "DROP" if rest:
            return _HOLDERS.get(rest[0].text.upper()) if rest[0].kind == "word" else None
        case "ALTER" if rest and rest[0].is_word("TABLE", "COLUMNFAMILY"):
            # A bare word DROP is reserved: it can be nothing but the instruction.
            return "the values of the column" if any(token.is_word("DROP") for token in rest) else None
        case "TRUNCATE":
            return "the rows of the table"
        case "DELETE" | "BEGIN":
            return "rows" if any(token.is_word("DELETE") for token in found) else None
    return None


def in_keyspace(cql: str, keyspace: str) -> str:
    """Return the statement with its bare names of tables, views, types, indexes and functions in a keyspace.

    A connection may be to another keyspace or to none, and is not ours to change. What has a keyspace keeps it.
    """
    found = tokens(cql)
    text = cql
    for place in reversed([place for place in _names(found) if place < len(found)]):
        token = found[place]
        if token.name is not None and not (place + 1 < len(found) and found[place + 1].text == "."):
            text = f"{text[: token.start]}{quote(keyspace)}.{text[token.start :]}"
    return text


def _names(found: list[Token]) -> Iterator[int]:
    """Give the places of names that stand for something in a keyspace."""
    first = found[0].text.upper() if found and found[0].kind == "word" else ""
    if first in _DEFINING:
        yield from _defined(found)
    elif first == "TRUNCATE":
        yield _after(found, 1, "TABLE", "COLUMNFAMILY")
    elif first in _USING_DATA:
        # These words are reserved: they can be no column's name.
        yield from (at + 1 for at, token in enumerate(found[:-1]) if token.is_word("FROM", "INTO", "UPDATE"))


def _defined(found: list[Token]) -> Iterator[int]:
    at = _after(found, 1, "OR", "REPLACE", "CUSTOM", "MATERIALIZED")
    if at >= len(found) or not found[at].is_word(*_KINDS):
        return
    kind = found[at].text.upper()
    name = _after(found, at + 1, "IF", "NOT", "EXISTS")
    if kind in ("INDEX", "TRIGGER") and (kind == "TRIGGER" or found[0].is_word("CREATE")):
        # An index and a trigger are where their table is.
        yield from (place + 1 for place in range(name, len(found) - 1) if found[place].is_word("ON"))
        return
    yield name
    if kind == "VIEW":
        yield from (place + 1 for place in range(name, len(found) - 1) if found[place].is_word("FROM"))


def _after(found: list[Token], at: int, *words: str) -> int:
    while at < len(found) and found[at].is_word(*words):
        at += 1
    return at
