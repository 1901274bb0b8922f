"""Record the vectors of MiniLM for the sample and its sentences: needs the extra `transformers`, run once by us."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus import QUERIES, VECTORS, products, rows, text_of
from demokit.embedding import chosen

DIGITS = 5


def write(file: Path, found: Sequence[dict[str, Any]], texts: Sequence[str]) -> None:
    """Write rows with the vectors of their texts."""
    vectors = chosen(name="minilm").embed(texts)
    lines = [
        json.dumps(row | {"embedding": [round(number, DIGITS) for number in vector]})
        for row, vector in zip(found, vectors, strict=True)
    ]
    file.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    known, asked = products(), [{"query": row["query"]} for row in rows(QUERIES)]
    write(VECTORS[0], known, [text_of(row["name"], row["description"]) for row in known])
    write(VECTORS[1], asked, [row["query"] for row in asked])
