"""The pages: say a sentence, see what is near, look for more like it, hold the index against the exact order."""

from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode
from uuid import UUID

import api
import searching
from api import SENTENCE, Asked, ProductIn
from corpus import QUERIES, rows
from demokit.demo import Demo
from demokit.fastapi import create_app
from fastapi import Form, Query, Request
from fastapi.responses import Response
from models import EMBEDDER, MODELS, Category, ProductEmbedding
from pydantic import BaseModel, Field
from seed import generate

demo = Demo(__file__, promise="say what you mean, find what is near", models=MODELS, port=8012)
app, page = create_app(demo, openapi_tags=[{"name": "searching"}, {"name": "products"}])
app.include_router(api.router())
CATEGORIES = get_args(Category)
SUGGESTED = [row["query"] for row in rows(QUERIES)][1::5]


class Looked(BaseModel):
    """What the page's form sends: an empty choice is all categories, an empty sentence that of the first page."""

    q: Annotated[str, Field(max_length=400)] = ""
    like: Annotated[str, Field(max_length=100, pattern=r"^(\w+/[0-9a-fA-F-]{36})?$")] = ""
    k: Annotated[int, Field(ge=1, le=50)] = 6
    least: Annotated[float, Field(ge=0, le=1)] = 0.0
    category: Category | Literal[""] = ""

    @property
    def asked(self) -> Asked:
        """The question."""
        return Asked(q=self.q.strip() or SENTENCE, k=self.k, least=self.least, category=self.category or None)

    async def liked(self) -> ProductEmbedding | None:
        """The product that more like it are wanted of."""
        category, _, number = self.like.partition("/")
        return await ProductEmbedding.get(category=category, id=UUID(number)) if number else None


@app.get("/", include_in_schema=False)
async def home(request: Request, sent: Annotated[Looked, Query()]) -> Response:
    """Show what is nearest to a sentence, or to a product."""
    context = await _found(sent.asked, await sent.liked())
    return page(request, "index.html", part="partials/found.html", **context)


@app.get("/compared", include_in_schema=False)
async def compared(request: Request, sent: Annotated[Looked, Query()]) -> Response:
    """Show the index and the exact order side by side."""
    found = await searching.compare(sent.asked, await sent.liked())
    return page(request, "compared.html", part="partials/compared.html", compared=found, sent=sent)


@app.post("/products", include_in_schema=False)
async def create(request: Request, sent: Annotated[ProductIn, Form()]) -> Response:
    """Add a product and show what is like it, itself first of all."""
    product = await api.add(sent)
    asked = Asked(q=sent.description)
    context = await _found(asked) | {"toast": f"{product.name} has its vector and is found by it."}
    path = "/?" + urlencode({"q": asked.q})
    return page.moved(request, path, "index.html", part="partials/found.html", **context)


@app.post("/refill", include_in_schema=False)
async def refill(request: Request) -> Response:
    """Bring the sample back."""
    await ProductEmbedding.bulk_save(generate(50, 7), concurrency=2)
    return page.moved(
        request, "/", "index.html", part="partials/found.html", **await _found(Asked(q=SENTENCE))
    )


async def _found(asked: Asked, like: ProductEmbedding | None = None) -> dict[str, Any]:
    return {
        "asked": asked,
        "found": await searching.find(asked, like),
        "like": like,
        "categories": CATEGORIES,
        "suggested": SUGGESTED,
        "embedder": EMBEDDER,
    }
