"""Creating and extending user-defined types."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterable

from pydantic import BaseModel

from coodie.cql.ddl import usertype as ddl
from coodie.cql.dialect import Target
from coodie.cql.statement import Kind, Marker, Shape, Statement
from coodie.cqltype import CqlType, parse_cql_type
from coodie.exceptions import InvalidQueryError
from coodie.results import SchemaPlan
from coodie.rows.rows import Rows
from coodie.schema.usertype import extract_udt_classes, layout_of

logger = logging.getLogger("coodie.schema")
_TYPES = Shape(
    text="SELECT field_names, field_types FROM system_schema.types WHERE keyspace_name = ? AND type_name = ?",
    kind=Kind.SELECT,
    keyspace="system_schema",
    table="types",
    markers=(Marker("keyspace_name", "text"), Marker("type_name", "text")),
    partition=(("keyspace_name", 0),),
    idempotent=True,
)


def sync_types(
    models: Iterable[type[BaseModel]], target: Target, keyspace: str | None = None, *, dry_run: bool = False
) -> Generator[Statement, Rows, SchemaPlan]:
    """Plan what makes every user type that models need, dependencies first; nothing is dropped or retyped.

    Reads each type with one statement. A field whose type differs is an `InvalidQueryError` that names both.
    """
    steps: list[Shape] = []
    drift: list[str] = []
    for kind in dict.fromkeys(kind for model in models for kind in extract_udt_classes(model)):
        layout = layout_of(kind)
        where = keyspace or layout.keyspace or target.keyspace
        if where is None:
            raise InvalidQueryError(
                f"user type {layout.name} has no keyspace: give the connection one, or its Settings"
            )
        rows = yield Statement(_TYPES, (where, layout.name))
        found = rows.decoded(1)
        if not found:
            steps.append(ddl.create_type(layout.cql, where))
            continue
        live = dict(zip(found[0][0], map(parse_cql_type, found[0][1]), strict=True))
        steps += _missing(layout.cql, live, where)
        drift += _drift(layout.cql, live)
    for line in drift:
        logger.warning("SchemaDrift: %s", line)
    for shape in steps:
        if not dry_run:
            yield Statement(shape)
    return SchemaPlan([shape.text for shape in steps], tuple(drift))


def _missing(declared: CqlType, live: dict[str, CqlType], keyspace: str) -> Iterable[Shape]:
    for name, cql in zip(declared.fields, declared.args, strict=True):
        if name not in live:
            yield ddl.add_field(declared, keyspace, name, cql)
            continue
        # A field is stored as one value whether or not whoever made the type said that it is frozen.
        if str(live[name].freeze()) != str(cql):
            raise InvalidQueryError(
                f"field {name} of user type {declared.name} is {cql} in the model, but {live[name]} on the server: "
                "a field's type cannot be changed, add a new field"
            )


def _drift(declared: CqlType, live: dict[str, CqlType]) -> Iterable[str]:
    for name in live:
        if name not in declared.fields:
            yield f"user type {declared.name} has a field {name} that its model does not declare"
