"""The error tree: everything that coodie raises on purpose is a `CoodieError`.

Driver errors are translated into it once, in `coodie.drivers`; the driver's own exception stays as `__cause__`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coodie.cql.statement import BatchStatement, Statement


# A value that a message shows may be of any length, and may hold what would forge a log's lines or a terminal's.
LONGEST_MESSAGE = 1200
_LEFT = 800, 200


def printable(text: str) -> str:
    """Return a text with all but line ends escaped that cannot be printed, and without the middle of a long one."""
    if not text.isprintable():
        text = "".join(char if char == "\n" or char.isprintable() else repr(char)[1:-1] for char in text)
    if len(text) <= LONGEST_MESSAGE:
        return text
    first, last = _LEFT
    return f"{text[:first]} … ({len(text) - first - last} characters left out) … {text[-last:]}"


class CoodieError(Exception):
    """The root of coodie's errors."""


class DocumentNotFound(CoodieError):  # noqa: N818 - the public name
    """No row answers a query that must give one."""


class MultipleDocumentsFound(CoodieError):  # noqa: N818 - the public name
    """Several rows answer a query that must give one."""


class VersionConflict(CoodieError):  # noqa: N818 - the public name
    """Somebody else saved the row since this document was read; nothing was written.

    `existing` holds what the server told of the row, by field; `refresh()` reads all of it.
    """

    def __init__(self, message: str, existing: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.existing = existing


class ConfigurationError(CoodieError):
    """A connection, a driver or a setting is missing or contradictory."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


class InvalidQueryError(CoodieError):
    """A model, a query or a value that cannot be valid: refused before anything is sent."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


class UnsupportedByDriver(InvalidQueryError):  # noqa: N818 - a limit, like the others
    """What this connection's driver cannot do, and another can; the message names both."""


class MigrationError(CoodieError):
    """A migration cannot be planned, applied or rolled back."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


class OperationError(CoodieError):
    """The server or the wire refused or lost a statement.

    `statement` is what was sent; `retry_safe` is true where sending it again cannot change the outcome twice;
    `consistency` is the level that the statement chose, `coordinator` the node that answered, where the driver tells
    it. A note (`__notes__`, shown below a traceback) says all of it; values are never in it.
    """

    def __init__(
        self,
        message: str,
        *,
        statement: Statement | BatchStatement | None = None,
        retry_safe: bool = False,
        consistency: str | None = None,
        coordinator: str | None = None,
    ) -> None:
        super().__init__(printable(message))  # a server repeats the names that it was sent
        self.statement = statement
        self.retry_safe = retry_safe
        self.consistency = consistency
        self.coordinator = coordinator


class Unavailable(OperationError):  # noqa: N818 - the public name
    """Too few replicas, or no host at all, could be reached; nothing was applied."""


class Timeout(OperationError):  # noqa: N818 - the public name
    """No answer came in time, or none at all as the connection broke; a write may or may not have been applied."""


class WriteTimeout(Timeout):
    """The coordinator waited in vain for replicas of a write, or some of them failed; it may still be applied."""


class ReadTimeout(Timeout):
    """The coordinator waited in vain for replicas of a read."""


class AuthenticationError(OperationError):
    """The server refused the user, the password, or what this user may do."""


class ServerRejected(OperationError):  # noqa: N818 - the public name
    """The server understood the request and refused it: syntax, schema, configuration or a guardrail."""
