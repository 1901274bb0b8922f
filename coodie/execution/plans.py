"""Plans: operations of several round trips, driven step by step."""

from __future__ import annotations

import asyncio
import time
from typing import TypeVar

from coodie.execution.protocols import AsyncSession, Session
from coodie.execution.single import arun, run
from coodie.operations.request import Pause, Plan, Request
from coodie.rows.rows import EMPTY, Rows

T = TypeVar("T")


def _rows(rows: Rows) -> Rows:
    return rows


def run_plan(session: Session, plan: Plan[T]) -> T:
    """Execute a plan step by step; an error is thrown into it, so that it can clean up or go on."""
    try:
        statement = next(plan)
        while True:
            if isinstance(statement, Pause):
                time.sleep(statement.seconds)
                statement = plan.send(EMPTY)
                continue
            try:
                rows = run(session, Request(statement, _rows))
            except Exception as error:  # noqa: BLE001 - forwarded, never swallowed
                statement = plan.throw(error)
            else:
                statement = plan.send(rows)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        plan.close()


async def arun_plan(session: AsyncSession, plan: Plan[T]) -> T:
    """Execute a plan step by step; an error is thrown into it, so that it can clean up or go on."""
    try:
        statement = next(plan)
        while True:
            if isinstance(statement, Pause):
                await asyncio.sleep(statement.seconds)
                statement = plan.send(EMPTY)
                continue
            try:
                rows = await arun(session, Request(statement, _rows))
            except Exception as error:  # noqa: BLE001 - forwarded, never swallowed
                statement = plan.throw(error)
            else:
                statement = plan.send(rows)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        plan.close()
