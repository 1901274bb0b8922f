"""The sample's products, sentences to look for with what they should find, and the vectors of both by MiniLM."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
QUERIES = FOLDER / "queries.json"
VECTORS = FOLDER / "products-minilm.json", FOLDER / "queries-minilm.json"


def rows(file: Path) -> list[dict[str, Any]]:
    """Read a list of objects."""
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return found


def products() -> list[dict[str, str]]:
    """Return the 64 products: name, category, price and description."""
    return rows(FOLDER / "corpus.json")


def text_of(name: str, description: str) -> str:
    """Return what of a product is embedded."""
    return f"{name}. {description}"


def recorded() -> dict[str, list[float]]:
    """Return the vectors that MiniLM made of the products' texts and of the sentences."""
    products, queries = map(rows, VECTORS)
    found = {text_of(row["name"], row["description"]): row["embedding"] for row in products}
    return found | {row["query"]: row["embedding"] for row in queries}
