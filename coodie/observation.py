"""What observers are told of each statement, and how that is written down without its secrets.

`Observation` is what `coodie.execution` hands to every observer; `describe` makes the JSON-ready record of it that
the living documentation, the demos' drawer and a statement log share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from coodie.cql.explain import explain
from coodie.cql.literal import REDACTED, literal
from coodie.cql.statement import BatchStatement, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coodie.rows.rows import Rows

SAMPLE_ROWS = 10


class Observation(NamedTuple):
    """One statement (or batch) that was sent, with its outcome.

    `rows` is the page that came back, `None` after an error; `started` is seconds since the epoch, `duration`
    seconds on the wire and in the driver; `connection` is the registered name; `driver` the driver's type.
    """

    statement: Statement | BatchStatement
    rows: Rows | None
    error: BaseException | None
    started: float
    duration: float
    connection: str
    driver: str
    consistency: str | None = None


def describe(observation: Observation) -> dict[str, Any]:
    """Return the record of an observation as JSON-ready values; secret parameters are redacted.

    Keys: `cql`, `kind`, `keyspace`, `table`, `params` (`name`, `type`, `value` as a CQL literal), `partitions` (one
    mapping per partition touched), `scan`, `filtering`, `index`, `conditional`, `warnings`, `rows` (`columns`, `types`,
    `sample` of literals, `count`, `more`) or `None`, `ms`, `started`, `consistency`, `connection`, `driver`,
    `coordinator`, `error` (`type`, `message`) or `None`, `children` (the statements of a batch).
    """
    statement, rows = observation.statement, observation.rows
    record: dict[str, Any]
    if isinstance(statement, BatchStatement):
        children = [_sent(child) for child in statement.statements]
        word = "" if statement.kind == "LOGGED" else f"{statement.kind} "
        body = "".join(f"  {child['cql']};\n" for child in children)
        record = {
            "cql": f"BEGIN {word}BATCH\n{body}APPLY BATCH",
            "kind": "BATCH",
            "keyspace": children[0]["keyspace"] if children else None,
            "table": children[0]["table"] if children else None,
            "params": [],
            "partitions": _distinct(part for child in children for part in child["partitions"]),
            "scan": False,
            "filtering": False,
            "index": None,
            "conditional": any(child["conditional"] for child in children),
            "warnings": [],
            "children": children,
        }
    else:
        record = {**_sent(statement), "children": []}
    if rows is not None:
        record["warnings"] = [*record["warnings"], *rows.warnings]
    record.update(
        rows=None if rows is None or not rows.columns else _rows(rows, statement),
        ms=round(observation.duration * 1000, 3),
        started=observation.started,
        consistency=observation.consistency,
        connection=observation.connection,
        driver=observation.driver,
        coordinator=None if rows is None else rows.coordinator,
        error=_error(observation.error),
    )
    return record


def elapsed(records: Iterable[Mapping[str, Any]]) -> float:
    """Return the milliseconds during which at least one of these statements was under way: none counts twice."""
    total = until = 0.0
    for started, ms in sorted((record["started"] * 1000, record["ms"]) for record in records):
        total += max(0.0, started + ms - max(started, until))
        until = max(until, started + ms)
    return total


def _sent(statement: Statement) -> dict[str, Any]:
    shape, plan = statement.shape, explain(statement)
    names = list(shape.markers)
    params = []
    for position, value in enumerate(statement.params):
        name, cql_type, secret = names[position] if position < len(names) else (f"?{position + 1}", "", False)
        params.append({"name": name, "type": cql_type, "value": REDACTED if secret else literal(value)})
    return {
        "cql": shape.text,
        "kind": shape.kind.value,
        "keyspace": shape.keyspace,
        "table": shape.table,
        "params": params,
        "partitions": [{name: literal(value) for name, value in part.items()} for part in plan.partitions],
        "scan": shape.scan,
        "filtering": shape.filtering,
        "index": shape.index,
        "conditional": shape.conditional,
        "warnings": list(plan.warnings),
    }


def _rows(rows: Rows, statement: Statement | BatchStatement) -> dict[str, Any]:
    hidden = [_hides(column, _secrets(statement)) for column in rows.columns]
    return {
        "columns": list(rows.columns),
        "types": [str(cql_type) for cql_type in rows.types],
        "sample": [
            [REDACTED if hide else literal(value) for hide, value in zip(hidden, row, strict=True)]
            for row in rows.decoded(SAMPLE_ROWS)
        ],
        "count": len(rows.tuples),
        "more": rows.paging_state is not None,
    }


def _secrets(statement: Statement | BatchStatement) -> frozenset[str]:
    if isinstance(statement, BatchStatement):
        return frozenset().union(*(child.shape.secret_columns for child in statement.statements))
    return statement.shape.secret_columns


def _hides(column: str, secrets: frozenset[str]) -> bool:
    """Tell whether a result's column shows a secret: by itself, inside a function, or in a row as JSON."""
    if column == "[json]":
        return bool(secrets)
    return column in secrets or any(column.endswith((f"({name})", f'("{name}")')) for name in secrets)


def _error(error: BaseException | None) -> dict[str, str] | None:
    return None if error is None else {"type": type(error).__name__, "message": str(error)}


def _distinct(parts: Any) -> list[dict[str, str]]:
    seen: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for part in parts:
        seen.setdefault(tuple(part.items()), part)
    return list(seen.values())
