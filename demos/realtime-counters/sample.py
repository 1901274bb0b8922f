"""What the sample consists of, and a page with its counts as the sample and as a feed have it."""

from typing import Annotated

from models import Slug, Title
from pydantic import BaseModel, Field

DAY = 24
DOING = "How to {}|When to {}|Why we {}|A day to {}|The quick way to {}|{}, step by step".split("|")
THINGS = (
    "prune a plum tree|bake rye bread|whet a scythe|press cider|keep bees|mend a dry wall|read the clouds|"
    "brew nettle tea|lay a hedge|split ash|dry apples|sow broad beans|tie a bowline|salt butter|find the north"
).split("|")
Number = Annotated[int, Field(ge=0, le=1_000_000)]


class Fed(BaseModel):
    """A row of a feed: a page, and what was counted on it this hour."""

    title: Title
    views: Number
    up: Number
    down: Number


class Traffic(BaseModel):
    """A page with what was counted on it, hour by hour, the present one first."""

    id: Slug
    title: Title
    hours: list[tuple[Number, Number, Number]]
