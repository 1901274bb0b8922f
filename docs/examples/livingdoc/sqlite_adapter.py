"""What counts as a statement in this project: what is sent to SQLite. This is all that an adapter takes."""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

from coodie.livingdoc.adapters import Sent, statement

_listeners: list[Sent] = []


def watch_sqlite(sent: Sent) -> Callable[[], None]:
    """Hand each statement of a watched connection to `sent`, until the returned function is called."""
    _listeners.append(sent)
    return lambda: _listeners.remove(sent)


def connect() -> sqlite3.Connection:
    """Open a database whose statements are told."""
    return sqlite3.connect(":memory:", factory=_Connection)


class _Connection(sqlite3.Connection):
    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        return self.cursor(_Cursor).execute(sql, values)


class _Cursor(sqlite3.Cursor):
    """Reads all rows at once, so that they can be told with their statement."""

    _rows: list[tuple[Any, ...]]

    def execute(self, sql: str, values: Any = ()) -> "_Cursor":
        self._rows, began, error = [], time.perf_counter(), None
        try:
            super().execute(sql, values)
            self._rows = super().fetchall()
        except sqlite3.Error as raised:
            error = raised
            raise
        finally:
            self._tell(sql, values, (time.perf_counter() - began) * 1000, error)
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self._rows

    def _tell(self, sql: str, values: Any, ms: float, error: sqlite3.Error | None) -> None:
        columns, rows = [name for name, *_ in self.description or ()], self._rows
        for sent in _listeners:
            sent(
                sql,
                lambda: statement(
                    sql,
                    language="sql",
                    params=values,
                    secret=["pin"],
                    columns=columns,
                    rows=rows,
                    ms=ms,
                    error=error,
                ),
            )
