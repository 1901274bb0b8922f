"""Statements of Python as formatters write them: on one line where it fits, else an element a line.

What is written here stands as it is under `ruff format` and `black` with the same line length; neither is needed.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Sequence

LINE_LENGTH = 88
_INDENT = "    "
_PREFIXES = "rRbBuU"


def statement(source: str | ast.stmt, depth: int = 0, length: int = LINE_LENGTH) -> str:
    """Lay out one simple statement, or the header of a compound one, at a depth of blocks; no newline at its end."""
    node = ast.parse(source).body[0] if isinstance(source, str) else source
    indent = _INDENT * depth
    flat = double_quoted(ast.unparse(node))
    if len(indent) + len(flat) <= length and "\n" not in flat:
        return indent + flat
    return "\n".join(_Layout(length).statement(node, indent))


def within(node: ast.expr, before: str, after: str, length: int = LINE_LENGTH) -> str:
    """Lay out an expression between what stands before it on its first line and after it on its last."""
    indent = before[: len(before) - len(before.lstrip())]
    text = "\n".join(_Layout(length).expression(before.lstrip(), node, after, indent))
    return text[len(before) : len(text) - len(after)]


def double_quoted(source: str) -> str:
    """Return the source with its plain strings in double quotes, where that needs no more escapes."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except tokenize.TokenError:
        return source
    lines = source.splitlines(keepends=True)
    for token in reversed(tokens):
        if token.type == tokenize.STRING and token.start[0] == token.end[0]:
            line, (row, start), end = lines[token.start[0] - 1], token.start, token.end[1]
            lines[row - 1] = line[:start] + _requoted(token.string) + line[end:]
    return "".join(lines)


def _requoted(text: str) -> str:
    prefix = text[: len(text) - len(text.lstrip(_PREFIXES))]
    body = text[len(prefix) :]
    plain = body.startswith("'") and not body.startswith("'''") and '"' not in body and "\\'" not in body
    return f'{prefix}"{body[1:-1]}"' if plain else text


class _Layout:
    """Breaks what does not fit at its outermost brackets, then those inside as far as needed."""

    def __init__(self, length: int) -> None:
        self._length = length

    def statement(self, node: ast.stmt, indent: str) -> Iterator[str]:
        """Give the lines of a statement that is too long for one."""
        match node:
            case ast.AnnAssign(target=target, annotation=annotation, value=None):
                yield from self._lines(f"{_flat(target)}: ", annotation, "", indent)
            case ast.AnnAssign(target=target, annotation=annotation, value=value) if value is not None:
                short = f" = {_flat(value)}"
                head = f"{indent}{_flat(target)}: {_flat(annotation)} = ("
                if isinstance(annotation, ast.BinOp) and len(head) <= self._length:
                    if _open(value):
                        yield from self._lines(head[len(indent) : -1], value, "", indent)
                        return
                    yield from (head, f"{indent}{_INDENT}{_flat(value)}", f"{indent})")
                elif isinstance(annotation, ast.BinOp) and _breaks(annotation):
                    yield f"{indent}{_flat(target)}: ("
                    yield from self._lines("", annotation, "", indent + _INDENT)
                    yield f"{indent}){short}"
                elif _breaks(annotation):
                    yield from self._lines(f"{_flat(target)}: ", annotation, short, indent)
                else:
                    yield from self._lines(f"{_flat(target)}: {_flat(annotation)} = ", value, "", indent)
            case ast.Assign(targets=[target], value=value):
                yield from self._lines(f"{_flat(target)} = ", value, "", indent)
            case ast.Expr(value=value):
                yield from self._lines("", value, "", indent)
            case ast.Return(value=value) if value is not None:
                yield from self._lines("return ", value, "", indent)
            case ast.ImportFrom(module=module, names=names):
                yield f"{indent}from {'.' * node.level}{module or ''} import ("
                yield from (
                    f"{indent}{_INDENT}{alias.name}{f' as {alias.asname}' if alias.asname else ''},"
                    for alias in names
                )
                yield f"{indent})"
            case _:
                yield from (indent + line for line in double_quoted(ast.unparse(node)).splitlines())

    def expression(self, before: str, node: ast.expr, after: str, indent: str) -> Iterator[str]:
        """Give the lines of an expression in the middle of a line."""
        if len(indent + before + _flat(node) + after) > self._length and not _open(node):
            yield f"{indent}{before}{_flat(node)}{after}"  # parentheses around it are not ours to add
        else:
            yield from self._lines(before, node, after, indent)

    def _lines(self, before: str, node: ast.expr, after: str, indent: str) -> Iterator[str]:
        flat = f"{indent}{before}{_flat(node)}{after}"
        if len(flat) <= self._length:
            yield flat
            return
        match node:
            case ast.Await(value=value):
                yield from self._lines(f"{before}await ", value, after, indent)
            case ast.Call(func=func, args=args, keywords=keywords) if args or keywords:
                yield from self._exploded(f"{before}{_flat(func)}(", [*args, *keywords], f"){after}", indent)
            case ast.Call(func=ast.Attribute(value=ast.Call() as inner, attr=name), args=[], keywords=[]):
                yield from self._lines(before, inner, f".{name}(){after}", indent)
            case ast.Subscript(value=value, slice=ast.Tuple(elts=elements)):
                yield from self._exploded(f"{before}{_flat(value)}[", elements, f"]{after}", indent)
            case ast.List(elts=elements) if elements:
                yield from self._exploded(f"{before}[", elements, f"]{after}", indent)
            case ast.Set(elts=elements):
                yield from self._exploded(f"{before}{{", elements, f"}}{after}", indent)
            case ast.Dict(keys=keys, values=values) if keys:
                yield from self._dict(
                    f"{before}{{", list(zip(keys, values, strict=True)), f"}}{after}", indent
                )
            case ast.ListComp() | ast.SetComp() | ast.DictComp():
                yield from self._comprehension(before, node, after, indent)
            case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)) if _breaks(left):
                yield from self._lines(before, left, "", indent)
                yield f"{indent}| None{after}"
            case _ if before and len(indent) + len(_INDENT) + len(_flat(node)) <= self._length and not after:
                yield f"{indent}{before}("
                yield f"{indent}{_INDENT}{_flat(node)}"
                yield f"{indent})"
            case _:
                yield flat

    def _exploded(self, before: str, elements: Sequence[ast.AST], after: str, indent: str) -> Iterator[str]:
        yield f"{indent}{before}"
        for element in elements:
            if isinstance(element, ast.keyword):
                name = "**" if element.arg is None else f"{element.arg}="
                yield from self._lines(name, element.value, ",", indent + _INDENT)
            elif isinstance(element, ast.expr):
                yield from self._lines("", element, ",", indent + _INDENT)
        yield f"{indent}{after}"

    def _comprehension(
        self, before: str, node: ast.ListComp | ast.SetComp | ast.DictComp, after: str, indent: str
    ) -> Iterator[str]:
        flat, deeper = _flat(node), indent + _INDENT
        yield f"{indent}{before}{flat[0]}"
        if len(deeper + flat[1:-1]) <= self._length:
            yield deeper + flat[1:-1]
        else:
            yield deeper + (
                f"{_flat(node.key)}: {_flat(node.value)}"
                if isinstance(node, ast.DictComp)
                else _flat(node.elt)
            )
            for part in node.generators:
                word = "async for" if part.is_async else "for"
                yield f"{deeper}{word} {_flat(part.target)} in {_flat(part.iter)}"
                yield from (f"{deeper}if {_flat(condition)}" for condition in part.ifs)
        yield f"{indent}{flat[-1]}{after}"

    def _dict(
        self, before: str, items: list[tuple[ast.expr | None, ast.expr]], after: str, indent: str
    ) -> Iterator[str]:
        yield f"{indent}{before}"
        for key, value in items:
            name = "**" if key is None else f"{_flat(key)}: "
            yield from self._lines(name, value, ",", indent + _INDENT)
        yield f"{indent}{after}"


def _flat(node: ast.AST) -> str:
    return double_quoted(ast.unparse(node))


def _breaks(node: ast.expr) -> bool:
    """Tell whether an annotation has brackets that can be broken."""
    match node:
        case ast.Subscript(slice=ast.Tuple()):
            return True
        case ast.BinOp(left=left):
            return _breaks(left)
        case _:
            return False


def _open(node: ast.expr) -> bool:
    """Tell whether an expression has brackets of its own that can be broken."""
    kinds = (ast.Call, ast.Subscript, ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)
    return isinstance(node, kinds)
