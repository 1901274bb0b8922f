"""What a schema statement changes, read from its text: enough for a dry run to go on as if it had been sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from coodie.migrations.cqltext import Token, tokens

# name -> (CQL type, kind, position, clustering order), as `system_schema.columns` has them.
Columns = dict[str, tuple[str, str, int, str]]
_OBJECTS = {"TABLE": "table", "COLUMNFAMILY": "table", "TYPE": "type", "INDEX": "index", "VIEW": "view"}


@dataclass(slots=True)
class Change:
    """One schema statement: `action` is create, alter or drop; `name` is the table's where it is about an index."""

    action: str
    what: str
    keyspace: str | None
    name: str
    columns: Columns = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    index_name: str = ""
    index_kind: str = "COMPOSITES"
    index_options: dict[str, str] = field(default_factory=dict)


class _Reader:
    """Walks over tokens."""

    def __init__(self, found: list[Token]) -> None:
        self._found, self._at = found, 0

    def peek(self) -> Token:
        """Return the next token, an empty mark at the end."""
        return self._found[self._at] if self._at < len(self._found) else Token("mark", "")

    def next(self) -> Token:
        """Return the next token and step over it."""
        token = self.peek()
        self._at += 1
        return token

    def skip(self, *words: str) -> bool:
        """Step over keywords, where the next one is among them; tell whether it was."""
        found = False
        while self.peek().is_word(*words):
            self._at, found = self._at + 1, True
        return found

    def mark(self, text: str) -> bool:
        """Step over a mark, where it is next; tell whether it was."""
        if self.peek()[:2] != ("mark", text):
            return False
        self._at += 1
        return True

    def identifier(self) -> str:
        """Read a name."""
        return self.next().name or ""

    def qualified(self) -> tuple[str | None, str]:
        """Read a name, with its keyspace where it has one."""
        first = self.identifier()
        return (first, self.identifier()) if self.mark(".") else (None, first)

    def group(self) -> list[list[Token]]:
        """Read parentheses: the tokens between their commas, deeper brackets kept together."""
        parts: list[list[Token]] = [[]]
        self.mark("(")
        depth = 0
        while (token := self.next()).text:
            depth += (token.text in ("(", "<", "[", "{")) - (token.text in (")", ">", "]", "}"))
            if depth < 0:
                break
            if token[:2] == ("mark", ",") and depth == 0:
                parts.append([])
            else:
                parts[-1].append(token)
        return [part for part in parts if part]

    def rest(self) -> list[Token]:
        """Read all that is left."""
        left, self._at = self._found[self._at :], len(self._found)
        return left


def read_change(cql: str) -> Change | None:
    """Read a statement; `None` for one that changes no table, type, index or view."""
    reader = _Reader(tokens(cql))
    action = reader.next().text.lower()
    reader.skip("MATERIALIZED", "CUSTOM")
    what = _OBJECTS.get(reader.next().text.upper())
    if what is None or action not in ("create", "alter", "drop"):
        return None
    reader.skip("IF", "NOT", "EXISTS")
    if what == "index" and action == "create":
        return _index(reader)
    keyspace, name = reader.qualified()
    change = Change(action, what, keyspace, name)
    match action, what:
        case "create", "table":
            _define(change, reader.group())
            _options(change, reader.rest())
        case "create", "view":
            change.columns = {}
        case "create", "type":
            change.fields = {_name(part): _type(part[1:]) for part in reader.group()}
        case "alter", _:
            _alter(change, reader)
    return change


def _index(reader: _Reader) -> Change:
    name = "" if reader.peek().is_word("ON") else reader.identifier()
    reader.skip("ON")
    keyspace, table = reader.qualified()
    target = [token for part in reader.group() for token in part]
    change = Change("create", "index", keyspace, table)
    words = [token.name or "" for token in target if token.kind in ("name", "word")]
    column = words[-1] if words else ""
    change.index_name = name or f"{table}_{column}_idx"
    change.index_options["target"] = f"{words[0]}({column})" if len(words) > 1 else column
    if reader.skip("USING"):
        change.index_kind = "CUSTOM"
        change.index_options["class_name"] = reader.next().text.strip("'")
    strings = [token.text.strip("'") for token in reader.rest() if token.kind == "string"]
    change.index_options.update(zip(strings[::2], strings[1::2], strict=False))
    return change


def _define(change: Change, parts: list[list[Token]]) -> None:
    keys: list[list[str]] = [[], []]
    for part in parts:
        if part[0].is_word("PRIMARY"):
            keys = _keys(part[2:])
            continue
        if any(token.is_word("PRIMARY") for token in part[1:]):
            keys = [[_name(part)], []]
        static = any(token.is_word("STATIC") for token in part[1:])
        change.columns[_name(part)] = (_type(part[1:]), "static" if static else "regular", -1, "none")
    for kind, names in zip(("partition_key", "clustering"), keys, strict=True):
        for position, name in enumerate(names):
            cql = change.columns[name][0]
            change.columns[name] = (cql, kind, position, "asc" if kind == "clustering" else "none")


def _keys(part: list[Token]) -> list[list[str]]:
    first, *others = _Reader(part).group()
    partition = _Reader(first).group() if first[0].text == "(" else [first]
    return [[_name(key) for key in partition], [_name(key) for key in others]]


def _alter(change: Change, reader: _Reader) -> None:
    verb = reader.next()
    reader.skip("IF", "NOT", "EXISTS")
    if verb.is_word("ADD"):
        many = reader.peek().text == "("
        parts = reader.group() if many else _split(reader.rest())
        if change.what == "type":
            change.fields = {_name(part): _type(part[1:]) for part in parts}
        else:
            _define(change, parts)
    elif verb.is_word("DROP"):
        parts = reader.group() if reader.peek().text == "(" else _split(reader.rest())
        change.dropped = [_name(part) for part in parts]
    elif verb.is_word("RENAME"):
        names = [token.name or "" for token in reader.rest() if not token.is_word("TO", "AND")]
        names = [name for name in names if name]
        change.renamed = dict(zip(names[::2], names[1::2], strict=False))
    elif verb.is_word("WITH"):
        _options(change, [verb, *reader.rest()])


def _split(left: list[Token]) -> list[list[Token]]:
    return _Reader([Token("mark", "("), *left, Token("mark", ")")]).group()


def _options(change: Change, left: list[Token]) -> None:
    reader = _Reader(left)
    reader.skip("WITH")
    while reader.peek().text:
        if reader.skip("CLUSTERING"):
            reader.skip("ORDER", "BY")
            for part in reader.group():
                cql, kind, position, _ = change.columns[_name(part)]
                order = "desc" if part[-1].is_word("DESC") else "asc"
                change.columns[_name(part)] = (cql, kind, position, order)
        else:
            name = reader.identifier()
            reader.mark("=")
            change.options[name] = _value(reader)
        reader.skip("AND")
        reader.mark(";")


def _value(reader: _Reader) -> Any:
    if reader.mark("{"):
        found: dict[str, Any] = {}
        while not reader.mark("}") and reader.peek().text:
            key = reader.next().text.strip("'")
            reader.mark(":")
            found[key] = str(_value(reader))
            reader.mark(",")
        return found
    sign = "-" if reader.mark("-") else ""
    token = reader.next()
    if token.kind == "string":
        return token.text[1:-1].replace("''", "'")
    if token.kind == "number":
        return float(sign + token.text) if "." in token.text else int(sign + token.text)
    return token.text.lower() == "true" if token.is_word("TRUE", "FALSE") else token.text


def _name(part: list[Token]) -> str:
    return part[0].name or ""


def _type(part: list[Token]) -> str:
    kept = [token for token in part if not token.is_word("STATIC", "PRIMARY", "KEY")]
    words = [f'"{token.text}"' if token.kind == "name" else token.text for token in kept]
    return "".join(f"{word} " if word == "," else word for word in words)
