"""A module that uses cqlengine, converted as a whole."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from coodie.codegen.annotations import Imports
from coodie.codegen.cqlengine.chains import Chains
from coodie.codegen.cqlengine.classes import Classes, Model, find_models
from coodie.codegen.cqlengine.imports import with_imports
from coodie.codegen.cqlengine.kept import looked_at
from coodie.codegen.cqlengine.names import Names, Note
from coodie.codegen.cqlengine.queries import Queries
from coodie.codegen.cqlengine.source import Source
from coodie.codegen.layout import statement, within

_SIMPLE = (ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return, ast.Raise, ast.Assert, ast.Delete)


class Converted(NamedTuple):
    """The new source, the models in it, and what a person has to look at, by line of the old source."""

    source: str
    models: tuple[str, ...]
    notes: tuple[Note, ...]
    changed: bool


def convert(text: str, known: dict[str, Model] | None = None, folder: Path | None = None) -> Converted:
    """Convert the source of one module; `known` are models of other modules, `folder` is where this one lies.

    Raises `SyntaxError` for what is no Python.
    """
    tree = ast.parse(text)
    names = Names(tree)
    models = find_models(tree, names, known or {})
    everything = {**(known or {}), **models}
    imports = Imports()
    source = Source(text)
    counters = {
        column.name
        for model in everything.values()
        for column in model.columns
        if column.cql.name == "counter"
    }
    classes = Classes(models, known or {}, names, imports)
    queries = Queries(names, set(everything), counters, imports)
    done: set[ast.stmt] = set()
    for model in models.values():
        done |= classes.write(model, source, _constants(tree))
    for node in _statements(tree.body):
        if node not in done and not isinstance(node, (ast.Import, ast.ImportFrom)):
            _rewrite(node, queries, source, models)
    for place, said in dict.fromkeys(looked_at(tree, Chains(set(everything)))):
        queries.note(place, said)
        source.remark(place, said)
    notes = sorted({*names.notes, *classes.notes, *queries.notes})
    new = source.text()
    if new == text and not models:
        return Converted(text, (), tuple(notes), changed=False)
    return Converted(with_imports(new, imports, folder), tuple(models), tuple(notes), changed=True)


def read_models(text: str, known: dict[str, Model]) -> dict[str, Model]:
    """Return the models of a module, for the conversion of others that use them."""
    tree = ast.parse(text)
    return find_models(tree, Names(tree), known)


def _constants(tree: ast.Module) -> set[str]:
    """Return the names that a module gives to values, as opposed to functions."""
    return {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and not isinstance(node.value, ast.Lambda)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        yield node
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.ExceptHandler, ast.match_case)):
                yield from _statements(child.body)
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(node, name, [])
            yield from _statements(inner if isinstance(inner, list) else [])


def _rewrite(node: ast.stmt, queries: Queries, source: Source, models: dict[str, Model]) -> None:
    known = len(queries.notes)
    if isinstance(node, _SIMPLE):
        new = queries.visit(copy.deepcopy(node))
        if ast.dump(new) != ast.dump(node):
            new = _Literals(source).visit(new)
            source.replace(node, statement(new, node.col_offset // 4, source.room(node)).lstrip())
    else:
        for part in _header(node, models):
            made = queries.visit(copy.deepcopy(part))
            if ast.dump(made) != ast.dump(part):
                before, after = source.around(part)
                source.replace(part, within(_Literals(source).visit(made), before, after))
    for note in dict.fromkeys(queries.notes[known:]):
        source.remark(node, note.text)


def _header(node: ast.stmt, models: dict[str, Model]) -> Iterator[ast.expr]:
    """Give the expressions of a compound statement that are not in its blocks."""
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.ClassDef) and node.name in models and child in node.bases:
            continue  # written with the class
        match child:
            case ast.expr():
                yield child
            case ast.withitem(context_expr=expression):
                yield expression
            case ast.ExceptHandler(type=ast.expr() as kind):
                yield kind
            case ast.arguments():
                yield from (each for each in (*child.defaults, *child.kw_defaults) if each is not None)


class _Literals(ast.NodeTransformer):
    """Puts back what was written for numbers and strings, of which a tree keeps the value alone."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Keep underscores of numbers, and backslashes of strings."""
        written = self._source.literal(node) if hasattr(node, "lineno") else ""
        special = isinstance(node.value, (int, float)) or "\\" in written
        return ast.Name(written) if written and special and "\n" not in written else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        """Keep an f-string as it is where nothing in it changed."""
        written = self._source.literal(node) if hasattr(node, "lineno") else ""
        if "\n" in written or not written or ast.dump(ast.parse(written, mode="eval").body) != ast.dump(node):
            return node
        return ast.Name(written)
