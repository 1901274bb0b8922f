"""Expressions of cqlengine: query sets, writes and their options, as coodie's calls."""

from __future__ import annotations

import ast
from collections.abc import Callable

from coodie.codegen.annotations import Imports
from coodie.codegen.cqlengine.calls import CALLS, NAMES
from coodie.codegen.cqlengine.chains import OPTIONS, Chains, call_of, calls_of, peeled, spread
from coodie.codegen.cqlengine.names import Names, Note

_WRITES = {"save", "update", "delete", "create"}
_BUILDERS = OPTIONS | {"limit", "allow_filtering", "order_by", "only", "defer", "fetch_size", "distinct"}
_BUILDERS |= {"values_list", "count", "first", "filter", "all"}
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "", ast.Gt: "__gt", ast.GtE: "__gte", ast.Lt: "__lt", ast.LtE: "__lte"
}  # fmt: skip
_ERRORS = {"DoesNotExist": "DocumentNotFound", "MultipleObjectsReturned": "MultipleDocumentsFound"}
# What may not stand in front of a call that reads one row, or one number.
_ALONE = {"get": {"limit"}, "count": {"order_by"}}
_TOKENS = (
    "functions.Token",
    "functions.MinTimeUUID",
    "functions.MaxTimeUUID",
    "functions.TimeUUIDQueryFunction",
)


class Queries(ast.NodeTransformer):
    """Rewrites the expressions of a module; notes are for what it cannot, or should not alone."""

    def __init__(self, names: Names, models: set[str], counters: set[str], imports: Imports) -> None:
        self._names, self._models, self._counters, self._imports = names, models, counters, imports
        self._chains = Chains(models)
        self.notes: list[Note] = []

    def note(self, node: ast.AST, text: str) -> None:
        """Leave something to a person."""
        self.notes.append(Note(getattr(node, "lineno", 0), text))

    def name(self, module: str, name: str) -> ast.Name:
        """Return a name that is imported from a module."""
        self._imports.use(module, name)
        return ast.Name(name)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Exchange errors and levels; tell of what has no counterpart."""
        return self._known(node) or node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Turn `Model.objects` into a query, and what classes of cqlengine carry into coodie's."""
        known = self._known(node)
        if known is not None:
            return known
        self.generic_visit(node)
        if node.attr == "objects" and self._chains.is_model(node.value):
            return ast.copy_location(call_of(node.value, "find"), node)
        if node.attr in _ERRORS and self._chains.is_model(node.value):
            return ast.copy_location(self.name("coodie", _ERRORS[node.attr]), node)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """Tell of counters, which coodie never sets."""
        target = node.target
        if isinstance(target, ast.Attribute) and target.attr in self._counters:
            self.note(node, f"a counter is changed by a call: increment({target.attr}=...), without save()")
        return self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """Turn the first row, or the first rows, of a query into calls that say so."""
        self.generic_visit(node)
        if not self._chains.is_query(node.value):
            return node
        match node.slice:
            case ast.Constant(value=0):
                return call_of(node.value, "first")
            case ast.Slice(lower=None, upper=ast.expr() as upper, step=None):
                return call_of(call_of(node.value, "limit", [upper]), "all")
            case _:
                self.note(
                    node, "a query has no positions: read pages with paged_all(), or ask for what is wanted"
                )
                return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Rewrite one call, its parts first."""
        made = CALLS.get(self._names.dotted(node.func))
        if made is not None:
            return ast.copy_location(made(self, node), node)
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "len" and self._chains.is_query(node.args[0]):
            return call_of(node.args[0], "count")
        if self._chains.is_bare(node.func):  # Model.objects(...)
            return self._filtered(node.func, node)
        if isinstance(node.func, ast.Attribute):
            return ast.copy_location(self._method(node, node.func), node)
        return node

    def _method(self, node: ast.Call, func: ast.Attribute) -> ast.expr:
        base, method = func.value, func.attr
        if method in _WRITES:
            return self._write(node, base, method)
        if self._chains.is_model(base) and method == "using":
            return call_of(base, "at", [], node.keywords)
        if (
            self._chains.is_model(base)
            and method in _BUILDERS - {"batch"}
            and isinstance(base, (ast.Name, ast.Attribute))
        ):
            if ast.unparse(base).rpartition(".")[2] not in self._models and method != "filter":
                return node
            base = call_of(base, "find")
        if not self._chains.is_query(base):
            return node
        if method in _ALONE:
            self._alone(node, base, method)
        change: Callable[[ast.expr, ast.Call], ast.expr] | None = {
            "all": self._all, "filter": self._filtered, "get": self._get, "only": spread, "defer": spread,
            "limit": self._limit, "distinct": self._distinct, "iff": self._unknown_if, "using": self._using,
        }.get(method)  # fmt: skip
        func.value = base
        return node if change is None else change(base, node)

    def _alone(self, node: ast.Call, base: ast.expr, method: str) -> None:
        """Tell of limits and orders in front of a call that takes none: cqlengine drops them, coodie refuses."""
        for word in calls_of(base):
            if word in _ALONE[method]:
                self.note(node, f"{method}() takes no {word}(): leave it out")

    def _write(self, node: ast.Call, base: ast.expr, method: str) -> ast.expr:
        """Move `batch`, `ttl` and others from a chain into the call that writes."""
        inner, options = peeled(base)
        if self._chains.is_query(inner) or (self._chains.is_model(inner) and (options or method == "create")):
            return self._query_write(node, inner, options, method)
        if not options:
            return node
        keywords = list(node.keywords)
        for option, call in options:
            keywords.append(self._keyword(option, call))
        return call_of(inner, method, node.args, keywords)

    def _query_write(
        self, node: ast.Call, inner: ast.expr, options: list[tuple[str, ast.Call]], method: str
    ) -> ast.expr:
        batch = next((call for option, call in options if option == "batch"), None)
        rest = [(option, call) for option, call in options if option not in ("batch", "iff")]
        model = inner.func.value if isinstance(inner, ast.Call) and self._chains.is_bare(inner) else inner  # type: ignore[attr-defined]
        if method == "create" and self._chains.is_model(model):
            if not rest and batch is None:
                return call_of(model, "create", node.args, node.keywords)
            if {option for option, _ in rest} <= {"ttl", "timestamp", "consistency", "timeout"}:
                made = ast.Call(model, node.args, node.keywords)
                given = [self._keyword(option, call) for option, call in options]
                return call_of(made, "save", [], given)
            if batch is None:
                self.note(
                    node,
                    "if_not_exists() gives back what was decided, LWTResult(applied, existing); it raises nothing",
                )
        if batch is not None or any(option == "iff" for option, _ in options):
            self.note(
                node,
                f"{method}() of a query takes no batch and no conditions: call it on the document, as in "
                f"document.{method}(batch=..., if_conditions={{...}})",
            )
            return node
        for each in node.keywords if method == "update" else ():
            if each.arg in self._counters:
                self.note(node, f"a counter is changed by a call: document.increment({each.arg}=...)")
        chain = call_of(inner, "find") if self._chains.is_model(inner) else inner
        for option, call in rest:
            chain = call_of(chain, option, call.args, call.keywords)
        return call_of(chain, method, node.args, node.keywords)

    def _keyword(self, option: str, call: ast.Call) -> ast.keyword:
        if option == "iff":
            keys: list[ast.expr | None] = [ast.Constant(each.arg) for each in call.keywords]
            return ast.keyword("if_conditions", ast.Dict(keys, [each.value for each in call.keywords]))
        if option in ("if_exists", "if_not_exists"):
            return ast.keyword(option, ast.Constant(value=True))
        value = call.args[0] if call.args else ast.Constant(None)
        if option == "timestamp" and not (isinstance(value, ast.Constant) and isinstance(value.value, int)):
            self.note(call, "timestamp takes microseconds since the epoch, not a datetime or timedelta")
        return ast.keyword(option, value)

    def _all(self, base: ast.expr, _node: ast.Call) -> ast.expr:
        return base  # a query is read by iterating, a page at a time

    def _filtered(self, base: ast.expr, node: ast.Call) -> ast.expr:
        keywords = list(node.keywords)
        rest = []
        for each in node.args:
            found = self._comparison(each)
            if found is None:
                rest.append(each)
                self.note(
                    node, f"{ast.unparse(each)} is no filter of coodie: write it as column__operator=value"
                )
            else:
                keywords.append(found)
        if self._chains.is_bare(base) and isinstance(base, ast.Call):
            return ast.Call(base.func, rest, keywords)
        return call_of(base, "filter", rest, keywords)

    def _get(self, base: ast.expr, node: ast.Call) -> ast.expr:
        if self._chains.is_bare(base):
            return call_of(base.func.value, "get", node.args, node.keywords)  # type: ignore[attr-defined]
        return node

    def _limit(self, base: ast.expr, node: ast.Call) -> ast.expr:
        if node.args and isinstance(node.args[0], ast.Constant) and not node.args[0].value:
            return base  # cqlengine's word for no limit, which is what a query has by itself
        return node

    def _distinct(self, base: ast.expr, node: ast.Call) -> ast.expr:
        if not node.args:
            return node
        return call_of(spread(base, call_of(base, "only", node.args)), "distinct")

    def _using(self, base: ast.expr, node: ast.Call) -> ast.expr:
        self.note(
            node, "using() of a query is at() of the model: Model.at(connection=..., keyspace=...).find(...)"
        )
        return call_of(base, "using", node.args, node.keywords)

    def _unknown_if(self, _base: ast.expr, node: ast.Call) -> ast.expr:
        self.note(node, "iff() of a query is update(if_conditions={...}) of a document")
        return node

    def _comparison(self, node: ast.expr) -> ast.keyword | None:
        match node:
            case ast.Compare(left=ast.Attribute(value=base, attr=name), ops=[op], comparators=[value]) if (
                self._chains.is_model(base) and type(op) in _COMPARISONS
            ):
                return ast.keyword(name + _COMPARISONS[type(op)], value)
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(value=base, attr=name), attr=op), args=[value]
            ) if self._chains.is_model(base) and op in ("in_", "contains_"):
                return ast.keyword(f"{name}__{op.strip('_')}", value)
            case _:
                return None

    def _known(self, node: ast.Name | ast.Attribute) -> ast.expr | None:
        dotted = self._names.dotted(node)
        if not dotted:
            return None
        if dotted.startswith("cassandra.ConsistencyLevel."):
            return ast.copy_location(ast.Constant(dotted.rpartition(".")[2]), node)
        if dotted in NAMES:
            return ast.copy_location(self.name(*NAMES[dotted]), node)
        if dotted in _TOKENS:
            self.note(
                node, f"{dotted.rpartition('.')[2]}() has no counterpart: see `__token__gt` and paged_all()"
            )
        elif dotted == "query.LWTException":
            self.note(node, "LWTException is not raised: look at LWTResult.applied and .existing")
        elif dotted == "query.ContextQuery":
            self.note(node, "ContextQuery is at(): Model.at(connection=..., keyspace=...)")
        return None
