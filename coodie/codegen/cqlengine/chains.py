"""Chains of calls in a syntax tree: which are queries, and what hangs on them."""

from __future__ import annotations

import ast

OPTIONS = {"batch", "ttl", "timestamp", "consistency", "timeout", "if_exists", "if_not_exists", "iff"}


class Chains:
    """Tells models and queries from other expressions."""

    def __init__(self, models: set[str]) -> None:
        self._models = models

    def is_model(self, node: ast.AST) -> bool:
        """Tell a class: a known model, `cls`, or what is called as classes are."""
        if isinstance(node, ast.Attribute):
            return node.attr == "__class__" or node.attr[:1].isupper()
        return isinstance(node, ast.Name) and (
            node.id in self._models or node.id == "cls" or node.id[:1].isupper()
        )

    def is_bare(self, node: ast.AST) -> bool:
        """Tell `Model.find()`: the query that nothing was asked of yet."""
        return self.is_query_start(node) and isinstance(node, ast.Call) and not (node.args or node.keywords)

    def is_query_start(self, node: ast.AST) -> bool:
        """Tell `Model.find(...)`."""
        match node:
            case ast.Call(func=ast.Attribute(value=base, attr="find")):
                return self.is_model(base)
            case _:
                return False

    def is_query(self, node: ast.AST) -> bool:
        """Tell a chain that begins with `Model.find(...)`."""
        while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if self.is_query_start(node):
                return True
            node = node.func.value
        return False


def call_of(
    base: ast.expr,
    method: str,
    arguments: list[ast.expr] | None = None,
    keywords: list[ast.keyword] | None = None,
) -> ast.Call:
    """Return the call of a method."""
    return ast.Call(ast.Attribute(base, method), arguments or [], keywords or [])


def calls_of(node: ast.expr) -> list[str]:
    """Return the names of the methods that a chain calls, the last first."""
    names = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        names.append(node.func.attr)
        node = node.func.value
    return names


def spread(base: ast.expr, node: ast.Call) -> ast.expr:
    """Turn a list of columns into arguments."""
    arguments: list[ast.expr] = []
    for each in node.args:
        if isinstance(each, (ast.List, ast.Tuple)):
            arguments += each.elts
        else:
            arguments.append(ast.Starred(each))
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    return call_of(base, method, arguments)


def peeled(node: ast.expr) -> tuple[ast.expr, list[tuple[str, ast.Call]]]:
    """Take `batch(b)`, `ttl(60)` and the like off the end of a chain, and return them in their order."""
    options: list[tuple[str, ast.Call]] = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPTIONS:
        options.insert(0, (node.func.attr, node))
        node = node.func.value
    return node, options
