"""One round trip: the only two functions in which sync and async differ, and what pages and plans make of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

from coodie.cql.statement import BatchStatement
from coodie.execution.attempts import Attempts
from coodie.execution.observers import watch
from coodie.execution.protocols import AsyncSession, Session
from coodie.operations.request import Request
from coodie.rows.rows import Rows

T = TypeVar("T")


def run(session: Session, request: Request[T], attempts: Attempts | None = None) -> T:
    """Execute a request and wait for its result; each attempt at it is observed as a statement of its own."""
    statement = request.statement
    send: Callable[[Any], Rows] = (
        session.execute_batch if isinstance(statement, BatchStatement) else session.execute
    )
    while True:
        watching = watch(session, statement)
        try:
            rows = send(statement)
        except BaseException as error:  # noqa: BLE001 - raised by what counts the attempts
            if watching is not None:
                watching.end(None, error)
            attempts = attempts or Attempts(session, statement)
            time.sleep(attempts.failed(error))
        else:
            if watching is not None:
                watching.end(rows)
            return request.decode(rows)


async def arun(session: AsyncSession, request: Request[T]) -> T:
    """Execute a request and await its result; each attempt at it is observed as a statement of its own."""
    statement = request.statement
    send: Any = (
        session.execute_batch_async if isinstance(statement, BatchStatement) else session.execute_async
    )
    attempts: Attempts | None = None
    while True:
        watching = watch(session, statement)
        try:
            rows = await send(statement)
        except BaseException as error:  # noqa: BLE001 - raised by what counts the attempts
            if watching is not None:
                watching.end(None, error)
            attempts = attempts or Attempts(session, statement)
            await asyncio.sleep(attempts.failed(error))
        else:
            if watching is not None:
                watching.end(rows)
            return request.decode(rows)
