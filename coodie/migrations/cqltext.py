"""What a statement written by hand does, as far as its text tells: reads, changes the schema, or destroys data."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<comment>--[^\n]*|//[^\n]*|/\*.*?\*/)|(?P<string>'(?:[^']|'')*'|\$\$.*?\$\$)"""
    r"""|"(?P<quoted>(?:[^"]|"")+)"|(?P<word>[A-Za-z_]\w*)|(?P<number>\d[\w.]*)|(?P<mark>\S)""",
    re.DOTALL,
)
_SCHEMA = frozenset({"CREATE", "ALTER", "DROP", "TRUNCATE"})
_HOLDERS = {
    "TABLE": "the rows of the table",
    "COLUMNFAMILY": "the rows of the table",
    "KEYSPACE": "all tables of the keyspace",
    "SCHEMA": "all tables of the keyspace",
    "TYPE": "the type",
}


class Token(NamedTuple):
    """A piece of CQL: `kind` is `name` (quoted), `word`, `string`, `number` or `mark`."""

    kind: str
    text: str

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
            found.append(Token("name", match["quoted"].replace('""', '"')))
        elif kind != "comment":
            found.append(Token(kind, match[0]))
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
