"""The table that remembers: which migrations a keyspace has, how far one under way has come, and who holds the lock.

All of it is one partition. Its static columns are the lock, so that every note of a runner can be a lightweight
transaction on condition that the lock is still its own: a runner that lost it can write nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from coodie.cql.statement import Kind, Marker, Shape, Statement
from coodie.naming import qualified, quote
from coodie.operations.request import Request
from coodie.rows.rows import Rows

TABLE = "coodie_migrations"
SCOPE = "keyspace"

APPLYING, APPLIED, FAILED = "applying", "applied", "failed"
ROLLING_BACK, ROLLBACK_FAILED, ROLLED_BACK = "rolling back", "rollback failed", "rolled back"

_TYPES = {
    "scope": "text",
    "lock_holder": "text",
    "lock_since": "timestamp",
    "name": "text",
    "state": "text",
    "checksum": "text",
    "description": "text",
    "runner": "text",
    "started_at": "timestamp",
    "finished_at": "timestamp",
    "error": "text",
    "under_way": "text",
    "journal": "map<int, text>",
    "positions": "map<text, bigint>",
    "scanned": "map<text, bigint>",
}
_STATIC = ("lock_holder", "lock_since")
_COLUMNS = tuple(name for name in _TYPES if name not in ("scope", *_STATIC))


@dataclass(frozen=True, slots=True)
class Record:
    """What a keyspace remembers of one migration.

    `journal` holds the schema statements that were sent, `under_way` the one whose answer is not known; `positions`
    the token up to which each scan of a table has come, `scanned` how many rows it has given.
    """

    name: str
    state: str
    checksum: str = ""
    description: str = ""
    runner: str = ""
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    error: str | None = None
    under_way: str | None = None
    journal: Mapping[int, str] = field(default_factory=dict)
    positions: Mapping[str, int] = field(default_factory=dict)
    scanned: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        """Write the name."""
        return self.name

    @property
    def applied(self) -> bool:
        """Tell whether the keyspace has all of it."""
        return self.state == APPLIED

    @property
    def unfinished(self) -> bool:
        """Tell whether the keyspace has a part of it, perhaps."""
        return self.state in (APPLYING, FAILED, ROLLING_BACK, ROLLBACK_FAILED)


class Holder(NamedTuple):
    """Who holds the lock, since when, and in how many seconds it ends if they are dead."""

    runner: str
    since: dt.datetime | None
    ends_in: int | None


def create(keyspace: str) -> Shape:
    """Build the table that remembers."""
    definitions = [
        f"{quote(name)} {cql}{' STATIC' if name in _STATIC else ''}" for name, cql in _TYPES.items()
    ]
    text = f"CREATE TABLE IF NOT EXISTS {qualified(keyspace, TABLE)} ({', '.join(definitions)}, "
    return Shape(
        text=text + 'PRIMARY KEY (("scope"), "name"))',
        kind=Kind.DDL,
        keyspace=keyspace,
        table=TABLE,
        idempotent=True,
    )


def _shape(text: str, kind: Kind, keyspace: str, *markers: str | Marker) -> Shape:
    known = tuple(each if isinstance(each, Marker) else Marker(each, _TYPES[each]) for each in markers)
    return Shape(
        text=text,
        kind=kind,
        keyspace=keyspace,
        table=TABLE,
        markers=known,
        partition=(("scope", [marker.name for marker in known].index("scope")),),
        conditional=kind is Kind.UPDATE,
        idempotent=kind is Kind.SELECT,
    )


def read(keyspace: str) -> Request[list[Record]]:
    """Read all that is remembered, in the order of names."""
    columns = ", ".join(map(quote, _COLUMNS))
    text = f'SELECT {columns} FROM {qualified(keyspace, TABLE)} WHERE "scope" = ?'
    return Request(Statement(_shape(text, Kind.SELECT, keyspace, "scope"), (SCOPE,)), _records)


def _records(rows: Rows) -> list[Record]:
    found = []
    for row in rows.decoded():
        values = dict(zip(_COLUMNS, row, strict=True))
        if values["name"] is None:
            continue  # the lock alone: static columns without a row
        for name in ("journal", "positions", "scanned"):
            values[name] = dict(values[name] or {})
        for name in ("checksum", "description", "runner"):
            values[name] = values[name] or ""
        found.append(Record(**values))
    return found


def holder(keyspace: str) -> Request[Holder | None]:
    """Ask who holds the lock."""
    text = (
        f'SELECT "lock_holder", "lock_since", TTL("lock_holder") FROM {qualified(keyspace, TABLE)} '
        'WHERE "scope" = ? LIMIT 1'
    )
    shape = _shape(text, Kind.SELECT, keyspace, "scope")
    return Request(Statement(shape, (SCOPE,)), _holder)


def _holder(rows: Rows) -> Holder | None:
    found = rows.decoded(1)
    return Holder(*found[0]) if found and found[0][0] else None


def take(keyspace: str, me: str, since: dt.datetime, ttl: int) -> Request[bool]:
    """Take the lock, if nobody holds it; without a sign of life it ends after `ttl` seconds, by the server's clock."""
    return _lock(keyspace, me, since, ttl, "null", ())


def renew(keyspace: str, me: str, since: dt.datetime, ttl: int) -> Request[bool]:
    """Give a sign of life, if the lock is still ours."""
    return _lock(keyspace, me, since, ttl, "?", ("lock_holder",))


def _lock(
    keyspace: str, me: str, since: dt.datetime, ttl: int, condition: str, more: tuple[str, ...]
) -> Request[bool]:
    text = (
        f'UPDATE {qualified(keyspace, TABLE)} USING TTL ? SET "lock_holder" = ?, "lock_since" = ? '
        f'WHERE "scope" = ? IF "lock_holder" = {condition}'
    )
    shape = _shape(
        text, Kind.UPDATE, keyspace, Marker("ttl", "int"), "lock_holder", "lock_since", "scope", *more
    )
    return Request(Statement(shape, (ttl, me, since, SCOPE, *(me for _ in more))), was_applied)


def release(keyspace: str, me: str) -> Request[bool]:
    """Let go of the lock, if it is ours."""
    text = (
        f'UPDATE {qualified(keyspace, TABLE)} SET "lock_holder" = null, "lock_since" = null '
        'WHERE "scope" = ? IF "lock_holder" = ?'
    )
    shape = _shape(text, Kind.UPDATE, keyspace, "scope", "lock_holder")
    return Request(Statement(shape, (SCOPE, me)), was_applied)


def note(keyspace: str, me: str, name: str, **values: Any) -> Request[bool]:
    """Write columns of a migration's row, if the lock is still ours."""
    assigned = ", ".join(f"{quote(column)} = ?" for column in values)
    return _note(keyspace, me, name, assigned, tuple(values), tuple(values.values()))


def sent(keyspace: str, me: str, name: str, place: int, cql: str) -> Request[bool]:
    """Note that a schema statement was sent and answered, if the lock is still ours."""
    markers = (Marker("key(journal)", "int"), Marker("value(journal)", "text"))
    return _note(keyspace, me, name, '"journal"[?] = ?, "under_way" = null', markers, (place, cql))


def scanned(keyspace: str, me: str, name: str, scan: str, position: int, rows: int) -> Request[bool]:
    """Note how far a scan has come, if the lock is still ours."""
    markers = tuple(
        marker
        for column in ("positions", "scanned")
        for marker in (Marker(f"key({column})", "text"), Marker(f"value({column})", "bigint"))
    )
    assigned = '"positions"[?] = ?, "scanned"[?] = ?'
    return _note(keyspace, me, name, assigned, markers, (scan, position, scan, rows))


def _note(
    keyspace: str,
    me: str,
    name: str,
    assigned: str,
    markers: tuple[str | Marker, ...],
    values: tuple[Any, ...],
) -> Request[bool]:
    text = (
        f"UPDATE {qualified(keyspace, TABLE)} SET {assigned} "
        'WHERE "scope" = ? AND "name" = ? IF "lock_holder" = ?'
    )
    shape = _shape(text, Kind.UPDATE, keyspace, *markers, "scope", "name", "lock_holder")
    return Request(Statement(shape, (*values, SCOPE, name, me)), was_applied)


def was_applied(rows: Rows) -> bool:
    """Decode whether a lightweight transaction was applied."""
    return bool(rows.decoded(1)[0][0])
