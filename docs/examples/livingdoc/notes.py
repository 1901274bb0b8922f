"""Notes in SQLite; nothing here knows of tests or of the living document."""

import sqlite3

TABLE = "CREATE TABLE note (author TEXT, title TEXT, pin TEXT, PRIMARY KEY (author, title))"
WRITE = "INSERT INTO note (author, title, pin) VALUES (:author, :title, :pin)"
OF = "SELECT title FROM note WHERE author = :author ORDER BY title"


class Notes:
    """Everybody's notes, each behind a pin of its own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(TABLE)

    def write(self, author: str, title: str, pin: str) -> None:
        """Keep a note; `sqlite3.IntegrityError` when its author has one of that title."""
        self._connection.execute(WRITE, {"author": author, "title": title, "pin": pin})

    def of(self, author: str) -> list[str]:
        """Return the titles of somebody's notes."""
        return [title for (title,) in self._connection.execute(OF, {"author": author}).fetchall()]
