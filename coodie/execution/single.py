"""One round trip: the only two functions in which sync and async differ, and what pages and plans make of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from coodie.cql.statement import BatchStatement
from coodie.execution.observers import watch
from coodie.execution.protocols import AsyncSession, Session
from coodie.operations.request import Request
from coodie.rows.rows import Rows

T = TypeVar("T")


def run(session: Session, request: Request[T]) -> T:
    """Execute a request and wait for its result."""
    statement = request.statement
    send: Callable[[Any], Rows] = (
        session.execute_batch if isinstance(statement, BatchStatement) else session.execute
    )
    watching = watch(session, statement)
    if watching is None:
        return request.decode(send(statement))
    try:
        rows = send(statement)
    except BaseException as error:
        watching.end(None, error)
        raise
    watching.end(rows)
    return request.decode(rows)


async def arun(session: AsyncSession, request: Request[T]) -> T:
    """Execute a request and await its result."""
    statement = request.statement
    send: Any = (
        session.execute_batch_async if isinstance(statement, BatchStatement) else session.execute_async
    )
    watching = watch(session, statement)
    if watching is None:
        return request.decode(await send(statement))
    try:
        rows = await send(statement)
    except BaseException as error:
        watching.end(None, error)
        raise
    watching.end(rows)
    return request.decode(rows)
