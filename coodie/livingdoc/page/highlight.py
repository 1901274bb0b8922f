"""Highlighted code, with one-letter classes to keep the page small.

CQL has a pattern of its own, for speed and because Pygments does not know it; other languages go through Pygments.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
from pygments.token import Comment, Keyword, Name, Number, String  # type: ignore[import-untyped]
from pygments.util import ClassNotFound  # type: ignore[import-untyped]

from coodie.livingdoc.page.text import e

_KEYWORDS = """
    ADD AGGREGATE ALL ALLOW ALTER AND ANN APPLY AS ASC BATCH BEGIN BY CALLED CAST CLUSTERING CONTAINS COUNT COUNTER
    CREATE CUSTOM DEFAULT DELETE DESC DISTINCT DROP ENTRIES EXECUTE EXISTS FILTERING FROM FULL FUNCTION GRANT GROUP
    IF IN INDEX INSERT INTO IS JSON KEY KEYS KEYSPACE LANGUAGE LIKE LIMIT MATERIALIZED NOT NULL OF ON OPTIONS OR ORDER
    PARTITION PER PRIMARY PRUNE RENAME REPLACE REPLICATION RETURNS REVOKE SELECT SET STATIC TABLE TIMEOUT TIMESTAMP
    TO TOKEN TRIGGER TRUNCATE TTL TYPE UNLOGGED UPDATE USE USING VALUES VIEW WHERE WITH WRITETIME
"""
_TYPES = """
    ascii bigint blob boolean date decimal double duration float frozen inet int list map set smallint text time
    timeuuid tinyint tuple uuid varchar varint vector
"""
_PATTERN = rf"""
      (?P<c> --[^\n]* | //[^\n]* | /\*.*?\*/ )
    | (?P<s> '(?:''|[^'])*' | \$\$.*?\$\$ )
    | (?P<q> "(?:""|[^"])*" )
    | (?P<n> \b[0-9a-fA-F]{{8}}(?:-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}}\b | \b0x[0-9a-fA-F]+\b
           | -?\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b | \b(?:true|false)\b )
    | (?P<t> \b(?:{"|".join(_TYPES.split())})\b (?= \s*(?:[<,>)]|$|PRIMARY|STATIC) ) )
    | (?P<k> \b(?:{"|".join(_KEYWORDS.split())})\b )
    | (?P<o> \? | :\w+ )
    | (?P<w> \w+ )
    """
_ANY_CASE = re.compile(_PATTERN, re.IGNORECASE | re.VERBOSE | re.DOTALL)
# Where keywords are written large, a small `type` or `options` is the name of a column.
_LARGE = re.compile(_PATTERN, re.VERBOSE | re.DOTALL)
_PLAIN = {"q", "w"}
_CLASSES = (
    (Comment, "c"),
    (String, "s"),
    (Number, "n"),
    (Keyword, "k"),
    (Name.Tag, "k"),
    (Name.Decorator, "t"),
)


@lru_cache(maxsize=4096)
def cql(text: str) -> str:
    """Highlight a statement."""
    parts, at = [], 0
    pattern = _LARGE if text.lstrip()[:2].isupper() else _ANY_CASE
    for found in pattern.finditer(text):
        if found.lastgroup not in _PLAIN:
            parts.append(f"{e(text[at : found.start()])}<i class={found.lastgroup}>{e(found.group())}</i>")
            at = found.end()
    return "".join(parts) + e(text[at:])


@lru_cache(maxsize=256)
def code(text: str, language: str) -> str:
    """Highlight code of a language that Pygments knows; of any other it is only escaped."""
    if language in {"cql", "cassandra"}:
        return cql(text)
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return e(text)
    parts = []
    for _, token, value in lexer.get_tokens_unprocessed(text):
        name = _class(token)
        parts.append(f"<i class={name}>{e(value)}</i>" if name else e(value))
    return "".join(parts)


def _class(token: Any) -> str:
    return next((name for kind, name in _CLASSES if token in kind), "")
