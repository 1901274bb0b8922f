"""The same as JSON, typed, with examples."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import catalog
from demokit.problems import Problem
from demokit.tokens import PageTokens
from fastapi import APIRouter, Path, Query
from forms import ProductChange, ProductIn, ReviewIn, Shelf
from models import EVERYTHING, Product, Review
from pydantic import BaseModel, Field

Token = Annotated[str | None, Query(description="What `next` said on the page before", max_length=4000)]
ProductId = Annotated[UUID, Path(examples=["cbbadd30-bd50-5823-8f7d-bd7836d19729"])]
MISSING: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no such product"}
}


class ProductLine(BaseModel):
    """A product in a list."""

    id: UUID
    name: str
    brand: str
    category: str
    price: Decimal


class ProductPage(BaseModel):
    """A page of products; `next` is the token of the page after it, null on the last."""

    items: list[ProductLine]
    next: str | None = Field(description="Give it back as `token`")


class ReviewOut(BaseModel):
    """A review."""

    id: UUID
    written: datetime
    author: str
    stars: int
    text: str


class ReviewPage(BaseModel):
    """A page of reviews, newest first; `next` is the token of the page after it, null on the last."""

    items: list[ReviewOut]
    next: str | None = Field(description="Give it back as `token`")


def router(tokens: PageTokens) -> APIRouter:
    """Make the routes under `/api`."""
    routes = APIRouter(prefix="/api/products")

    @routes.get("", tags=["products"], response_model=ProductPage)
    async def find(
        q: Annotated[str, Query(description="Beginning of the name", max_length=80, examples=["wal"])] = "",
        shelf: Shelf = EVERYTHING,
        brand: Annotated[
            str | None, Query(description="Ask the index on brand instead", max_length=80)
        ] = None,
        token: Token = None,
    ) -> dict[str, Any]:
        """Find products, in the order of their names, or those of one brand."""
        question = (q, shelf, brand)
        state = tokens.read(token, *question)
        found: Any = await (catalog.by_brand(brand, state) if brand else catalog.by_name(q, shelf, state))
        return {"items": found.data, "next": tokens.write(found.paging_state, *question)}

    @routes.post("", tags=["products"], status_code=201)
    async def create(sent: ProductIn) -> Product:
        """Add a product."""
        return await catalog.add(sent)

    @routes.get("/{product_id}", tags=["products"], responses=MISSING)
    async def read(product_id: ProductId) -> Product:
        """Read a product."""
        return await Product.get(id=product_id)

    @routes.put("/{product_id}", tags=["products"], responses=MISSING)
    async def change(product_id: ProductId, sent: ProductChange) -> Product:
        """Change price and stock."""
        product = await Product.get(id=product_id)
        await catalog.change(product, sent)
        return product

    @routes.delete("/{product_id}", tags=["products"], status_code=204, responses=MISSING)
    async def remove(product_id: ProductId) -> None:
        """Delete a product with its reviews."""
        await catalog.remove(await Product.get(id=product_id))

    @routes.get("/{product_id}/reviews", tags=["reviews"], response_model=ReviewPage, responses=MISSING)
    async def reviews(product_id: ProductId, token: Token = None) -> dict[str, Any]:
        """Read a product's reviews, newest first."""
        await Product.get(id=product_id)
        found = await catalog.reviews(product_id, tokens.read(token, "reviews", product_id))
        return {"items": found.data, "next": tokens.write(found.paging_state, "reviews", product_id)}

    @routes.post(
        "/{product_id}/reviews",
        tags=["reviews"],
        status_code=201,
        response_model=ReviewOut,
        responses=MISSING,
    )
    async def review(product_id: ProductId, sent: ReviewIn) -> Review:
        """Review a product."""
        await Product.get(id=product_id)
        return await catalog.review(product_id, sent)

    return routes
