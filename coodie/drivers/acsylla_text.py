"""CQL with conversions that the server makes, for what acsylla's own values cannot hold: it takes and gives blobs.

acsylla binds a decimal as the digits of its text, which is another number to everybody else, and reads none; it reads
timestamps through floating-point seconds. So a decimal is bound as `blobasdecimal(?)`, and both are selected as blobs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from coodie.cql.statement import Shape, Statement
from coodie.cqltype import CqlType, parse_cql_type
from coodie.naming import quote

AS_BLOB = {"decimal": "decimalasblob", "timestamp": "timestampasblob"}
_NAME = r'"(?:[^"]|"")+"|\w+'
_LIST = re.compile(r"\s*SELECT\s+(?!JSON\b|DISTINCT\b)(.+?)\s+FROM\b", re.IGNORECASE | re.DOTALL)
_COLUMN = re.compile(_NAME)
_OF_COLUMN = re.compile(rf"(MIN|MAX|SUM|AVG)\s*\(\s*({_NAME})\s*\)", re.IGNORECASE)
_ALIASED = re.compile(rf"(.+?)\s+AS\s+({_NAME})", re.IGNORECASE | re.DOTALL)
_LISTS = (list, tuple, set, frozenset)
_AFTER_IN = re.compile(r"\bIN\s*\Z", re.IGNORECASE)
_QUOTED_OR_MARKER = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\?")


@lru_cache(maxsize=2048)
def _takes_none(shape: Shape) -> bool:
    """Tell a shape that says of all its parameters that they are no decimals, so that nobody looks at their values."""
    return bool(shape.markers) and not any("decimal" in marker.type for marker in shape.markers)


def decimals_in(statement: Statement) -> tuple[int, ...]:
    """Return the places of the parameters that are decimals."""
    if _takes_none(statement.shape):
        return ()
    return tuple([place for place, value in enumerate(statement.params) if isinstance(value, Decimal)])


def spread(statement: Statement) -> Statement:
    """Write `IN ?` of decimals as `IN (?, ?)`: inside a list acsylla could not bind them."""
    params = statement.params
    if _takes_none(statement.shape) or not any(_holds_decimals(value) for value in params):
        return statement
    shape, place = statement.shape, -1
    markers, values = list(shape.markers), list(params)

    def widen(match: re.Match[str]) -> str:
        nonlocal place
        if match[0] != "?":
            return match[0]
        place += 1
        if not (_AFTER_IN.search(shape.text[: match.start()]) and _holds_decimals(params[place])):
            return "?"
        # From the end of what is there already, as those before have grown.
        left = len(params) - place
        values[-left : len(values) - left + 1] = params[place]
        if markers:
            element = parse_cql_type(markers[-left].type).args[0]
            each = markers[-left]._replace(type=str(element))
            markers[-left : len(markers) - left + 1] = [each] * len(params[place])
        return f"({', '.join('?' * len(params[place]))})"

    text = _QUOTED_OR_MARKER.sub(widen, shape.text)
    if text == shape.text:
        return statement
    return Statement(replace(shape, text=text, markers=tuple(markers)), tuple(values), statement.options)


def _holds_decimals(value: Any) -> bool:
    return type(value) in _LISTS and any(isinstance(item, Decimal) for item in value)


def bound_as_blobs(text: str, places: Collection[int]) -> str:
    """Let the markers at some places take the blob of a decimal."""
    if not places:
        return text
    count = -1

    def wrap(match: re.Match[str]) -> str:
        nonlocal count
        if match[0] != "?":
            return match[0]
        count += 1
        return "blobasdecimal(?)" if count in places else "?"

    return _QUOTED_OR_MARKER.sub(wrap, text)


def selected_as_blobs(text: str, columns: Mapping[str, CqlType]) -> str:
    """Select decimals and timestamps as blobs, under the names that they have without."""
    match = _LIST.match(text)
    if match is None:
        return text
    items = [item.strip() for item in _split(match[1])]
    if items == ["*"] and any(cql.name in AS_BLOB for cql in columns.values()):
        items = list(map(quote, columns))
    items = [_item(item, columns) for item in items]
    return text[: match.start(1)] + ", ".join(items) + text[match.end(1) :]


def _item(item: str, columns: Mapping[str, CqlType]) -> str:
    aliased = _ALIASED.fullmatch(item)
    expression, alias = (aliased[1], aliased[2]) if aliased else (item, None)
    aggregate = _OF_COLUMN.fullmatch(expression)
    column = aggregate[2] if aggregate else expression
    if _COLUMN.fullmatch(column) is None:
        return item
    bare = column[1:-1].replace('""', '"') if column.startswith('"') else column.lower()
    function = AS_BLOB.get(columns[bare].name) if bare in columns else None
    if function is None:
        return item
    name = f"system.{aggregate[1].lower()}({bare})" if aggregate else bare
    return f"{function}({expression}) AS {alias or quote(name)}"


def _split(items: str) -> Iterator[str]:
    """Split at the commas that stand outside parentheses and quotes."""
    depth, start, quoted = 0, 0, ""
    for place, char in enumerate(items):
        if quoted:
            quoted = "" if char == quoted else quoted
        elif char in "'\"":
            quoted = char
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "," and not depth:
            yield items[start:place]
            start = place + 1
    yield items[start:]
