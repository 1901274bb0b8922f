"""How well the embedders find: the sentences of queries.json against all 64 products, in the exact order.

`python quality.py` measures those that are installed; nDCG@10 and recall@3 are means over the sentences.
"""

import math
from collections.abc import Mapping, Sequence

import click
from corpus import QUERIES, products, recorded, rows, text_of
from demokit.embedding import Embedder, EmbedderError, chosen
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

DEPTH, FIRST = 10, 3


def ranked(embedder: Embedder, queries: Sequence[str]) -> list[list[str]]:
    """Return, for each sentence, the names of all products, nearest first."""
    known = products()
    texts = embedder.embed([text_of(each["name"], each["description"]) for each in known])
    orders = []
    for vector in embedder.embed(queries):
        scores = [_dot(vector, text) for text in texts]
        order = sorted(range(len(known)), key=lambda place: -scores[place])
        orders.append([known[place]["name"] for place in order])
    return orders


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return math.fsum(a * b for a, b in zip(left, right, strict=True))


def ndcg(order: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return the discounted gain of the first ten, over that of the best order there is."""
    gains = [2 ** grades.get(name, 0) - 1 for name in order[:DEPTH]]
    best = [2**grade - 1 for grade in sorted(grades.values(), reverse=True)[:DEPTH]]
    return _discounted(gains) / _discounted(best)


def _discounted(gains: Sequence[int]) -> float:
    return math.fsum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def recall(order: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return which share of the wanted products is among the first three, of three at most."""
    return sum(name in grades for name in order[:FIRST]) / min(FIRST, len(grades))


def measured(embedder: Embedder) -> tuple[float, float, int]:
    """Return nDCG@10, recall@3, and for how many sentences the first product is a wanted one."""
    asked = rows(QUERIES)
    orders = ranked(embedder, [each["query"] for each in asked])
    pairs = [(order, each["relevant"]) for order, each in zip(orders, asked, strict=True)]
    return (
        math.fsum(ndcg(*pair) for pair in pairs) / len(pairs),
        math.fsum(recall(*pair) for pair in pairs) / len(pairs),
        sum(order[0] in grades for order, grades in pairs),
    )


@click.command(help="Measure how well the embedders find what queries.json asks for.")
@click.argument("names", nargs=-1, metavar="[wordllama] [recorded] [minilm]")
def main(names: tuple[str, ...]) -> None:
    """Print a line for each embedder."""
    table = Table("embedder", "numbers", "nDCG@10", "recall@3", "first is right", box=SIMPLE_HEAD)
    for name in names or ("wordllama", "recorded"):
        try:
            embedder = chosen(recorded, name=name)
            gain, share, first = measured(embedder)
        except EmbedderError as error:
            raise click.ClickException(str(error)) from error
        table.add_row(
            name, str(embedder.dimensions), f"{gain:.2f}", f"{share:.2f}", f"{first} of {len(rows(QUERIES))}"
        )
    Console(highlight=False).print(table)


if __name__ == "__main__":
    main()
