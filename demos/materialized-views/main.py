"""The pages: write to the table, watch both views follow, try to write to a view, measure what the views cost."""

import asyncio
from typing import Annotated, Any
from uuid import UUID, uuid4

import api
import views
from api import ProductIn, Rows
from demokit.demo import Demo
from demokit.fastapi import create_app
from demokit.problems import from_exception
from fastapi import Form, Query, Request
from fastapi.responses import Response
from measuring import measure
from models import MODELS, Brand, Category, Product
from pydantic import BaseModel
from seed import generate
from views import BRANDS, CATEGORIES, Call, ViewName

from coodie.exceptions import InvalidQueryError

demo = Demo(__file__, promise="write once, two views follow", models=MODELS, port=8009)
app, page = create_app(
    demo, openapi_tags=[{"name": name} for name in ("the table", "the views", "measuring")]
)
app.include_router(api.router(demo.tokens))
Token = Annotated[str | None, Query(max_length=4000)]


class Choice(BaseModel):
    """What the visitor looks at, which each form brings along."""

    category: Category = CATEGORIES[0]
    brand: Brand = BRANDS[0]


class Attempt(BaseModel):
    """The form that tries to write to a view."""

    view: ViewName
    call: Call


@app.get("/", include_in_schema=False)
async def home(
    request: Request,
    seen: Annotated[Choice, Query()],
    product: UUID | None = None,
) -> Response:
    """Show one partition of each view, and the product that somebody chose."""
    chosen = None if product is None else await Product.get(id=product)
    return page(
        request, "index.html", part="partials/board.html", **await _board(seen.category, seen.brand, chosen)
    )


@app.get("/views/{view}/{value}", include_in_schema=False)
async def partition(request: Request, view: ViewName, value: str, token: Token = None) -> Response:
    """Show one partition of a view, page by page."""
    context = await _partition(view, api.value_of(view, value), token)
    return page(request, "partition.html", part="partials/partition.html", **context)


@app.post("/products", include_in_schema=False)
async def create(request: Request, sent: Annotated[ProductIn, Form()]) -> Response:
    """Write a product and show where it arrived."""
    return await _written(request, Product(id=uuid4(), **sent.model_dump()), None)


@app.post("/products/{product_id}", include_in_schema=False)
async def change(request: Request, product_id: UUID, sent: Annotated[ProductIn, Form()]) -> Response:
    """Write a product anew and show where it went."""
    before = await Product.get(id=product_id)
    return await _written(request, Product(id=product_id, **sent.model_dump()), before)


@app.post("/products/{product_id}/delete", include_in_schema=False)
async def remove(request: Request, product_id: UUID) -> Response:
    """Delete a product and show how it left the views."""
    gone = await Product.get(id=product_id)
    followed = await views.remove(gone)
    context = {"followed": followed, "toast": f"{gone.name} is deleted; both views have followed."}
    board = await _board(gone.category, gone.brand, None)
    return page.moved(request, "/", "index.html", part="partials/board.html", **board, **context)


@app.post("/refill", include_in_schema=False)
async def refill(request: Request) -> Response:
    """Bring the sample back."""
    await asyncio.gather(*(product.save() for product in generate(50, 7)))
    board = await _board(CATEGORIES[0], BRANDS[0], None)
    return page.moved(request, "/", "index.html", part="partials/board.html", **board)


@app.post("/attempts", include_in_schema=False)
async def attempt(request: Request, sent: Annotated[Attempt, Form()]) -> Response:
    """Try to write to a view, and show what the library says."""
    try:
        await views.attempt(sent.view, sent.call)
    except InvalidQueryError as refused:
        return page(
            request, "attempt.html", part="partials/refused.html", problem=from_exception(refused), sent=sent
        )


@app.post("/measurements", include_in_schema=False)
async def measured(request: Request, sent: Annotated[Rows, Form()]) -> Response:
    """Measure, and show it as a chart."""
    return page(request, "measured.html", part="partials/measured.html", measured=await measure(sent.rows))


async def _written(request: Request, product: Product, before: Product | None) -> Response:
    followed = await views.write(product, before)
    board = await _board(product.category, product.brand, product)
    path = f"/?product={product.id}"
    return page.moved(request, path, "index.html", part="partials/board.html", followed=followed, **board)


async def _board(category: Category, brand: Brand, product: Product | None) -> dict[str, Any]:
    shown = await asyncio.gather(_partition("category", category, None), _partition("brand", brand, None))
    return {
        "partitions": shown, "product": product, "categories": CATEGORIES, "brands": BRANDS,
        "seen": {"category": category, "brand": brand},
    }  # fmt: skip


async def _partition(view: ViewName, value: str, token: str | None) -> dict[str, Any]:
    found = await views.page_of(view, value, demo.tokens.read(token, view, value))
    return {
        "view": view, "value": value, "rows": found.data, "values": api.VALUES[view], "paged": token is not None,
        "next_token": demo.tokens.write(found.paging_state, view, value),
    }  # fmt: skip
