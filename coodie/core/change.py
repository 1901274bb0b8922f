"""A change of a document: validated first, sent next, applied to the instance only when the server did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pydantic import BaseModel

from coodie.cql.parse import parse_assignments
from coodie.cql.terms import Assignment, Change
from coodie.exceptions import InvalidQueryError
from coodie.rows.proven import exact_tests
from coodie.schema.inspect import table_of


class ChangePlan(NamedTuple):
    """What to send, and what the document's fields are once it was applied."""

    assignments: tuple[Assignment, ...]
    after: dict[str, Any]

    def apply(self, document: BaseModel) -> None:
        """Give the document its new values."""
        vars(document).update(self.after)
        document.__pydantic_fields_set__.update(self.after)


def plan_change(document: BaseModel, changes: dict[str, Any]) -> ChangePlan:
    """Validate changes against a copy of the document; raises before anything is sent."""
    model = type(document)
    assignments, after = [], {}
    exact = exact_tests(model)
    for item in parse_assignments(table_of(model), changes):
        field = item.column.field
        if item.change is Change.SET and field in exact and exact[field](item.value):
            after[field] = item.value
            assignments.append(item)
            continue
        current = document.__dict__.get(field)
        try:
            value = item.value if item.change is Change.SET else _RESULT[item.change](current, item)
        except InvalidQueryError as error:
            raise InvalidQueryError(f"{model.__name__}.{field}: {error}") from None
        copy = _shadow(document)
        model.__pydantic_validator__.validate_assignment(copy, field, value)
        after[field] = copy.__dict__[field]
        sent = after[field] if item.change is Change.SET else item.value
        assignments.append(item._replace(value=sent))
    return ChangePlan(tuple(assignments), after)


def _shadow(document: BaseModel) -> BaseModel:
    """Return a copy that an assignment may be tried on: what `model_copy()` makes, at a fifth of its price."""
    copy = object.__new__(type(document))
    extra, private = document.__pydantic_extra__, document.__pydantic_private__
    for name, value in (
        ("__dict__", dict(document.__dict__)),
        ("__pydantic_fields_set__", set(document.__pydantic_fields_set__)),
        ("__pydantic_extra__", None if extra is None else dict(extra)),
        ("__pydantic_private__", None if private is None else dict(private)),
    ):
        object.__setattr__(copy, name, value)
    return copy


def _add(current: Any, item: Assignment) -> Any:
    match item.column.type.name:
        case "set":
            return set(current or ()) | set(item.value)
        case "map":
            return {**(current or {}), **item.value}
        case _:
            return [*(current or ()), *item.value]


def _remove(current: Any, item: Assignment) -> Any:
    gone = item.value
    match item.column.type.name:
        case "set":
            return set(current or ()) - set(gone)
        case "map":
            return {key: value for key, value in (current or {}).items() if key not in gone}
        case _:
            return [value for value in current or () if value not in gone]


def _put(current: Any, item: Assignment) -> Any:
    rest = {key: value for key, value in (current or {}).items() if key != item.key}
    return rest if item.value is None else {**rest, item.key: item.value}


def _set_index(current: Any, item: Assignment) -> Any:
    values = list(current or ())
    if not isinstance(item.key, int) or not 0 <= item.key < len(values):
        raise InvalidQueryError(
            f"the list {item.column.field} has no position {item.key!r}: it has {len(values)} elements"
        )
    if item.value is None:
        del values[item.key]
    else:
        values[item.key] = item.value
    return values


_RESULT: dict[Change, Callable[[Any, Assignment], Any]] = {
    Change.ADD: _add,
    Change.APPEND: _add,
    Change.PREPEND: lambda current, item: [*item.value, *(current or ())],
    Change.REMOVE: _remove,
    Change.PUT: _put,
    Change.SET_INDEX: _set_index,
}
