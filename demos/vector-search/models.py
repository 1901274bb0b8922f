"""A product, and what its text means as a vector: texts that mean alike lie near each other."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from corpus import recorded
from demokit.embedding import chosen
from pydantic import Field

from coodie import ClusteringKey, PrimaryKey, Vector, VectorIndex
from coodie.aio import Document

EMBEDDER = chosen(recorded)
Category = Literal["Camping", "Garden", "Kitchen", "Music", "Office", "Pets", "Sleep", "Travel"]
Name = Annotated[str, Field(min_length=1, max_length=60, examples=["Hill flask"])]
Description = Annotated[
    str,
    Field(
        min_length=1, max_length=400, examples=["Steel bottle that keeps tea hot for a whole day outside."]
    ),
]
Price = Annotated[Decimal, Field(gt=0, le=10_000, decimal_places=2, examples=["29.00"])]


class ProductEmbedding(Document):
    """A product beside the vector of its text."""

    category: Annotated[Category, PrimaryKey()]
    id: Annotated[UUID, ClusteringKey()]
    name: Name
    description: Description
    price: Price
    embedding: Annotated[list[float], Vector(dimensions=EMBEDDER.dimensions), VectorIndex("COSINE")]

    class Settings:
        name = f"product_by_{EMBEDDER.space}"  # another model is another space, and so another table


MODELS = (ProductEmbedding,)
