"""The pages: find products in three ways, look at one, change it, review it."""

from decimal import Decimal
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

import api
import catalog
from demokit.demo import Demo
from demokit.fastapi import create_app
from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from forms import ProductChange, ProductIn, ReviewIn, Shelf
from models import BRANDS, EVERYTHING, MODELS, Category, Product

demo = Demo(__file__, promise="three ways to find a row, and what each costs", models=MODELS, port=8001)
app, page = create_app(demo, openapi_tags=[{"name": "products"}, {"name": "reviews"}])
app.include_router(api.router(demo.tokens))

CATEGORIES = get_args(Category)
Token = Annotated[str | None, Query(max_length=4000)]


@app.get("/", include_in_schema=False)
async def home(
    request: Request,
    by: Literal["name", "brand", "price"] = "name",
    q: Annotated[str, Query(max_length=80)] = "",
    shelf: Shelf = EVERYTHING,
    brand: Annotated[str, Query(max_length=80)] = BRANDS[0],
    most: Annotated[Decimal, Query(gt=0, le=100_000)] = Decimal(20),
    token: Token = None,
) -> Response:
    """Show a page of products, found in one of three ways."""
    question = {"name": (by, q, shelf), "brand": (by, brand), "price": (by, most)}[by]
    state = demo.tokens.read(token, *question)
    found: Any
    if by == "name":
        found = await catalog.by_name(q, shelf, state)
    elif by == "brand":
        found = await catalog.by_brand(brand, state)
    else:
        found = await catalog.by_price(most, state)
    return page(
        request,
        "index.html",
        part="partials/results.html",
        by=by,
        asked={"q": q, "shelf": shelf, "brand": brand, "most": most},
        products=found.data,
        next_token=demo.tokens.write(found.paging_state, *question),
        paged=token is not None,
        categories=CATEGORIES,
        brands=BRANDS,
    )


@app.get("/products/new", include_in_schema=False)
async def new(request: Request) -> Response:
    """Show the form for a new product."""
    return page(request, "new.html", categories=CATEGORIES, brands=BRANDS)


@app.post("/products", include_in_schema=False)
async def create(request: Request, sent: Annotated[ProductIn, Form()]) -> Response:
    """Write a new product and show it."""
    product = await catalog.add(sent)
    return await _shown(request, product, f"{product.name} is in the catalogue.")


@app.get("/products/{product_id}", include_in_schema=False)
async def show(request: Request, product_id: UUID, token: Token = None) -> Response:
    """Show a product with a page of its reviews."""
    product = await Product.get(id=product_id)
    reviews = await catalog.reviews(product_id, demo.tokens.read(token, "reviews", product_id))
    part = "partials/reviews.html" if request.headers.get("hx-target") == "reviews" else ""
    return page(request, "product.html", part=part, **_context(product, reviews, paged=token is not None))


@app.post("/products/{product_id}", include_in_schema=False)
async def change(request: Request, product_id: UUID, sent: Annotated[ProductChange, Form()]) -> Response:
    """Write a new price and stock."""
    product = await Product.get(id=product_id)
    await catalog.change(product, sent)
    return await _shown(request, product, "Price and stock are written.")


@app.post("/products/{product_id}/reviews", include_in_schema=False)
async def review(request: Request, product_id: UUID, sent: Annotated[ReviewIn, Form()]) -> Response:
    """Write a review, which is then the first."""
    product = await Product.get(id=product_id)
    await catalog.review(product_id, sent)
    return await _shown(request, product, "The review is written, newest first.")


@app.post("/products/{product_id}/delete", include_in_schema=False)
async def remove(product_id: UUID) -> Response:
    """Delete a product and go back to the catalogue."""
    await catalog.remove(await Product.get(id=product_id))
    return RedirectResponse("/", 303)


async def _shown(request: Request, product: Product, toast: str) -> Response:
    context = _context(product, await catalog.reviews(product.id), paged=False)
    path = f"/products/{product.id}"
    return page.moved(request, path, "product.html", part="partials/product.html", toast=toast, **context)


def _context(product: Product, reviews: Any, *, paged: bool) -> dict[str, Any]:
    return {
        "product": product,
        "reviews": reviews.data,
        "next_token": demo.tokens.write(reviews.paging_state, "reviews", product.id),
        "paged": paged,
    }
