"""What a view costs: the same rows written without views, with two, and with two shelves that the app keeps by hand.

The tables here are made at the first measurement and emptied at each; the products of the shop are left alone.
"""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from uuid import uuid4

from measured import Alone, Kept, Shelf, Viewed, ViewedByBrand, ViewedByCategory
from pydantic import BaseModel, Field
from views import BRANDS, CATEGORIES, ViewName, follow

from coodie.aio import AsyncBatchQuery

ROUNDS, AT_ONCE, LAGS = 8, 16, 60
UP_TO = (1, 2, 5, 10, 20, 50)


FOLLOWERS: dict[ViewName, type] = {"category": ViewedByCategory, "brand": ViewedByBrand}


class Cost(BaseModel):
    """What one way of writing costs."""

    way: str
    rows_per_second: int = Field(examples=[3100])
    median_ms: float = Field(description="Of one write, with 16 under way", examples=[4.6])
    p99_ms: float = Field(examples=[12.0])


class Lag(BaseModel):
    """How far one view was behind, over many writes."""

    view: str
    median_ms: float | None
    longest_ms: float | None
    within: dict[str, int] = Field(description="How many writes had arrived within so many ms")
    late: int = Field(description="How many had not within 10 s")


class Measured(BaseModel):
    """One measurement."""

    rows: int
    costs: list[Cost]
    lags: list[Lag]


async def measure(rows: int) -> Measured:
    """Write `rows` rows in each of three ways, in interleaved rounds; then follow single writes into both views."""
    for table in (Alone, Viewed, Kept, Shelf):
        await table.sync_table()
        await table.truncate()
    for view in (ViewedByCategory, ViewedByBrand):
        await view.sync_view()
    ways: dict[str, Callable[[int], Awaitable[object]]] = {
        "no view": lambda number: _row(Alone, number).save(),
        "two views": lambda number: _row(Viewed, number).save(),
        "two shelves by hand, in a logged batch": _by_hand,
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    seconds = dict.fromkeys(ways, 0.0)
    for save in ways.values():
        await save(0)  # the first prepares the statement
    for _ in range(ROUNDS):
        for way, save in ways.items():
            started = perf_counter()
            times[way] += await _many(rows // ROUNDS, save)
            seconds[way] += perf_counter() - started
    return Measured(
        rows=rows, costs=[_cost(way, times[way], seconds[way]) for way in ways], lags=await _lags()
    )


async def _many(count: int, save: Callable[[int], Awaitable[object]]) -> list[float]:
    numbers, times = iter(range(count)), []

    async def work() -> None:
        for number in numbers:
            started = perf_counter()
            await save(number)
            times.append((perf_counter() - started) * 1000)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return times


async def _by_hand(number: int) -> None:
    row = _row(Kept, number)
    async with AsyncBatchQuery() as batch:
        await row.save(batch=batch)
        for shelf in (row.category, row.brand):
            copy = Shelf(shelf=shelf, **row.model_dump(include={"id", "name", "price", "stock"}))
            await copy.save(batch=batch)


async def _lags() -> list[Lag]:
    found: dict[ViewName, list[float | None]] = {name: [] for name in FOLLOWERS}
    for number in range(LAGS):
        row = await _row(Viewed, number).save()
        since = perf_counter()
        behind = (follow(name, model, row, None, since) for name, model in FOLLOWERS.items())
        for one in await asyncio.gather(*behind):
            found["category" if one.view == "category" else "brand"].append(one.ms)
    return [_lag(name, values) for name, values in found.items()]


def _lag(view: str, values: list[float | None]) -> Lag:
    seen = [value for value in values if value is not None]
    return Lag(
        view=view,
        median_ms=median(seen) if seen else None,
        longest_ms=max(seen, default=None),
        within={str(limit): sum(value <= limit for value in seen) for limit in UP_TO},
        late=len(values) - len(seen),
    )


def _cost(way: str, times: list[float], seconds: float) -> Cost:
    p99 = quantiles(times, n=100)[-1]
    return Cost(way=way, rows_per_second=round(len(times) / seconds), median_ms=median(times), p99_ms=p99)


def _row(model: type[Any], number: int) -> Any:
    return model(
        id=uuid4(), name=f"measured {number}", price=Decimal("9.90"), stock=number,
        category=CATEGORIES[number % len(CATEGORIES)], brand=BRANDS[number % len(BRANDS)],
    )  # fmt: skip
