"""Columns of cqlengine as fields."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from coodie.codegen.annotations import Annotations, Imports
from coodie.codegen.cqlengine.names import Names
from coodie.codegen.fields import field_line
from coodie.codegen.names import field_name
from coodie.cqltype import CqlType, scalar

_SCALARS = {
    "Ascii": "ascii", "BigInt": "bigint", "Blob": "blob", "Boolean": "boolean", "Bytes": "blob", "Counter": "counter",
    "Date": "date", "DateTime": "timestamp", "Decimal": "decimal", "Double": "double", "Duration": "duration",
    "Float": "float", "Inet": "inet", "Integer": "int", "SmallInt": "smallint", "Text": "text", "Time": "time",
    "TimeUUID": "timeuuid", "TinyInt": "tinyint", "UUID": "uuid", "VarInt": "varint",
}  # fmt: skip
_COLLECTIONS = {"List": "list", "Map": "map", "Set": "set"}
_FACTORIES = {"list": "list", "map": "dict", "set": "set"}


@dataclass
class Column:
    """One column as its class declares it, and what its class makes of it."""

    name: str
    cql: CqlType
    options: dict[str, ast.expr]
    role: str = ""
    place: int = 0
    notes: list[str] = field(default_factory=list)

    def says(self, option: str) -> bool:
        """Tell whether a flag is set."""
        given = self.options.get(option)
        return isinstance(given, ast.Constant) and bool(given.value)


def read_column(name: str, node: ast.expr, names: Names) -> Column | None:
    """Read what is assigned to a class's attribute; `None` where that is no column."""
    cql = cql_type(node, names)
    if cql is None or not isinstance(node, ast.Call):
        return None
    return Column(name, cql, {each.arg: each.value for each in node.keywords if each.arg})


def cql_type(node: ast.expr, names: Names) -> CqlType | None:
    """Return the CQL type of a column, given as a class or as an instance; a user type has its class's name."""
    call, arguments = (node.func, node.args) if isinstance(node, ast.Call) else (node, [])
    module, _, kind = names.dotted(call).rpartition(".")
    if module != "columns":
        return None
    if kind in _SCALARS:
        return scalar(_SCALARS[kind])
    if kind == "UserDefinedType":
        keywords = {each.arg: each.value for each in node.keywords} if isinstance(node, ast.Call) else {}
        given = arguments[0] if arguments else keywords.get("user_type")
        return None if given is None else CqlType(ast.unparse(given), frozen=True, user=True)
    if kind in (*_COLLECTIONS, "Tuple"):
        inner = [cql_type(each, names) for each in arguments]
        found = tuple(each.freeze() for each in inner if each is not None)
        if not found or len(found) != len(inner):
            return None
        return CqlType(_COLLECTIONS.get(kind, "tuple"), found, frozen=kind == "Tuple")
    return None


def give_roles(columns: list[Column]) -> None:
    """Say which columns are the partition key: those that claim it, else the first of the primary key."""
    partition = [column for column in columns if column.says("partition_key")]
    primary = [column for column in columns if column.says("primary_key") and column not in partition]
    if not partition and primary:
        partition.append(primary.pop(0))
    for role, members in (("partition", partition), ("clustering", primary)):
        for place, column in enumerate(members):
            column.role, column.place = role, place


def write_column(
    column: Column,
    annotations: Annotations,
    imports: Imports,
    *,
    composite: bool,
    constants: set[str],
    inside_type: bool = False,
) -> str:
    """Write a column as a field; what its author should know of is added to its notes."""
    annotation, marks = annotations.column(column.cql, in_type=inside_type)
    own = [*_key(column, composite=composite), *_flags(column)]
    for mark in own:
        imports.use("coodie", mark.partition("(")[0])
    limits = [
        f"{name}={ast.unparse(column.options[name])}"
        for name in ("min_length", "max_length")
        if name in column.options
    ]
    if limits:
        imports.use("pydantic", "Field")
        marks = [*marks, f"Field({', '.join(limits)})"]
    default = _default(column, constants)
    if "Field(" in default:
        imports.use("pydantic", "Field")
    mandatory = column.role or column.says("required") or column.says("discriminator_column")
    collection = column.cql.name in _FACTORIES and not column.cql.user
    if default not in ("", "None") and not mandatory and not collection and column.cql.name != "counter":
        annotation += " | None"
    name = field_name(column.name)
    if name != column.name:
        column.notes.append(
            f"the attribute {column.name} is called {name} here, for documents use that name themselves: "
            "rename it where the program says it, too"
        )
    stored = column.options.get("db_field")
    stored_name = stored.value if isinstance(stored, ast.Constant) else column.name
    return field_line(name, str(stored_name), annotation, [*own, *marks], default, imports).strip()


def _key(column: Column, *, composite: bool) -> list[str]:
    if column.role == "partition":
        return [f"PrimaryKey({f'partition_key_index={column.place}' if composite else ''})"]
    if column.role == "clustering":
        order = column.options.get("clustering_order")
        descending = isinstance(order, ast.Constant) and str(order.value).upper() == "DESC"
        parts = ["'DESC'"] if descending else []
        parts += [f"clustering_key_index={column.place}"] if column.place else []
        return [f"ClusteringKey({', '.join(parts)})"]
    return []


def _flags(column: Column) -> list[str]:
    found = []
    for option, mark in (
        ("static", "Static()"),
        ("index", "Indexed()"),
        ("discriminator_column", "Discriminator()"),
    ):
        if column.says(option):
            found.append(mark)
    if column.cql.name == "counter":
        found.append("Counter()")
    if column.says("custom_index"):
        column.notes.append(
            f"{column.name} has an index that was made outside of its model: "
            "declare it, for example Indexed(using='sai'), or leave it as drift"
        )
    if column.says("discriminator_column") and column.cql.name != "text":
        column.notes.append(
            f"{column.name} tells classes apart by {column.cql}: coodie does it by text; "
            "move the values to a text column"
        )
    return found


def _default(column: Column, constants: set[str]) -> str:
    given = column.options.get("default")
    if given is None or (isinstance(given, ast.Constant) and given.value is None):
        if column.role or column.says("required") or column.says("discriminator_column"):
            return ""
        if column.cql.name == "counter":
            return "0"
        if column.cql.name in _FACTORIES and not column.cql.user:
            return f"Field(default_factory={_FACTORIES[column.cql.name]})"
        return "None"
    source = ast.unparse(given)
    if source.endswith((".utcnow", ".now")) and column.cql.name == "timestamp":
        column.notes.append(
            f"{source} gives a time without a zone, which is taken as UTC; what is read has one: compare with "
            "datetime.now(UTC)"
        )
    if _is_callable(given, constants):
        return f"Field(default_factory={source})"
    if isinstance(given, (ast.List, ast.Set, ast.Dict, ast.Call)):
        return f"Field(default_factory=lambda: {source})"
    return source


def _is_callable(node: ast.expr, constants: set[str]) -> bool:
    """Tell a function that makes defaults from a value, as cqlengine does at run time."""
    match node:
        case ast.Lambda():
            return True
        case ast.Name(id=name):
            return name not in constants and not name.isupper()
        case ast.Attribute(attr=attr):
            return not attr.isupper()
        case _:
            return False
