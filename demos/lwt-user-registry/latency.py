"""What a condition costs: the same row written with and without, one after the other, and the milliseconds of each."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import Any, get_args

from models import Kind, Probe
from pydantic import BaseModel, Field

KINDS: tuple[Kind, ...] = get_args(Kind)


class Cost(BaseModel):
    """How long one kind of write took."""

    kind: Kind
    median: float = Field(description="Milliseconds", examples=[1.9])
    slowest_tenth: float = Field(description="Milliseconds that nine of ten stay below", examples=[3.4])
    times: float = Field(description="The median, in medians of the plain write", examples=[1.0])


async def measure(rounds: int) -> list[Cost]:
    """Write each kind in turn, `rounds` times, on rows of its own: a plain write never touches a conditional one's."""
    await asyncio.gather(*(Probe.find(kind=kind).delete() for kind in KINDS))
    taken: dict[Kind, list[float]] = {kind: [] for kind in KINDS}
    await _round(0, taken)
    # In a context of its own: the drawer shows the first round, and the others are the same statements.
    await asyncio.create_task(_rounds(rounds, taken), context=Context())
    plain = statistics.median(taken["INSERT"])
    return [_cost(kind, times, plain) for kind, times in taken.items()]


async def _rounds(rounds: int, taken: dict[Kind, list[float]]) -> None:
    for number in range(1, rounds):
        await _round(number, taken)


async def _round(number: int, taken: dict[Kind, list[float]]) -> None:
    plain, inserted, updated = (Probe(kind=kind, number=number, value=0) for kind in KINDS)
    await updated.insert()
    await _timed(taken["INSERT"], plain.save)
    await _timed(taken["INSERT … IF NOT EXISTS"], inserted.insert)
    await _timed(taken["UPDATE … IF value = ?"], lambda: updated.update(value=1, if_conditions={"value": 0}))


async def _timed(into: list[float], write: Callable[[], Awaitable[Any]]) -> None:
    started = time.perf_counter()
    await write()
    into.append((time.perf_counter() - started) * 1000)


def _cost(kind: Kind, times: list[float], plain: float) -> Cost:
    median = statistics.median(times)
    tenth = statistics.quantiles(times, n=10)[-1] if len(times) > 1 else median
    return Cost(
        kind=kind, median=round(median, 2), slowest_tenth=round(tenth, 2), times=round(median / plain, 1)
    )
