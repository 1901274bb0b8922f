"""Queries that a program keeps in a variable, or takes for the list of their rows: a person has to look at those.

A query of cqlengine is read when it is looked at: `q[0]`, `len(q)`, `if q:`. One of coodie is read by a call alone, so
what looks at a query without one is told of; what follows a name beyond its function is not seen.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from coodie.codegen.cqlengine.chains import Chains

_ANSWERS = {"first", "count", "get", "create", "update", "delete"}
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_POSITION = "a query has no positions: ask for first(), or take the list of limit(n).all()"
_LENGTH = "a query has no length: ask for count(), or take the list of all()"
_TRUTH = "a query has no truth value: ask for exists()"


def looked_at(tree: ast.Module, chains: Chains) -> Iterator[tuple[ast.stmt, str]]:
    """Give each statement that looks at a query as at a list, and what to write there."""
    yield from _scope(tree, chains)
    for node in ast.walk(tree):
        if isinstance(node, _SCOPES):
            yield from _scope(node, chains)


def _scope(scope: ast.AST, chains: Chains) -> Iterator[tuple[ast.stmt, str]]:
    inside = list(_inside(scope, None))
    names = {
        target.id
        for node, _ in inside
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and _is_query(node.value, chains)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }

    def is_kept(node: ast.AST | None) -> bool:
        return isinstance(node, ast.Name) and node.id in names

    def is_either(node: ast.AST | None) -> bool:
        return is_kept(node) or _is_query(node, chains)

    for node, statement in inside:
        match node:
            case ast.Subscript(value=value) if is_kept(value):
                said = _POSITION
            case ast.Call(func=ast.Name(id="len"), args=[value]) if is_kept(value):
                said = _LENGTH
            case ast.Call(func=ast.Name(id="bool"), args=[value]) if is_either(value):
                said = _TRUTH
            case (
                ast.If(test=value)
                | ast.While(test=value)
                | ast.IfExp(test=value)
                | ast.UnaryOp(op=ast.Not(), operand=value)
            ) if is_either(value):
                said = _TRUTH
            case ast.BoolOp(values=values) if any(map(is_either, values)):
                said = _TRUTH
            case _:
                continue
        if statement is not None:
            yield statement, said


def _inside(node: ast.AST, statement: ast.stmt | None) -> Iterator[tuple[ast.AST, ast.stmt | None]]:
    """Give what is in a scope with the statement that it is part of, and not what is in scopes within."""
    for child in ast.iter_child_nodes(node):
        own = child if isinstance(child, ast.stmt) else statement
        yield child, own
        if not isinstance(child, _SCOPES):
            yield from _inside(child, own)


def _is_query(node: ast.AST | None, chains: Chains) -> bool:
    """Tell `Model.objects` and what goes on from it, unless its last call gives an answer."""
    last = ""
    while isinstance(node, (ast.Call, ast.Attribute)):
        if isinstance(node, ast.Attribute):
            if node.attr == "objects" and chains.is_model(node.value):
                return last not in _ANSWERS
            last = last or node.attr
            node = node.value
        else:
            node = node.func
    return False
