"""Finding products by what they mean: a sentence, another product; approximately by the index, or exactly."""

import math
from collections.abc import Sequence
from time import perf_counter
from typing import Any, Protocol
from uuid import UUID

from models import EMBEDDER, Category, ProductEmbedding
from pydantic import BaseModel, Field

STRIP = 32  # bars of the picture of a vector


class Hit(BaseModel):
    """A product that was found, and how near its text is to what was asked."""

    category: str
    id: UUID
    name: str
    description: str
    price: str
    score: float = Field(description="(1 + cosine) / 2, as the server computes it: 1 is the same direction")
    strip: list[float] = Field(exclude=True)

    @property
    def percent(self) -> int:
        """The score as people read it."""
        return math.floor(self.score * 100)


class Found(BaseModel):
    """What a search gave."""

    hits: list[Hit]
    embed_ms: float = Field(description="Until the sentence was a vector; 0 for a product's own vector")
    search_ms: float = Field(description="Until the server had answered")


class Compared(BaseModel):
    """The index beside the exact order, for the same question."""

    k: int
    ann: list[str] = Field(description="Names in the order of the index")
    exact: list[str] = Field(description="Names in the true order")
    recall: float = Field(description="Which share of the exact ones the index found", examples=[1.0])
    ann_ms: float
    exact_ms: float = Field(description="All rows are read for it, and compared here")


class Question(Protocol):
    """What a search is made with."""

    q: str
    k: int
    least: float
    category: Category | None


def vector_of(text: str) -> list[float]:
    """Make the vector of a sentence."""
    [vector] = EMBEDDER.embed([text])
    return vector


async def search(vector: Sequence[float], asked: Question, *, but: UUID | None = None) -> list[Hit]:
    """Ask the index for the nearest; `but` is the product itself, when more like it are wanted."""
    query = (
        ProductEmbedding.find() if asked.category is None else ProductEmbedding.find(category=asked.category)
    )
    limit = asked.k if but is None else asked.k + 1
    nearest = query.order_by_ann("embedding", vector).limit(limit)
    pairs = await nearest.with_scores(min_score=asked.least).all()
    return [_hit(product, score) for product, score in pairs if product.id != but][: asked.k]


async def find(asked: Question, like: ProductEmbedding | None = None) -> Found:
    """Search for a sentence, or by a product's own vector for what is like it."""
    started = perf_counter()
    vector = vector_of(asked.q) if like is None else like.embedding
    embedded = perf_counter()
    hits = await search(vector, asked, but=None if like is None else like.id)
    return Found(
        hits=hits, embed_ms=(embedded - started) * 1000, search_ms=(perf_counter() - embedded) * 1000
    )


async def compare(asked: Question, like: ProductEmbedding | None = None) -> Compared:
    """Ask the index and compute the exact order, both of the same rows."""
    vector = vector_of(asked.q) if like is None else like.embedding
    query = (
        ProductEmbedding.find() if asked.category is None else ProductEmbedding.find(category=asked.category)
    )
    started = perf_counter()
    ann = await query.order_by_ann("embedding", vector).limit(asked.k).all()
    searched = perf_counter()
    exact = await query.exact_nearest("embedding", vector, asked.k)
    compared = perf_counter()
    found = {product.id for product in ann}
    return Compared(
        k=asked.k,
        ann=[product.name for product in ann],
        exact=[product.name for product in exact],
        recall=sum(product.id in found for product in exact) / len(exact) if exact else 1.0,
        ann_ms=(searched - started) * 1000,
        exact_ms=(compared - searched) * 1000,
    )


def _hit(product: ProductEmbedding, score: float) -> Hit:
    values: dict[str, Any] = product.model_dump(exclude={"embedding"}) | {"price": f"{product.price:.2f}"}
    return Hit(**values, score=score, strip=strip(product.embedding))


def strip(vector: Sequence[float]) -> list[float]:
    """Fold a vector into a few bars from -1 to 1: neighbours are averaged, the longest fills its half."""
    width = len(vector) / STRIP
    parts = [vector[round(n * width) : round((n + 1) * width)] for n in range(STRIP)]
    means = [math.fsum(part) / len(part) for part in parts]
    largest = max(map(abs, means)) or 1.0
    return [mean / largest for mean in means]
