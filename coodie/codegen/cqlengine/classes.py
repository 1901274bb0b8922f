"""Classes of cqlengine: which there are, what their columns make of them, and their bodies as coodie writes them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

from coodie.codegen.annotations import Annotations, Imports
from coodie.codegen.cqlengine.columns import Column, give_roles, read_column, write_column
from coodie.codegen.cqlengine.names import Names, Note
from coodie.codegen.cqlengine.source import Source
from coodie.codegen.layout import statement
from coodie.exceptions import InvalidQueryError
from coodie.naming import snake_case

_SETTINGS = {
    "__table_name__": "name",
    "__type_name__": "__type_name__",
    "__keyspace__": "keyspace",
    "__connection__": "connection",
    "__abstract__": "__abstract__",
    "__discriminator_value__": "__discriminator_value__",
    "__default_ttl__": "__default_ttl__",
    "__options__": "__options__",
    "__table_name_case_sensitive__": "",
    "__compute_routing_key__": "",
}
_WORD = re.compile(r"([a-z])([A-Z])")
_LONGEST_NAME = 48


@dataclass
class Model:
    """A class that is a table or a user type."""

    name: str
    node: ast.ClassDef
    bases: list[Model]
    is_type: bool
    columns: list[Column] = field(default_factory=list)
    settings: dict[str, ast.expr] = field(default_factory=dict)

    @property
    def all_columns(self) -> list[Column]:
        """Its own columns behind those of the classes above it."""
        return [column for base in self.bases for column in base.all_columns] + self.columns

    @property
    def counts(self) -> bool:
        """Tell a table of counters."""
        return any(column.cql.name == "counter" for column in self.all_columns)

    @property
    def in_family(self) -> bool:
        """Tell a class that shares the table of one above it."""
        return any(column.says("discriminator_column") for base in self.bases for column in base.all_columns)

    @property
    def abstract(self) -> bool:
        """Tell a class that has no table."""
        given = self.settings.get("__abstract__")
        return isinstance(given, ast.Constant) and bool(given.value)


def find_models(tree: ast.Module, names: Names, elsewhere: dict[str, Model]) -> dict[str, Model]:
    """Return the classes of a module that are models, bases before those below them."""
    found: dict[str, Model] = {}
    for node in (each for each in ast.walk(tree) if isinstance(each, ast.ClassDef)):
        dotted = [names.dotted(base) for base in node.bases]
        bases = [
            known
            for base in node.bases
            if (known := (found | elsewhere).get(ast.unparse(base).rpartition(".")[2]))
        ]
        is_type = "usertype.UserType" in dotted or any(base.is_type for base in bases)
        if not is_type and not bases and "models.Model" not in dotted:
            continue
        model = found[node.name] = Model(node.name, node, bases, is_type)
        for name, value in _assigned(node):
            if name in _SETTINGS:
                model.settings[name] = value
            elif column := read_column(name, value, names):
                model.columns.append(column)
        give_roles(model.all_columns)
    return found


def _assigned(node: ast.ClassDef) -> list[tuple[str, ast.expr]]:
    return [
        (each.targets[0].id, each.value)
        for each in node.body
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
    ]


class Classes:
    """Writes the classes of one module."""

    def __init__(
        self, models: dict[str, Model], known: dict[str, Model], names: Names, imports: Imports
    ) -> None:
        self._models, self._names, self._imports = models, names, imports
        self.notes: list[Note] = []
        self._hashed = _in_sets([*known.values(), *models.values()])
        types = {
            part.name: part.name
            for model in models.values()
            for column in model.columns
            for part in column.cql.walk()
            if part.user
        }
        self._annotations = Annotations(imports, types)

    def write(self, model: Model, source: Source, constants: set[str]) -> set[ast.stmt]:
        """Edit a class, and return the statements of it that are done."""
        columns = {column.name: column for column in model.columns}
        composite = sum(column.role == "partition" for column in model.all_columns) > 1
        done: set[ast.stmt] = set()
        first: ast.stmt | None = None
        last: ast.stmt | None = None
        comments: dict[str, str] = {}
        self._bases(model, source)
        for each in model.node.body:
            if not isinstance(each, ast.Assign) or not isinstance(each.targets[0], ast.Name):
                continue
            name = each.targets[0].id
            if name in _SETTINGS:
                comments[name] = source.remove(each)
            elif name in columns:
                self._column(columns[name], model, each, source, composite=composite, constants=constants)
                first = first or each
            else:
                continue
            done.add(each)
            last = each
        lines = self._settings(model, comments)
        if model.is_type and model.name in self._hashed and first is not None:
            self._imports.use("pydantic", "ConfigDict")
            source.insert_before(first, "model_config = ConfigDict(frozen=True)")
            self._tell(
                model.node, f"{model.name} is an element of a set or a key of a map: its values cannot change"
            )
        if lines:
            body = model.node.body
            last = last or body[0]
            text = "".join(f"{line}\n" for line in lines)
            follows = last is not body[-1]
            lone = first is None and last in done and not _docstring(body)
            source.insert_after(
                last, f"{'' if lone else chr(10)}{text}{chr(10) if follows and _touches(last, body) else ''}"
            )
        return done

    def _tell(self, node: ast.AST, text: str) -> None:
        self.notes.append(Note(getattr(node, "lineno", 0), text))

    def _bases(self, model: Model, source: Source) -> None:
        for base in model.node.bases:
            dotted = self._names.dotted(base)
            if dotted == "usertype.UserType":
                name = "UserType"
            elif dotted == "models.Model":
                name = "CounterDocument" if model.counts else "Document"
            else:
                continue
            self._imports.use("coodie" if name == "UserType" else "coodie.sync", name)
            source.replace(base, name)

    def _column(
        self,
        column: Column,
        model: Model,
        node: ast.Assign,
        source: Source,
        *,
        composite: bool,
        constants: set[str],
    ) -> None:
        try:
            line = write_column(
                column, self._annotations, self._imports, composite=composite, constants=constants,
                inside_type=model.is_type,
            )  # fmt: skip
        except InvalidQueryError as error:
            text = f"{model.name}.{column.name}: {error}"
            self._tell(node, text)
            source.remark(node, text)
            return
        source.replace(node, statement(line, node.col_offset // 4, source.room(node)).lstrip())
        for text in column.notes:
            self._tell(node, f"{model.name}: {text}")
            source.remark(node, text)

    def _settings(self, model: Model, comments: dict[str, str]) -> list[str]:
        found: dict[str, ast.expr] = {}
        for name, value in model.settings.items():
            if _SETTINGS[name] and not (isinstance(value, ast.Constant) and value.value in (None, False)):
                found[_SETTINGS[name]] = value
        self._name(model, found)
        kind = found.get("__discriminator_value__")
        if isinstance(kind, ast.Constant) and not isinstance(kind.value, str):
            found["__discriminator_value__"] = ast.Constant(str(kind.value))
        if any(column.says("discriminator_column") for column in model.columns) and kind is None:
            self._tell(
                model.node,
                f"{model.name} is the top of a family: rows that it wrote itself have no discriminator, which "
                "coodie does not read; give them one",
            )
        if not found:
            return []
        indent = " " * (model.node.col_offset + 4)
        depth = model.node.col_offset // 4 + 2
        beside = {_SETTINGS[name]: f"  {text}" for name, text in comments.items() if text and _SETTINGS[name]}
        lines = [
            statement(ast.Assign([ast.Name(name)], value, lineno=0), depth) + beside.get(name, "")
            for name, value in found.items()
        ]
        return [f"{indent}class Settings:", *lines]

    def _name(self, model: Model, found: dict[str, ast.expr]) -> None:
        """Say the table's or type's name where coodie would derive another one."""
        key = "__type_name__" if model.is_type else "name"
        given = found.pop(key, None)
        if model.abstract or model.in_family:
            return
        if given is not None and not isinstance(given, ast.Constant):
            found[key] = given
            return
        if isinstance(given, ast.Constant):
            cased = model.settings.get("__table_name_case_sensitive__")
            keeps = isinstance(cased, ast.Constant) and cased.value
            name = str(given.value) if keeps else str(given.value).lower()
        else:
            word = _WORD.sub(lambda match: f"{match[1]}_{match[2].lower()}", model.name)
            name = word[-_LONGEST_NAME:].lower().lstrip("_")
        if name != snake_case(model.name):
            rest = dict(found)
            found.clear()
            found.update({key: ast.Constant(name), **rest})


def _docstring(body: list[ast.stmt]) -> bool:
    return isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)


def _touches(last: ast.stmt, body: list[ast.stmt]) -> bool:
    """Tell whether the next statement stands on the next line."""
    following = body[body.index(last) + 1]
    first = min([following.lineno, *(each.lineno for each in getattr(following, "decorator_list", ()))])
    return bool(first == (last.end_lineno or 0) + 1)


def _in_sets(models: list[Model]) -> set[str]:
    types = {model.name: model for model in models if model.is_type}
    pending = [
        part
        for model in models
        for column in model.columns
        for each in column.cql.walk()
        if each.name in ("set", "map") and each.args
        for part in each.args[0].walk()
    ]
    found: set[str] = set()
    while pending:
        part = pending.pop()
        if part.user and part.name in types and part.name not in found:
            found.add(part.name)
            pending += [inner for column in types[part.name].columns for inner in column.cql.walk()]
    return found
