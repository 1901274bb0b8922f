"""Live columns as fields of a model."""

from __future__ import annotations

from dataclasses import dataclass, field

from coodie.codegen.annotations import Annotations, Imports
from coodie.codegen.indexes import index_markers
from coodie.codegen.layout import statement
from coodie.codegen.names import field_name
from coodie.cqltype import CqlType
from coodie.exceptions import InvalidQueryError
from coodie.operations.introspection import LiveColumn, LiveTable

_DEFAULTS = {"list": "list", "set": "set", "map": "dict"}
_ROLES = ("partition_key", "clustering", "static", "regular")


@dataclass
class Fields:
    """The fields of one class, as lines of source; and what could not be written, with the reason."""

    lines: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    key_is_whole: bool = True


def ordered(live: LiveTable) -> list[LiveColumn]:
    """Return columns in the order of the key, statics and others behind it by name."""
    return sorted(live.columns.values(), key=lambda each: (_ROLES.index(each.kind), each.position, each.name))


def table_fields(table: str, live: LiveTable, annotations: Annotations, imports: Imports) -> Fields:
    """Write the columns of a table or view."""
    names: dict[str, str] = {}
    for column in ordered(live):
        names[column.name] = field_name(column.name, names.values())
    composite = sum(column.kind == "partition_key" for column in live.columns.values()) > 1
    found = Fields()
    for column in ordered(live):
        try:
            annotation, marks = annotations.column(column.type)
        except InvalidQueryError as error:
            found.refused.append(f"column {column.name}: {error}")
            found.key_is_whole &= column.kind not in ("partition_key", "clustering")
            continue
        marks = [*_role(column, imports, composite=composite), *marks]
        marks += index_markers(table, live, column.name, names, imports)
        key = column.kind in ("partition_key", "clustering")
        default = "" if key else _default(column.type, imports)
        found.lines.append(field_line(names[column.name], column.name, annotation, marks, default, imports))
    return found


def type_fields(fields: dict[str, CqlType], annotations: Annotations, imports: Imports) -> Fields:
    """Write the fields of a user type."""
    found = Fields()
    names: list[str] = []
    for name, cql in fields.items():
        try:
            annotation, marks = annotations.column(cql, in_type=True)
        except InvalidQueryError as error:
            found.refused.append(f"field {name}: {error}")
            found.key_is_whole = False
            continue
        names.append(field_name(name, names))
        found.lines.append(field_line(names[-1], name, annotation, marks, _default(cql, imports), imports))
    return found


def _role(column: LiveColumn, imports: Imports, *, composite: bool) -> list[str]:
    match column.kind:
        case "partition_key":
            source = f"PrimaryKey({f'partition_key_index={column.position}' if composite else ''})"
        case "clustering":
            order = '"DESC"' if column.order == "DESC" else ""
            place = f"clustering_key_index={column.position}" if column.position else ""
            source = f"ClusteringKey({', '.join(filter(None, (order, place)))})"
        case "static":
            source = "Static()"
        case _ if column.type.name == "counter":
            source = "Counter()"
        case _:
            return []
    imports.use("coodie", source.partition("(")[0])
    return [source]


def _default(cql: CqlType, imports: Imports) -> str:
    if cql.name == "counter":
        return "0"
    if cql.name in _DEFAULTS and not cql.user:
        imports.use("pydantic", "Field")
        return f"Field(default_factory={_DEFAULTS[cql.name]})"
    return "None"


def field_line(
    name: str, column: str, annotation: str, marks: list[str], default: str, imports: Imports
) -> str:
    """Write one field; where the default is `None` its annotation admits it."""
    if default == "None":
        annotation += " | None"
    if name != column:
        imports.use("coodie", "Column")
        marks = [*marks, f"Column(name={column!r})"]
    if marks:
        imports.use("typing", "Annotated")
        annotation = f"Annotated[{annotation}, {', '.join(marks)}]"
    return statement(f"{name}: {annotation}{f' = {default}' if default else ''}", depth=1)
