"""The Python of a step's text, run in either colour.

A snippet is written once, as sync code. For the async colour every call that gives an awaitable is awaited, every
loop over an async iterable becomes `async for`, every `with` over an async context manager `async with`, and what is
called otherwise there gets its other name; `Snippet.awaited` is the same code as an async program has it.
"""

from __future__ import annotations

import ast
import inspect
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from anyio.from_thread import BlockingPortal

RESULT = "_result"
_SETTLED, _EACH, _ENTERED = "_settled", "_each", "_entered"
_ASYNC_NAMES = {"BatchQuery": "AsyncBatchQuery", "sync_type": "sync_type_async"}


class Snippet:
    """A few lines of Python; the value of the last, if it is an expression, is what they give."""

    def __init__(self, source: str, path: str = "<snippet>", line: int = 1) -> None:
        self._source, self._path, self._line = source, path, line
        self._waited: set[int] = set()

    def run(self, names: dict[str, Any]) -> Any:
        """Execute the snippet with `names`, to which its assignments are added."""
        names[RESULT] = None
        exec(self._compiled(self._tree()), names)  # noqa: S102 - the specification's own text
        return names.pop(RESULT)

    def run_awaiting(self, names: dict[str, Any], portal: BlockingPortal) -> Any:
        """Execute the snippet as `run` does, but await whatever can be awaited."""
        names |= {RESULT: None, _SETTLED: self._settled, _EACH: self._each, _ENTERED: self._entered}
        code = self._compiled(_Awaiting().visit(_Renamed().visit(self._tree())))

        async def execute() -> None:
            coroutine = eval(code, names)  # noqa: S307 - the specification's own text
            if coroutine is not None:
                await coroutine

        portal.call(execute)
        return names.pop(RESULT)

    @property
    def waits(self) -> bool:
        """Tell whether the run found anything to await."""
        return bool(self._waited)

    @property
    def awaited(self) -> str:
        """The code as it ran for the async colour: `await` and `async for` where they were needed."""
        tree = _Written(self._waited).visit(_Renamed().visit(ast.parse(self._source)))
        return ast.unparse(ast.fix_missing_locations(tree))

    def _tree(self) -> ast.Module:
        tree = ast.parse(self._source)
        last = tree.body[-1] if tree.body else None
        if isinstance(last, ast.Expr):
            target = ast.Name(RESULT, ast.Store())
            tree.body[-1] = ast.copy_location(ast.Assign([target], last.value), last)
        return tree

    def _compiled(self, tree: ast.AST) -> Any:
        ast.fix_missing_locations(tree)
        ast.increment_lineno(tree, self._line - 1)
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        return compile(cast("ast.Module", tree), self._path, "exec", flags, dont_inherit=True)

    async def _settled(self, value: Any, place: int) -> Any:
        if inspect.isawaitable(value):
            self._waited.add(place)
            return await value
        return value

    async def _each(self, items: Any, place: int) -> AsyncIterator[Any]:
        if hasattr(items, "__aiter__"):
            self._waited.add(place)
            async for item in items:
                yield item
        else:
            for item in items:
                yield item

    @asynccontextmanager
    async def _entered(self, manager: Any, place: int) -> AsyncIterator[Any]:
        if hasattr(manager, "__aenter__"):
            self._waited.add(place)
            async with manager as value:
                yield value
        else:
            with manager as value:
                yield value


def _place(node: ast.expr) -> int:
    """Tell calls of a snippet apart by where they end; a loop or a block over a call has the negative of its place."""
    return (node.end_lineno or 0) * 10_000 + (node.end_col_offset or 0)


class _Outermost(ast.NodeTransformer):
    """Leaves bodies alone that run later, or cannot await."""

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.AST:
        return node


class _Renamed(ast.NodeTransformer):
    """Uses the names of the async colour; `list(...)` becomes the loop that it stands for."""

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = _ASYNC_NAMES.get(node.id, node.id)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        node.attr = _ASYNC_NAMES.get(node.attr, node.attr)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(ast.Name("list"), [ast.expr() as items], []):
                loop = ast.comprehension(ast.Name("row", ast.Store()), items, [], is_async=0)
                return ast.copy_location(ast.ListComp(ast.Name("row", ast.Load()), [loop]), node)
        return node


class _Awaiting(_Outermost):
    """Asks at each call and each loop whether there is something to await."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        place = ast.Constant(_place(node))
        self.generic_visit(node)
        return ast.copy_location(ast.Await(_called(_SETTLED, node, place)), node)

    def visit_For(self, node: ast.For) -> ast.AST:
        place = ast.Constant(-_place(node.iter))
        self.generic_visit(node)
        loop = ast.AsyncFor(node.target, _called(_EACH, node.iter, place), node.body, node.orelse)
        return ast.copy_location(loop, node)

    def visit_With(self, node: ast.With) -> ast.AST:
        places = [ast.Constant(-_place(item.context_expr)) for item in node.items]
        self.generic_visit(node)
        for item, place in zip(node.items, places, strict=True):
            item.context_expr = _called(_ENTERED, item.context_expr, place)
        return ast.copy_location(ast.AsyncWith(node.items, node.body), node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        place = ast.Constant(-_place(node.iter))
        self.generic_visit(node)
        return ast.comprehension(node.target, _called(_EACH, node.iter, place), node.ifs, is_async=1)


class _Written(_Outermost):
    """Writes `await` and `async for` where a run has found something to await."""

    def __init__(self, waited: set[int]) -> None:
        self._waited = waited

    def visit_Call(self, node: ast.Call) -> ast.AST:
        waited = _place(node) in self._waited
        self.generic_visit(node)
        return ast.Await(node) if waited else node

    def visit_For(self, node: ast.For) -> ast.AST:
        waited = -_place(node.iter) in self._waited
        self.generic_visit(node)
        return ast.AsyncFor(node.target, node.iter, node.body, node.orelse) if waited else node

    def visit_With(self, node: ast.With) -> ast.AST:
        waited = any(-_place(item.context_expr) in self._waited for item in node.items)
        self.generic_visit(node)
        return ast.AsyncWith(node.items, node.body) if waited else node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        node.is_async = int(-_place(node.iter) in self._waited)
        self.generic_visit(node)
        return node


def _called(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])
