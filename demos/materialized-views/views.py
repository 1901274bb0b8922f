"""Writing once and watching both views follow; reading them; and what happens when somebody writes to one."""

import asyncio
from time import perf_counter
from typing import Any, Literal, NoReturn, get_args
from uuid import UUID

from models import Brand, Category, Product, ProductByBrand, ProductByCategory
from pydantic import BaseModel, Field

from coodie import PagedResult

View = ProductByCategory | ProductByBrand
ViewName = Literal["category", "brand"]
VIEWS: dict[ViewName, type[ProductByCategory] | type[ProductByBrand]] = {
    "category": ProductByCategory, "brand": ProductByBrand,
}  # fmt: skip
CATEGORIES, BRANDS = get_args(Category), get_args(Brand)
Call = Literal["save", "update", "delete", "truncate", "sync_table"]
PATIENCE = 10.0
PAGE = 6


class Follower(BaseModel):
    """How long one view took to show what was written."""

    view: str
    ms: float | None = Field(
        description="After the acknowledgement; null when it did not within 10 s", examples=[0.9]
    )
    looks: int = Field(description="How often it was read until it did", examples=[1])


class Followed(BaseModel):
    """One write, and how the views followed it."""

    written_ms: float = Field(description="Until the write was acknowledged", examples=[2.1])
    views: list[Follower]

    @property
    def longest(self) -> float:
        """The whole time, in milliseconds."""
        return self.written_ms + max(view.ms or 0 for view in self.views)


async def write(product: Product, before: Product | None = None) -> Followed:
    """Save one row of the table, and read both views until they show it, and no longer show it where it was."""
    started = perf_counter()
    await product.save()
    return await _followed(started, product, before)


async def remove(product: Product) -> Followed:
    """Delete one row of the table, and read both views until it is gone."""
    started = perf_counter()
    await product.delete()
    return await _followed(started, None, product)


async def page_of(view: ViewName, value: str, state: bytes | None = None) -> PagedResult[Any]:
    """Read a page of one partition of a view, as of any table."""
    return await VIEWS[view].find(**{view: value}).fetch_size(PAGE).page(state).paged_all()


async def attempt(view: ViewName, call: Call) -> NoReturn:
    """Try to write to a view; the library refuses before anything is sent, and says where to write."""
    model = VIEWS[view]
    if call in {"truncate", "sync_table"}:
        await getattr(model, call)()
    row = model(
        id=UUID(int=0),
        name="?",
        category=CATEGORIES[0],
        brand=BRANDS[0],
        price="1",
        stock=0,
    )
    await getattr(row, call)()
    raise AssertionError(f"{call} of a view was not refused")


async def _followed(started: float, here: Product | None, gone: Product | None) -> Followed:
    written = perf_counter()
    found = await asyncio.gather(*(follow(name, model, here, gone, written) for name, model in VIEWS.items()))
    return Followed(written_ms=(written - started) * 1000, views=list(found))


async def follow(
    name: ViewName, model: type[Any], here: Product | None, gone: Product | None, since: float
) -> Follower:
    """Read a view until it shows a row as it is, and not where it was; give up after ten seconds."""
    looks = 0
    while perf_counter() < since + PATIENCE:
        looks += 1
        if await _shows(name, model, here) and not await _stays(name, model, here, gone):
            return Follower(view=name, ms=(perf_counter() - since) * 1000, looks=looks)
    return Follower(view=name, ms=None, looks=looks)


async def _shows(name: ViewName, model: type[Any], here: Product | None) -> bool:
    if here is None:
        return True
    row = await model.find_one(**{name: getattr(here, name)}, id=here.id)
    return row is not None and row.model_dump() == here.model_dump(include=set(model.model_fields))


async def _stays(name: ViewName, model: type[Any], here: Product | None, gone: Product | None) -> bool:
    if gone is None or (here is not None and getattr(here, name) == getattr(gone, name)):
        return False
    return await model.find_one(**{name: getattr(gone, name)}, id=gone.id) is not None
