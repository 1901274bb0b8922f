"""The attempts at one statement: when it is sent again, and what is known of it when it is not."""

from __future__ import annotations

from coodie.cql.statement import BatchStatement, Statement, is_read
from coodie.exceptions import OperationError, Timeout
from coodie.execution.protocols import AsyncSession, Session


class Attempts:
    """Counts the attempts, and remembers the first one that nobody answered: that write may have been applied.

    What a later attempt is refused with says nothing of an earlier one. So where one was not answered, its error is
    raised, with the refusal in a note.
    """

    __slots__ = ("_doubt", "_session", "_statement", "sent")

    def __init__(self, session: Session | AsyncSession, statement: Statement | BatchStatement) -> None:
        self._session, self._statement, self.sent = session, statement, 0
        self._doubt: Timeout | None = None

    def failed(self, error: BaseException) -> float:
        """Return the seconds to wait before the next attempt, or raise what is known when there is none."""
        self.sent += 1
        pause = self._session.retries.pause(error, self._statement, self.sent)
        if isinstance(error, Timeout):
            if self._doubt is None and not is_read(self._statement):
                self._doubt = error
        elif pause is None and self._doubt is not None and isinstance(error, OperationError):
            self._doubt.add_note(f"it was sent again, and refused: {error}")
            raise self._doubt
        if pause is None:
            raise error
        return pause
