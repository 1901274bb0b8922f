"""CQL types as values: written to text, and parsed back from what a server says of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from coodie.exceptions import InvalidQueryError
from coodie.naming import quote

COLLECTIONS = frozenset({"list", "set", "map"})
SCALARS = frozenset(
    "ascii bigint blob boolean counter date decimal double duration float inet int smallint text time timestamp "
    "timeuuid tinyint uuid varint".split()
)
_ALIASES = {"varchar": "text"}
_ARITY = {"list": 1, "set": 1, "map": 2, "frozen": 1, "vector": 1}
_TOKEN = re.compile(r"\s*(?:([A-Za-z0-9_]+)|\"((?:[^\"]|\"\")+)\"|([<>,])|'([^']+)')")


@dataclass(frozen=True, slots=True)
class CqlType:
    """A CQL type: a name, its arguments, and whether it is frozen.

    `user` marks a user-defined type, whose name is quoted, and `fields` names its `args` where they are known;
    `dimensions` is the length of a `vector`.
    """

    name: str
    args: tuple[CqlType, ...] = ()
    frozen: bool = False
    dimensions: int | None = None
    user: bool = False
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write the type as a column definition has it."""
        text = quote(self.name) if self.user else self.name
        if self.dimensions is not None:
            text = f"vector<{self.args[0]}, {self.dimensions}>"
        elif self.args and not self.user:
            text = f"{text}<{', '.join(map(str, self.args))}>"
        elif not self.user and self.name not in SCALARS:
            text = f"'{text}'"  # a custom type, named by its Java class
        # A tuple and a vector are always frozen; saying so is refused or redundant.
        return f"frozen<{text}>" if self.frozen and self.name not in ("tuple", "vector") else text

    @property
    def is_collection(self) -> bool:
        """Tell a list, set or map from all else."""
        return self.name in COLLECTIONS

    @property
    def multicell(self) -> bool:
        """Tell whether single elements can be written: a collection or user type that is not frozen."""
        return not self.frozen and (self.is_collection or self.user)

    @property
    def packable(self) -> bool:
        """Tell a vector of floats, which crosses the driver boundary packed, from all else."""
        return self.name == "vector" and self.args[0].name == "float"

    def freeze(self) -> CqlType:
        """Return the frozen form, which nesting inside a collection needs."""
        if self.frozen or not (self.is_collection or self.user):
            return self
        return CqlType(self.name, self.args, frozen=True, user=self.user, fields=self.fields)

    def walk(self) -> Iterator[CqlType]:
        """Give this type and all types inside it."""
        yield self
        for arg in self.args:
            yield from arg.walk()


def scalar(name: str) -> CqlType:
    """Return a native type that takes no arguments."""
    return _scalars[name]


_scalars = {name: CqlType(name) for name in sorted(SCALARS)}


@lru_cache(maxsize=1024)
def parse_cql_type(text: str) -> CqlType:
    """Parse a type as `system_schema.columns` writes it, for example `frozen<map<text, int>>`.

    Raises `InvalidQueryError` for text that is no type.
    """
    tokens = _tokens(text)
    result, rest = _parse(tokens, 0, text)
    if rest != len(tokens):
        raise InvalidQueryError(f"{text!r} is not a CQL type")
    return result


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise InvalidQueryError(f"{text!r} is not a CQL type")
        word, quoted, mark, custom = match.groups()
        if word is not None:
            tokens.append(("word", word))
        elif quoted is not None:
            tokens.append(("user", quoted.replace('""', '"')))
        else:
            tokens.append(("mark", mark) if mark else ("custom", custom))
        position = match.end()
    return tokens


def _parse(tokens: list[tuple[str, str]], at: int, text: str) -> tuple[CqlType, int]:
    if at >= len(tokens) or tokens[at][0] == "mark":
        raise InvalidQueryError(f"{text!r} is not a CQL type")
    what, name = tokens[at]
    lower = _ALIASES.get(name.lower(), name.lower()) if what == "word" else name
    at += 1
    if at >= len(tokens) or tokens[at] != ("mark", "<"):
        if what == "word" and lower in _scalars:
            return _scalars[lower], at
        if what == "word" and (lower in _ARITY or lower == "tuple"):
            raise InvalidQueryError(f"{text!r} is not a CQL type: {lower} needs arguments")
        return CqlType(lower, user=what != "custom"), at
    args: list[CqlType] = []
    dimensions = None
    separator = ("mark", "<")
    while tokens[at] == separator:
        at += 1
        if lower == "vector" and args and at < len(tokens) and tokens[at][1].isdecimal():
            dimensions, at = int(tokens[at][1]), at + 1
        else:
            arg, at = _parse(tokens, at, text)
            args.append(arg)
        separator = ("mark", ",")
        if at >= len(tokens):
            break
    if at >= len(tokens) or tokens[at] != ("mark", ">") or _ARITY.get(lower, len(args)) != len(args):
        raise InvalidQueryError(f"{text!r} is not a CQL type")
    if (lower == "vector") != (dimensions is not None):
        raise InvalidQueryError(f"{text!r} is not a CQL type")
    if lower == "frozen":
        inner = args[0]
        return CqlType(
            inner.name, inner.args, frozen=True, dimensions=inner.dimensions, user=inner.user
        ), at + 1
    return CqlType(lower, tuple(args), frozen=lower in ("tuple", "vector"), dimensions=dimensions), at + 1
