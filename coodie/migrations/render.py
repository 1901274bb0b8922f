"""The text of a migration's file: Python that a formatter leaves as it is."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence

from coodie.migrations.changes import Call, Change, SchemaDiff, Step

_WIDTH = 88
_INDENT = " " * 8
_CLAUSE = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\b((?:AS SELECT|WHERE|PRIMARY KEY|ON|USING|WITH|ADD|DROP)\b)"""
)


def render_migration(
    diff: SchemaDiff | None = None, description: str = "", *, drop: bool = False, drop_tables: bool = False
) -> str:
    """Write a migration's file: what brings the keyspace to the models, and what takes it back.

    `drop` takes along what only the server has of declared tables, `drop_tables` whole tables, views and types that
    no model declares; such a migration says `allow_destructive = True`. Without a difference the steps are left to its
    author.
    """
    chosen = [] if diff is None else diff.chosen(drop=drop, drop_tables=drop_tables)
    lines = [
        f'"""{_sentence(description)}"""' if description else '"""A migration."""',
        "",
        "from coodie.migrations import Migration, MigrationContext",
        "",
        "",
        "class ForwardMigration(Migration):",
        f"    description = {json.dumps(description, ensure_ascii=False)}",
    ]
    if any(change.destructive for change in chosen):
        lines.append("    allow_destructive = True")
    upgrade = [step for change in chosen for step in change.up]
    downgrade = [step for change in reversed(chosen) for step in change.down]
    lines += ["", *_method("upgrade", upgrade, [*_remarks(diff, drop=drop), *_staying(chosen)])]
    if not chosen or (downgrade and not any(_stays(change) for change in chosen)):
        lines += ["", *_method("downgrade", downgrade, _lost(chosen))]
    return "\n".join(lines) + "\n"


def _method(name: str, steps: Sequence[Step], remarks: Sequence[str]) -> Iterator[str]:
    yield f"    async def {name}(self, ctx: MigrationContext) -> None:"
    yield from (f"{_INDENT}# {remark}" for remark in remarks)
    if not steps:
        yield f"{_INDENT}raise NotImplementedError"
    for step in steps:
        yield from _call(step)


def _call(step: Step) -> Iterator[str]:
    if isinstance(step, Call):
        yield f"{_INDENT}await ctx.{step.method}({', '.join(map(_literal, step.arguments))})"
        return
    line = f"{_INDENT}await ctx.execute({_literal(step)})"
    if len(line) <= _WIDTH or "\\" in step or '"""' in step or "\n" in step:
        yield line
        return
    yield f"{_INDENT}await ctx.execute("
    yield f'{_INDENT}    """'
    yield from (f"{_INDENT}    {part}" for part in _wrapped(step))
    yield f'{_INDENT}    """'
    yield f"{_INDENT})"


def _wrapped(cql: str) -> list[str]:
    """Break a statement where a person would: the columns of a table, then the clauses."""
    start = cql.find("(") if cql.startswith(("CREATE TABLE", "CREATE TYPE")) else -1
    if start < 0:
        return _clauses(cql)
    inside, rest = _parentheses(cql, start)
    lines = [cql[: start + 1].rstrip(), *(f"    {part}," for part in inside[:-1]), f"    {inside[-1]}"]
    return [*lines, *_clauses(f"){rest}")]


def _parentheses(cql: str, start: int) -> tuple[list[str], str]:
    parts: list[str] = []
    depth, quoted, begin = 0, "", start + 1
    for place in range(start, len(cql)):
        char = cql[place]
        if quoted:
            quoted = "" if char == quoted else quoted
        elif char in "\"'":
            quoted = char
        elif char in "(<{[":
            depth += 1
        elif char in ")>}]":
            depth -= 1
            if depth == 0:
                return [*parts, cql[begin:place].strip()], cql[place + 1 :]
        elif char == "," and depth == 1:
            parts.append(cql[begin:place].strip())
            begin = place + 1
    return [cql[start + 1 :]], ""


def _clauses(text: str) -> list[str]:
    """Break before each clause, if the line would be too long otherwise; never inside quotes."""
    if len(text) <= _WIDTH - len(_INDENT) - 4:
        return [text]
    cuts = [match.start(1) for match in _CLAUSE.finditer(text) if match[1]]
    parts = [text[begin:end].strip() for begin, end in itertools.pairwise([0, *cuts, len(text)])]
    return [parts[0], *(f"  {part}" for part in parts[1:])]


def _remarks(diff: SchemaDiff | None, *, drop: bool) -> list[str]:
    if diff is None:
        return []
    left = [] if drop else [c for c in diff.leftovers if c.up]
    remarks = [f"Left as it is: {c.what} {c.name} of {c.table}, which no model declares." for c in left]
    return [*remarks, *(f"Not done, no statement can: {line}" for line in diff.conflicts)]


def _lost(chosen: Sequence[Change]) -> list[str]:
    gone = [change for change in chosen if not change.down and change.action == "drop"]
    return [
        f"The {change.what} {change.name} is gone with its rows: nothing here brings it back."
        for change in gone
    ]


def _stays(change: Change) -> bool:
    return change.what == "field" and not change.down


def _staying(chosen: Sequence[Change]) -> list[str]:
    """Tell why a migration cannot be taken back: what stays would be in the way of applying it again."""
    return [
        f"No downgrade: the field {change.name} of {change.table} stays, as no server drops one."
        for change in chosen
        if _stays(change)
    ]


def _literal(text: str) -> str:
    """Write a string as the formatter would: in double quotes, unless that needs more escapes."""
    if '"' in text and "'" not in text and "\\" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)


def _sentence(text: str) -> str:
    text = text.replace("\\", "").replace('"', "'").strip()
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}."
