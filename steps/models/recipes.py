"""Recipes: a list, a set, a map, and one of each that is stored as a whole."""

# ruff: noqa: RUF012 - pydantic copies a default for each document
from typing import Annotated

from coodie import Frozen, Indexed, PrimaryKey
from coodie.sync import Document


class Recipe(Document):
    """Steps in their order, tags without one, amounts by ingredient; four indexes find rows by what is inside."""

    name: Annotated[str, PrimaryKey()]
    steps: list[str] = []
    tags: Annotated[set[str], Indexed()] = set()
    grams: Annotated[dict[str, int], Indexed(target="keys"), Indexed(target="entries")] = {}
    minutes: Annotated[dict[str, int], Indexed(target="values")] = {}
    pans: Annotated[list[str], Frozen(), Indexed(target="full")] = []
