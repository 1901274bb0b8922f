"""Highlighted code: CQL by a small lexer of our own, other languages by Pygments' lexers, with one-letter classes."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from pygments.lexer import RegexLexer, words
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text
from pygments.util import ClassNotFound

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

KEYWORDS = """
    ADD AGGREGATE ALL ALLOW ALTER AND ANN APPLY AS ASC ASCII AUTHORIZE BATCH BEGIN BY CALLED CAST CLUSTERING COLUMNFAMILY
    COMPACT CONTAINS COUNT COUNTER CREATE CUSTOM DEFAULT DELETE DESC DESCRIBE DISTINCT DROP DURABLE_WRITES ENTRIES
    EXECUTE EXISTS FILTERING FROM FULL FUNCTION GRANT GROUP IF IN INDEX INPUT INSERT INTO IS JSON KEY KEYS KEYSPACE
    LANGUAGE LIKE LIMIT LOGGED MATERIALIZED MODIFY NOT NULL OF ON OPTIONS OR ORDER PARTITION PER PERMISSION
    PRIMARY PRUNE RENAME REPLACE REPLICATION RETURNS REVOKE SELECT SET STATIC STORAGE TABLE TIMEOUT TIMESTAMP TO TOKEN
    TRIGGER TRUNCATE TTL TYPE UNLOGGED UPDATE USE USING VALUES VIEW WHERE WITH WRITETIME
"""
TYPES = """
    bigint blob boolean counter date decimal double duration float frozen inet int list map set smallint text time
    timeuuid tinyint tuple uuid varchar varint vector
"""


class CqlLexer(RegexLexer):
    """Reads CQL as ScyllaDB and Cassandra write it."""

    name = "CQL"
    flags = 2  # re.IGNORECASE
    tokens = {  # noqa: RUF012 - the base class reads it so
        "root": [
            (r"--[^\n]*|//[^\n]*|/\*[\s\S]*?\*/", Comment),
            (r"'(?:''|[^'])*'|\$\$[\s\S]*?\$\$", String),
            (r'"(?:""|[^"])*"', Name),
            (r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|0x[0-9a-f]+", Number),
            (r"-?\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b", Number),
            (words(TYPES.split(), suffix=r"\b(?=\s*[<,>)\n]|\s+PRIMARY|\s+STATIC|\s*$)"), Keyword.Type),
            (words(KEYWORDS.split(), suffix=r"\b"), Keyword),
            (r"\b(?:true|false)\b", Number),
            (r"\?|:\w+", Operator),
            (r"[A-Za-z_]\w*", Name),
            (r"[^\w\s]", Punctuation),
            (r"\s+", Text),
        ],
    }


_CQL = CqlLexer()
_CLASSES = (
    (Comment, "c"),
    (String, "s"),
    (Number, "n"),
    (Keyword.Type, "t"),
    (Keyword, "k"),
    (Operator, "o"),
)


@lru_cache(maxsize=4096)
def cql(text: str) -> str:
    """Highlight a statement."""
    return _spans(text, _CQL)


@lru_cache(maxsize=256)
def code(text: str, language: str) -> str:
    """Highlight code of a language that Pygments knows; of any other it is escaped only."""
    if language in {"cql", "cassandra"}:
        return cql(text)
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return escape(text)
    return _spans(text, lexer)


def _spans(text: str, lexer: Lexer) -> str:
    parts = []
    for _, token, value in lexer.get_tokens_unprocessed(text):
        name = _class(token)
        parts.append(f'<i class="{name}">{escape(value)}</i>' if name else escape(value, quote=False))
    return "".join(parts)


def _class(token: _TokenType) -> str:
    return next((name for kind, name in _CLASSES if token in kind), "")
