"""What is sent again: idempotent statements whose error says that it is safe, a few times, with growing pauses.

Counters, lightweight transactions and list appends are not idempotent, so they are never sent again here; nor is what
was given a time limit of its own, which another attempt would exceed.
"""

from __future__ import annotations

import random
import threading
import time

from coodie.cql.statement import BatchStatement, Statement, is_idempotent
from coodie.exceptions import OperationError

ATTEMPTS = 3  # the first one among them
FIRST_PAUSE = 0.05
MOST_SAVED = 20.0
PER_SECOND = 2.0


class Retries:
    """The retries of one connection: a budget that fills slowly, so that a server in trouble is not flooded."""

    def __init__(self) -> None:
        self._left, self._filled = MOST_SAVED, time.monotonic()
        self._lock = threading.Lock()

    def pause(self, error: BaseException, statement: Statement | BatchStatement, sent: int) -> float | None:
        """Return the seconds to wait before a statement that was `sent` so often is sent again, `None` for never."""
        if not isinstance(error, OperationError) or not error.retry_safe or sent >= ATTEMPTS:
            return None
        if statement.options.timeout is not None or not is_idempotent(statement) or not self._spend():
            return None
        pause: float = FIRST_PAUSE * 2 ** (sent - 1)
        return pause * random.uniform(0.5, 1.0)  # noqa: S311 - so that clients do not come back together

    def _spend(self) -> bool:
        with self._lock:
            now = time.monotonic()
            self._left = min(MOST_SAVED, self._left + (now - self._filled) * PER_SECOND)
            self._filled = now
            if self._left < 1:
                return False
            self._left -= 1
            return True
