"""Single documents: save, insert, get, update, delete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from coodie.cql.cache import shapes
from coodie.cql.delete import delete as delete_shape
from coodie.cql.dialect import Target
from coodie.cql.insert import insert as insert_shape
from coodie.cql.literal import REDACTED, on_one_line
from coodie.cql.restrictions import check_not_empty
from coodie.cql.select import SelectKey, select
from coodie.cql.statement import ExecutionOptions, Shape, Statement
from coodie.cql.terms import Assignment, Change, Op, Predicate, Removal
from coodie.cql.update import update as update_shape
from coodie.cql.where import Term, Terms, terms_of
from coodie.exceptions import DocumentNotFound, InvalidQueryError
from coodie.naming import quote
from coodie.operations.conditions import checked_conditions
from coodie.operations.lwt import APPLIED, lwt_result
from coodie.operations.options import using_params
from coodie.operations.request import Request, constant
from coodie.operations.versions import insert_version, save_version
from coodie.results import LWTResult
from coodie.rows.bind import bind_change, bind_key, bind_predicates, key_binder, key_reader, row_binder
from coodie.rows.hydrate import hydrate
from coodie.rows.rows import Rows
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import table_of
from coodie.schema.settings import read_settings
from coodie.schema.table import Table

D = TypeVar("D", bound=BaseModel)


def keyspace_of(table: Table, target: Target) -> str | None:
    """Return the keyspace of a request: the model's, else the connection's."""
    return table.keyspace or target.keyspace


def key_params(document: BaseModel, *, static: bool = False) -> tuple[Any, ...]:
    """Return the values of the document's primary key, or for static columns of its partition key."""
    table = table_of(type(document))
    params = key_binder(table)(document)
    return params[: len(table.partition_key)] if static else params


def key_terms(table: Table, *, static: bool = False) -> Terms:
    """Return the shape of a WHERE that names one row, or for static columns its partition."""
    return tuple(Term(column, Op.EQ) for column in (table.partition_key if static else table.primary_key))


def _all_static(columns: list[ColumnDefinition], conditions: Iterable[Predicate]) -> bool:
    """Tell a write that concerns a partition alone, and so must not name a row of it."""
    concerned = columns + [condition.column for condition in conditions]
    return bool(columns) and all(column.role == "static" for column in concerned)


def save(
    document: D,
    target: Target,
    options: ExecutionOptions,
    *,
    ttl: int | None = None,
    timestamp: int | None = None,
) -> Request[D]:
    """Write the whole row; the result is the document.

    A document with a `Version()` is written only over the version that it was read with.
    """
    table = table_of(type(document))
    if table.version is not None:
        return save_version(document, target, options, ttl=ttl, timestamp=timestamp)
    statement = _insert(table, document, target, options, ttl, timestamp, if_not_exists=False)
    return Request(statement, constant(document))


def insert(
    document: BaseModel,
    target: Target,
    options: ExecutionOptions,
    *,
    ttl: int | None = None,
    timestamp: int | None = None,
) -> Request[LWTResult]:
    """Write the row if there is none with its key; the result tells whether, and what stood there."""
    table = table_of(type(document))
    if table.version is not None:
        return insert_version(document, target, options, ttl=ttl)
    statement = _insert(table, document, target, options, ttl, timestamp, if_not_exists=True)
    return Request(statement, lambda rows: lwt_result(rows, type(document)))


def _insert(
    table: Table,
    document: BaseModel,
    target: Target,
    options: ExecutionOptions,
    ttl: int | None,
    timestamp: int | None,
    *,
    if_not_exists: bool,
) -> Statement:
    if table.is_counter:
        raise InvalidQueryError(f"{table.model} is a table of counters: call increment() or decrement()")
    if if_not_exists and timestamp is not None:
        raise InvalidQueryError("a conditional write cannot have a timestamp: the server chooses it")
    keyspace = keyspace_of(table, target)
    kind = (if_not_exists, ttl is not None, timestamp is not None)
    shape = shapes.get(("insert", table, keyspace, kind), _insert_shape, table, keyspace, *kind)
    params = row_binder(table)(document)
    if table.discriminator is not None:
        check_kind(table, document)
    if ttl is not None or timestamp is not None:
        params += using_params(ttl, timestamp)
    return Statement(shape, params, options)


def check_kind(table: Table, document: BaseModel) -> None:
    """Refuse to save a document of a family as what it is not."""
    column = table.discriminator
    if column is None:
        return
    value = getattr(document, column.field)
    plain = value if column.encode is None else column.encode(value)
    if table.kinds.get(plain) is not type(document):
        if read_settings(type(document)).abstract:
            raise InvalidQueryError(f"{table.model} is abstract: rows are of the classes below it")
        raise InvalidQueryError(
            f"{table.model}.{column.field} is {plain!r}, which is not what {table.model} is saved as"
        )


def _insert_shape(table: Table, keyspace: str | None, if_not_exists: bool, ttl: bool, timestamp: bool) -> Any:  # noqa: FBT001
    return insert_shape(
        table, keyspace, table.columns, if_not_exists=if_not_exists, ttl=ttl, timestamp=timestamp
    )


def get_by_key(
    model: type[D], values: Mapping[str, Any], target: Target, options: ExecutionOptions
) -> Request[D]:
    """Read one row by its whole primary key, given by field."""
    table = table_of(model)
    keyspace = keyspace_of(table, target)
    shape = shapes.get(("get", table, keyspace), _get_shape, table, keyspace)
    params = key_reader(table)(values)
    if not params[0]:
        check_not_empty(table, [(table.primary_key[0], Op.EQ, params[0])])
    return Request(Statement(shape, params, options), lambda rows: _only(model, rows, values))


def _get_shape(table: Table, keyspace: str | None) -> Any:
    return select(SelectKey(table, keyspace, selection_of(table), key_terms(table)))


def selection_of(table: Table) -> tuple[str, ...]:
    """Return the quoted columns of a whole row: `SELECT` always names them."""
    return tuple(quote(column.name) for column in table.read_columns)


def _only(model: type[D], rows: Rows, values: Mapping[str, Any]) -> D:
    documents = hydrate(model, rows)
    if not documents:
        key = ", ".join(
            f"{column.field}={REDACTED if column.secret else on_one_line(values[column.field])}"
            for column in table_of(model).primary_key
        )
        raise DocumentNotFound(f"there is no {model.__name__} with {key}")
    return documents[0]


def reread(document: D, target: Target, options: ExecutionOptions) -> Request[D]:
    """Read a document's row again."""
    table = table_of(type(document))
    key = {column.field: getattr(document, column.field) for column in table.primary_key}
    return get_by_key(type(document), key, target, options)


def update(
    document: BaseModel,
    assignments: tuple[Assignment, ...],
    target: Target,
    options: ExecutionOptions,
    *,
    if_conditions: Mapping[str, Any] | None = None,
    if_exists: bool = False,
    ttl: int | None = None,
    timestamp: int | None = None,
) -> Request[LWTResult]:
    """Change columns of the document's row; the result tells whether it was applied."""
    table = table_of(type(document))
    if not assignments:
        raise InvalidQueryError(f"update() of {table.model} was given no column to change")
    conditions = checked_conditions(table, if_conditions, target, if_exists=if_exists, timestamp=timestamp)
    keyspace = keyspace_of(table, target)
    changes = tuple([(item.column, item.change) for item in assignments])
    static = table.has_static and _all_static([item.column for item in assignments], conditions)
    flags = (if_exists, ttl is not None, timestamp is not None)
    terms = terms_of(conditions) if conditions else ()
    key = ("update", table, keyspace, changes, terms, flags)
    shape = shapes.get(key, _update_shape, table, keyspace, changes, terms, flags, static)
    params = assignment_params(assignments, table.model)
    params += key_params(document, static=static)
    if ttl is not None or timestamp is not None:
        params = using_params(ttl, timestamp) + params
    if conditions:
        params += bind_predicates(conditions, table.model)
    return Request(Statement(shape, params, options), lambda rows: lwt_result(rows, type(document)))


def _update_shape(
    table: Table,
    keyspace: str | None,
    changes: tuple[tuple[ColumnDefinition, Change], ...],
    terms: Terms,
    flags: tuple[bool, bool, bool],
    static: bool,  # noqa: FBT001 - the cache calls it
) -> Shape:
    if_exists, ttl, timestamp = flags
    where = key_terms(table, static=static)
    return update_shape(
        table, keyspace, changes, where, terms, if_exists=if_exists, ttl=ttl, timestamp=timestamp
    )


def assignment_params(assignments: tuple[Assignment, ...], model: str) -> tuple[Any, ...]:
    """Return the parameters of SET: for an element its key, then its value."""
    params: tuple[Any, ...] = ()
    for item in assignments:
        if item.change in (Change.PUT, Change.SET_INDEX):
            params += (bind_key(item.column, item.key, model),)
        params += (None if item.value is None else bind_change(item.column, item.change, item.value, model),)
    return params


def delete(
    document: BaseModel,
    target: Target,
    options: ExecutionOptions,
    *,
    removals: tuple[Removal, ...] = (),
    if_conditions: Mapping[str, Any] | None = None,
    if_exists: bool = False,
    timestamp: int | None = None,
) -> Request[LWTResult]:
    """Delete the document's row, or what `removals` names of it; the result tells whether it was applied."""
    table = table_of(type(document))
    conditions = checked_conditions(table, if_conditions, target, if_exists=if_exists, timestamp=timestamp)
    keyspace = keyspace_of(table, target)
    terms = terms_of(conditions)
    static = _all_static([removal.column for removal in removals], conditions)
    what = tuple((removal.column, removal.key is not None) for removal in removals)
    shape = shapes.get(
        ("delete", table, keyspace, what, terms, if_exists, timestamp is not None),
        lambda: delete_shape(
            table,
            keyspace,
            key_terms(table, static=static),
            what,
            terms,
            if_exists=if_exists,
            timestamp=timestamp is not None,
        ),
    )
    params: tuple[Any, ...] = tuple(
        bind_key(removal.column, removal.key, table.model) for removal in removals if removal.key is not None
    )
    params += using_params(None, timestamp) + key_params(document, static=static)
    params += bind_predicates(conditions, table.model)
    return Request(
        Statement(shape, params, options),
        (lambda rows: lwt_result(rows, type(document))) if shape.conditional else constant(APPLIED),
    )
