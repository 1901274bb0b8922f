"""The imports of a converted module: cqlengine's out, coodie's in, sorted as linters sort."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path

from coodie.codegen.annotations import Imports
from coodie.codegen.cqlengine.names import DRIVER
from coodie.codegen.layout import statement


def with_imports(text: str, added: Imports, folder: Path | None) -> str:
    """Return the text with its leading imports written anew; those of the driver that nothing uses any more are gone.

    `folder` tells which modules are the program's own.
    """
    tree = ast.parse(text)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    # What coodie calls by the same name is coodie's from now on.
    used -= {alias.asname or alias.name for node in _parsed(added) for alias in node.names}
    leading = _leading(tree)
    others = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom)) and node not in leading
    ]
    lines = text.splitlines(keepends=True)
    for node in sorted(others, key=lambda each: each.lineno, reverse=True):
        if _is_drivers(node) and not _kept(node, used):
            lines[node.lineno - 1 : node.end_lineno] = []
    block = _sorted([kept for node in leading for kept in _kept(node, used)] + _parsed(added), folder)
    first = leading[0].lineno - 1 if leading else _after_docstring(tree)
    last = leading[-1].end_lineno or 0 if leading else first
    comments = [line for line in lines[first:last] if line.lstrip().startswith("#")]
    after = lines[last:]
    while after and not after[0].strip():
        after.pop(0)
    gap = "\n\n\n" if after and _wide(after[0]) else "\n\n"
    return "".join([*lines[:first], *comments, block, gap if after else "\n", *after])


def _leading(tree: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    body = tree.body[1:] if _has_docstring(tree) else tree.body
    found: list[ast.Import | ast.ImportFrom] = []
    for node in body:
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            break
        found.append(node)
    return found


def _has_docstring(tree: ast.Module) -> bool:
    return (
        bool(tree.body)
        and isinstance(tree.body[0], ast.Expr)
        and isinstance(tree.body[0].value, ast.Constant)
    )


def _after_docstring(tree: ast.Module) -> int:
    return (tree.body[0].end_lineno or 0) if _has_docstring(tree) else 0


def _wide(line: str) -> bool:
    return line.startswith(("class ", "def ", "async def ", "@"))


def _is_drivers(node: ast.Import | ast.ImportFrom) -> bool:
    modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
    return any(module.partition(".")[0] == DRIVER for module in modules)


def _kept(node: ast.Import | ast.ImportFrom, used: set[str]) -> list[ast.Import | ast.ImportFrom]:
    if not _is_drivers(node):
        return [node]
    found = [each for each in node.names if (each.asname or each.name.partition(".")[0]) in used]
    if isinstance(node, ast.ImportFrom):
        return [ast.ImportFrom(node.module, found, node.level)] if found else []
    return [ast.Import([each]) for each in found]


def _parsed(added: Imports) -> list[ast.Import | ast.ImportFrom]:
    tree = ast.parse("\n".join(line for block in added.blocks() for line in block))
    return [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]


def _sorted(nodes: list[ast.Import | ast.ImportFrom], folder: Path | None) -> str:
    """Write imports in sections, plain ones first, one statement a module, names in order."""
    plain: set[str] = set()
    named: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        texts = [each.name + (f" as {each.asname}" if each.asname else "") for each in node.names]
        if isinstance(node, ast.Import):
            plain.update(texts)
        else:
            named["." * node.level + (node.module or "")].update(texts)
    sections: dict[int, list[str]] = defaultdict(list)
    for name in sorted(plain, key=str.lower):
        sections[_section(name.partition(" ")[0], folder)].append(f"import {name}")
    for module in sorted(named, key=lambda each: each.lower()):
        names = sorted(
            named[module],
            key=lambda each: (not each.isupper() or len(each) == 1, not each[:1].isupper(), each),
        )
        sections[_section(module, folder)].append(statement(f"from {module} import {', '.join(names)}"))
    return "\n\n".join("\n".join(sections[number]) for number in sorted(sections))


def _section(module: str, folder: Path | None) -> int:
    top = module.partition(".")[0]
    if module == "__future__":
        return 0
    if module.startswith("."):
        return 4
    if top in sys.stdlib_module_names:
        return 1
    own = folder is not None and ((folder / f"{top}.py").exists() or (folder / top).is_dir())
    return 3 if own else 2
