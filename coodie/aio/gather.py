"""Many reads at once."""

from __future__ import annotations

from typing import Any, Literal, TypeVar, overload

from coodie.aio.query import QuerySet
from coodie.drivers.registry import async_session
from coodie.execution import acollect_rest, arun_many
from coodie.operations import queries
from coodie.operations.bulk import check_concurrency
from coodie.results import PagedResult
from coodie.schema.inspect import table_of

T = TypeVar("T")


@overload
async def gather(
    *query_sets: QuerySet[T], concurrency: int = 32, return_exceptions: Literal[False] = False
) -> list[list[T]]: ...
@overload
async def gather(
    *query_sets: QuerySet[T], concurrency: int = 32, return_exceptions: bool
) -> list[list[T] | Exception]: ...
async def gather(*query_sets: QuerySet[T], concurrency: int = 32, return_exceptions: bool = False) -> Any:
    """Read many queries at once, at most `concurrency` under way; return their rows in the order of the queries.

    The first error is raised when all have ended, or stands in its query's place with `return_exceptions`. Sends one
    statement a page of each query.
    """
    check_concurrency(concurrency)
    found: list[Any] = [None] * len(query_sets)
    for connection in dict.fromkeys(table_of(query_set.model).connection for query_set in query_sets):
        mine = [
            (place, query_set)
            for place, query_set in enumerate(query_sets)
            if table_of(query_set.model).connection == connection
        ]
        driver = await async_session(connection)

        def keep(number: int, result: PagedResult[T] | Exception, mine: Any = mine) -> None:
            found[mine[number][0]] = result

        requests = (queries.page(query_set.model, query_set.query, driver.target) for _, query_set in mine)
        await arun_many(driver, requests, concurrency, keep)
        for place, query_set in mine:
            if isinstance(found[place], PagedResult):
                found[place] = await acollect_rest(driver, query_set.pages(driver.target), found[place])
    failed = [result for result in found if isinstance(result, Exception)]
    if failed and not return_exceptions:
        raise failed[0]
    return found
