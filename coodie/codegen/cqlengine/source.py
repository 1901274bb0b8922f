"""A module's text that is changed in places, the rest of it, comments too, staying as it is."""

from __future__ import annotations

import ast
import io
import textwrap
import tokenize
from itertools import accumulate

from coodie.codegen.layout import LINE_LENGTH


class Source:
    """Text with edits, which are collected first and made at once; columns count bytes, as syntax trees do."""

    def __init__(self, text: str) -> None:
        self._bytes = text.encode()
        self._lines = text.encode().splitlines(keepends=True)
        self._starts = [0, *accumulate(map(len, self._lines))]
        self._edits: list[tuple[int, int, str]] = []
        self._comments = {
            token.start[0]: token.string
            for token in tokenize.generate_tokens(io.StringIO(text).readline)
            if token.type == tokenize.COMMENT
        }

    def replace(self, node: ast.stmt | ast.expr, text: str) -> None:
        """Exchange a node; comments between its lines move above it."""
        start, end = self._span(node)
        if isinstance(node, ast.stmt):
            indent = " " * node.col_offset
            inside = range(node.lineno, node.end_lineno or node.lineno)
            moved = [self._comments[line] for line in inside if line in self._comments]
            text = "".join(f"{comment}\n{indent}" for comment in moved) + text
        self._edits.append((start, end, text))

    def insert_before(self, node: ast.stmt, line: str) -> None:
        """Put a line above a statement."""
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
        start = self._starts[first - 1]
        self._edits.append((start, start, f"{' ' * node.col_offset}{line}\n"))

    def remark(self, node: ast.stmt, text: str) -> None:
        """Put a comment for a person above a statement."""
        width = LINE_LENGTH - node.col_offset
        for line in textwrap.wrap(f"convert: {text}", width, initial_indent="# ", subsequent_indent="#   "):
            self.insert_before(node, line)

    def insert_after(self, node: ast.stmt, text: str) -> None:
        """Put text behind the line that a statement ends on."""
        end = self._starts[node.end_lineno or node.lineno]
        self._edits.append((end, end, text))

    def remove(self, node: ast.stmt) -> str:
        """Remove the lines of a statement; return a comment that stood beside it."""
        last = node.end_lineno or node.lineno
        self._edits.append((self._starts[node.lineno - 1], self._starts[last], ""))
        return self._comments.get(last, "")

    def around(self, node: ast.expr) -> tuple[str, str]:
        """Return what stands before an expression on its first line, and after it on its last."""
        start, end = self._span(node)
        line, last = self._starts[node.lineno - 1], self._starts[node.end_lineno or node.lineno]
        return self._bytes[line:start].decode(), self._bytes[end:last].decode().rstrip()

    def room(self, node: ast.stmt) -> int:
        """Return how long the lines of a statement may be, with the comment behind its last one."""
        comment = self._comments.get(node.end_lineno or node.lineno)
        return LINE_LENGTH if comment is None else LINE_LENGTH - len(comment) - 2

    def literal(self, node: ast.expr) -> str:
        """Return what was written for a constant."""
        start, end = self._span(node)
        return self._bytes[start:end].decode()

    def text(self) -> str:
        """Return the text with all edits made, and no more blank lines than formatters leave."""
        done = self._bytes
        for _, (start, end, text) in sorted(
            enumerate(self._edits), key=lambda each: (each[1][0], each[1][1], each[0]), reverse=True
        ):
            done = done[:start] + text.encode() + done[end:]
        return _spaced(done.decode())

    def _span(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        last = node.end_lineno or node.lineno
        return (
            self._starts[node.lineno - 1] + node.col_offset,
            self._starts[last - 1] + (node.end_col_offset or 0),
        )


def _spaced(text: str) -> str:
    """Leave out blank lines behind the first line of a class, and beyond one (two at the top level) elsewhere."""
    inside = {
        line
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        for line in range(token.start[0], token.end[0])
        if token.type == tokenize.STRING
    }
    kept: list[str] = []
    blanks = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if not line.strip() and number not in inside:
            blanks += 1
            continue
        header = bool(kept) and kept[-1].lstrip().startswith("class ") and kept[-1].rstrip().endswith(":")
        most = 0 if header else 1 if line[0] in " \t" else 2
        kept += ["\n"] * min(blanks, most)
        blanks = 0
        kept.append(line)
    return "".join(kept)
