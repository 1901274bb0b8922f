"""The same as JSON, typed, with examples."""

from typing import Annotated, Any
from uuid import UUID, uuid4

import views
from demokit.problems import Problem
from demokit.tokens import PageTokens
from fastapi import APIRouter, HTTPException, Path, Query
from measuring import Measured, measure
from models import Brand, Category, Name, Price, Product, Stock
from pydantic import BaseModel, ConfigDict, Field
from views import Call, Followed, ViewName

MISSING: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no such product"}
}
REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "Always: a view is read-only"}
}
ProductId = Annotated[UUID, Path(examples=["391a8a4a-cfde-5392-b8b6-658439573993"])]
AView = Annotated[ViewName, Path(examples=["category"])]
VALUES = {"category": views.CATEGORIES, "brand": views.BRANDS}


class ProductIn(BaseModel):
    """A product as somebody sends it; blanks around the name do not count."""

    model_config = ConfigDict(str_strip_whitespace=True)

    name: Name
    category: Annotated[Category, Field(examples=["Tents"])]
    brand: Annotated[Brand, Field(examples=["Cairn"])]
    price: Price
    stock: Stock = 0


class Written(BaseModel):
    """What was written to the table, and how the views followed."""

    product: Product
    followed: Followed


class ViewPage(BaseModel):
    """A page of one partition of a view; `next` is the token of the page after it."""

    items: list[dict[str, Any]]
    next: str | None = Field(description="Give it back as `token`")


class Try(BaseModel):
    """Which write to try."""

    call: Annotated[Call, Field(examples=["save"])]


class Rows(BaseModel):
    """How many rows to write in each way."""

    rows: Annotated[int, Field(ge=100, le=20_000, examples=[400])] = 400


def value_of(view: ViewName, value: str) -> str:
    """Let a partition pass that the view can have."""
    if value not in VALUES[view]:
        raise HTTPException(404, f"There is no {view} {value!r}; there are {', '.join(VALUES[view])}.")
    return value


def router(tokens: PageTokens) -> APIRouter:
    """Make the routes under `/api`."""
    routes = APIRouter(prefix="/api")

    @routes.post("/products", status_code=201, tags=["the table"])
    async def create(sent: ProductIn) -> Written:
        """Write a product once, and see both views follow."""
        product = Product(id=uuid4(), **sent.model_dump())
        return Written(product=product, followed=await views.write(product))

    @routes.get("/products/{product_id}", responses=MISSING, tags=["the table"])
    async def read(product_id: ProductId) -> Product:
        """Read a product by its id, from the table."""
        return await Product.get(id=product_id)

    @routes.put("/products/{product_id}", responses=MISSING, tags=["the table"])
    async def change(product_id: ProductId, sent: ProductIn) -> Written:
        """Write a product anew: in a view its row may move to another partition."""
        before = await Product.get(id=product_id)
        product = Product(id=product_id, **sent.model_dump())
        return Written(product=product, followed=await views.write(product, before))

    @routes.delete("/products/{product_id}", responses=MISSING, tags=["the table"])
    async def remove(product_id: ProductId) -> Followed:
        """Delete a product, and see it leave both views."""
        return await views.remove(await Product.get(id=product_id))

    @routes.get("/views/{view}/{value}", responses=MISSING, tags=["the views"])
    async def find(
        view: AView,
        value: Annotated[str, Path(examples=["Tents"])],
        token: Annotated[
            str | None, Query(description="What `next` said on the page before", max_length=4000)
        ] = None,
    ) -> ViewPage:
        """Read one partition of a view."""
        question = (view, value_of(view, value))
        found = await views.page_of(view, value, tokens.read(token, *question))
        items = [row.model_dump(mode="json") for row in found.data]
        return ViewPage(items=items, next=tokens.write(found.paging_state, *question))

    @routes.post("/views/{view}/attempts", status_code=400, responses=REFUSED, tags=["the views"])
    async def attempt(view: AView, sent: Try) -> None:
        """Try to write to a view: refused before anything is sent, with where to write instead."""
        await views.attempt(view, sent.call)

    @routes.post("/measurements", tags=["measuring"])
    async def measured(sent: Rows) -> Measured:
        """Measure what the views cost on write, and how far behind they are."""
        return await measure(sent.rows)

    return routes
