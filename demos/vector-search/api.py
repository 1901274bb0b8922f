"""The same as JSON, typed, with examples."""

from typing import Annotated, Any
from uuid import UUID, uuid4

import searching
from corpus import text_of
from demokit.problems import Problem
from fastapi import APIRouter, Path, Query
from models import EMBEDDER, Category, Description, Name, Price, ProductEmbedding
from pydantic import BaseModel, ConfigDict, Field
from searching import Compared, Found

MISSING: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no such product"}
}
ProductId = Annotated[UUID, Path(examples=["a4177b19-b253-5e23-883d-40ed29a4dbe4"])]
ACategory = Annotated[Category, Path(examples=["Camping"])]
SENTENCE = "something to keep my coffee warm on a hike"


class Asked(BaseModel):
    """A search: a sentence, how many at most, how near at least, and in which category."""

    model_config = ConfigDict(str_strip_whitespace=True)

    q: Annotated[str, Field(min_length=1, max_length=400, examples=[SENTENCE])]
    k: Annotated[int, Field(ge=1, le=50)] = 6
    least: Annotated[float, Field(ge=0, le=1, description="The least score")] = 0.0
    category: Category | None = None


class ProductIn(BaseModel):
    """A product as somebody sends it; its vector is made here."""

    model_config = ConfigDict(str_strip_whitespace=True)

    name: Name
    category: Annotated[Category, Field(examples=["Camping"])]
    description: Description
    price: Price


class ProductOut(ProductIn):
    """A product, and which embedder made its vector."""

    id: UUID
    embedder: str = EMBEDDER.name
    dimensions: int = EMBEDDER.dimensions


def router() -> APIRouter:
    """Make the routes under `/api`."""
    routes = APIRouter(prefix="/api")

    @routes.get("/search", tags=["searching"])
    async def find(asked: Annotated[Asked, Query()]) -> Found:
        """Find the products whose texts are nearest to a sentence."""
        return await searching.find(asked)

    @routes.get("/recall", tags=["searching"])
    async def recall(asked: Annotated[Asked, Query()]) -> Compared:
        """Compare what the index finds with the exact order."""
        return await searching.compare(asked)

    @routes.post("/products", status_code=201, tags=["products"])
    async def create(sent: ProductIn) -> ProductOut:
        """Make the vector of a product's text and keep both; it is found at once."""
        return out(await add(sent))

    @routes.get("/products/{category}/{product_id}", responses=MISSING, tags=["products"])
    async def read(category: ACategory, product_id: ProductId) -> ProductOut:
        """Read one product by its key."""
        return out(await ProductEmbedding.get(category=category, id=product_id))

    @routes.get("/products/{category}/{product_id}/like", responses=MISSING, tags=["searching"])
    async def like(
        category: ACategory, product_id: ProductId, k: Annotated[int, Query(ge=1, le=50)] = 6
    ) -> Found:
        """Find the products that are most like this one, by its own vector."""
        return await searching.find(
            Asked(q=SENTENCE, k=k), await ProductEmbedding.get(category=category, id=product_id)
        )

    return routes


async def add(sent: ProductIn) -> ProductEmbedding:
    """Embed a product and save it."""
    vector = searching.vector_of(text_of(sent.name, sent.description))
    return await ProductEmbedding(id=uuid4(), embedding=vector, **sent.model_dump()).save()


def out(product: ProductEmbedding) -> ProductOut:
    """Leave the vector out."""
    return ProductOut(**product.model_dump(exclude={"embedding"}))
