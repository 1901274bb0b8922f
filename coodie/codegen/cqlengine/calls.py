"""Functions and classes of cqlengine that set connections, keyspaces, tables and batches up."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Protocol


class Rewriter(Protocol):
    """What a call's rewriting needs of the whole."""

    def note(self, node: ast.AST, text: str) -> None:
        """Leave something to a person."""

    def name(self, module: str, name: str) -> ast.Name:
        """Return a name that is imported from a module."""

    def visit(self, node: ast.AST) -> Any:
        """Rewrite what is inside."""


# Dotted name in cqlengine -> module and name of what stands for it.
NAMES: dict[str, tuple[str, str]] = {
    "query.DoesNotExist": ("coodie", "DocumentNotFound"),
    "query.MultipleObjectsReturned": ("coodie", "MultipleDocumentsFound"),
    "ValidationError": ("pydantic", "ValidationError"),
    "CQLEngineException": ("coodie", "CoodieError"),
    "query.QueryException": ("coodie", "InvalidQueryError"),
    "query.BatchQuery": ("coodie.sync", "BatchQuery"),
}
_SETUP = {"default_keyspace": "keyspace", "lazy_connect": "lazy", "default": "default", "port": "port"}
_SETUP |= {name: name for name in ("session", "ssl_context", "compression", "name", "hosts")}
_BATCH_TYPES: dict[str, tuple[str, bool | str]] = {
    "Unlogged": ("logged", False),
    "Counter": ("batch_type", "COUNTER"),
}


def _setup(to: Rewriter, node: ast.Call) -> ast.expr:
    return _connect(to, node, ["hosts", "default_keyspace", "consistency", "lazy_connect", "retry_connect"])


def _register(to: Rewriter, node: ast.Call) -> ast.expr:
    return _connect(to, node, ["name", "hosts", "consistency", "lazy_connect", "retry_connect"])


def _connect(to: Rewriter, node: ast.Call, places: list[str]) -> ast.expr:
    given = dict(zip(places, node.args, strict=False)) | {str(each.arg): each.value for each in node.keywords}
    found: dict[str, ast.expr] = {}
    for name, value in given.items():
        if name in _SETUP:
            found[_SETUP[name]] = to.visit(value)
        elif name == "auth_provider" and isinstance(value, ast.Call):
            words = dict(zip(("username", "password"), value.args, strict=False))
            words |= {str(each.arg): each.value for each in value.keywords}
            found |= words
        elif name == "retry_connect":
            continue  # an initial failure is raised, and can be caught
        elif name == "consistency":
            to.note(
                node,
                f"the connection's consistency {ast.unparse(value)} is each model's: Settings.consistency",
            )
        elif name == "None":
            to.note(node, f"**{ast.unparse(value)} is handed to the driver as it is: look through it")
        else:
            found[name] = to.visit(value)
    found.setdefault("driver_type", ast.Constant("cassandra"))
    return ast.Call(
        to.name("coodie.sync", "init_coodie"), [], [ast.keyword(name, value) for name, value in found.items()]
    )


def _on_model(method: str) -> Callable[[Rewriter, ast.Call], ast.expr]:
    def made(to: Rewriter, node: ast.Call) -> ast.expr:
        if node.keywords or len(node.args) != 1:
            to.note(
                node,
                f"{method}() goes to the model's keyspace and connection: Model.at(keyspace=...).{method}()",
            )
        return ast.Call(ast.Attribute(node.args[0], method), [], [])

    return made


def _sync_type(to: Rewriter, node: ast.Call) -> ast.expr:
    given = dict(zip(("ks_name", "type_model"), node.args, strict=False))
    given |= {str(each.arg): each.value for each in node.keywords}
    if "connection" in given:
        to.note(node, "sync_type() goes to the default connection unless connection= says otherwise")
    return ast.Call(ast.Attribute(given["type_model"], "sync_type"), [given["ks_name"]], [])


def _create_keyspace(to: Rewriter, node: ast.Call) -> ast.expr:
    keywords = [each for each in node.keywords if each.arg != "connections"]
    if len(keywords) != len(node.keywords):
        to.note(node, "create_keyspace() goes to one connection: call it for each, with connection=")
    return ast.Call(to.name("coodie.sync", "create_keyspace"), node.args, keywords)


def _create_topology(to: Rewriter, node: ast.Call) -> ast.expr:
    given = dict(zip(("name", "dc_replication_map", "durable_writes"), node.args, strict=False))
    given |= {str(each.arg): each.value for each in node.keywords}
    name = given.pop("name")
    if given.pop("connections", None) is not None:
        to.note(node, "create_keyspace() goes to one connection: call it for each, with connection=")
    keywords = [ast.keyword(each, value) for each, value in given.items()]
    return ast.Call(to.name("coodie.sync", "create_keyspace"), [name], keywords)


def _drop_keyspace(to: Rewriter, node: ast.Call) -> ast.expr:
    return ast.Call(to.name("coodie.sync", "drop_keyspace"), node.args, [])


def _execute(to: Rewriter, node: ast.Call) -> ast.expr:
    to.note(node, "execute_raw() binds ? markers, in place of %s, to a list")
    return ast.Call(to.name("coodie.sync", "execute_raw"), node.args[:2], [])


def _batch(to: Rewriter, node: ast.Call) -> ast.expr:
    given = dict(zip(("batch_type", "timestamp", "consistency"), node.args, strict=False))
    given |= {str(each.arg): each.value for each in node.keywords}
    keywords: list[ast.keyword] = []
    for name, value in given.items():
        kind = value.attr if isinstance(value, ast.Attribute) else ""
        if name == "batch_type":
            if kind in _BATCH_TYPES:
                option, setting = _BATCH_TYPES[kind]
                keywords.append(ast.keyword(option, ast.Constant(setting)))
            elif kind != "Logged":
                to.note(
                    node, f"the batch's type {ast.unparse(value)}: say logged=False, or batch_type='COUNTER'"
                )
        elif name == "consistency":
            keywords.append(ast.keyword(name, to.visit(value)))
        elif name == "timestamp":
            keywords.append(ast.keyword(name, to.visit(value)))
            to.note(node, "timestamp takes microseconds since the epoch, not a datetime or timedelta")
        else:
            to.note(
                node,
                f"BatchQuery has no {name}: nothing is sent after an exception, and there are no callbacks",
            )
    return ast.Call(to.name("coodie.sync", "BatchQuery"), [], keywords)


CALLS: dict[str, Callable[[Rewriter, ast.Call], ast.expr]] = {
    "connection.setup": _setup,
    "connection.register_connection": _register,
    "connection.execute": _execute,
    "management.sync_table": _on_model("sync_table"),
    "management.drop_table": _on_model("drop_table"),
    "management.sync_type": _sync_type,
    "management.create_keyspace_simple": _create_keyspace,
    "management.create_keyspace_network_topology": _create_topology,
    "management.drop_keyspace": _drop_keyspace,
    "query.BatchQuery": _batch,
}
