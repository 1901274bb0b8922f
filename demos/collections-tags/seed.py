"""Sample articles: `generate(count, random_seed)` gives the same every time."""

import random
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

import library
from demokit import feeds
from demokit.seeding import Reader, seed_command
from models import MODELS, Article, Edition, Place
from sample import HEIGHTS, PLACES, SECTIONS, TAGS, TOPICS, TREES

SPACE = UUID("c3b7d6a0-53f4-5a55-8a86-0b9ad9f3e008")
FIRST_YEAR, LAST_YEAR = 1753, 1990


def generate(count: int, random_seed: int) -> list[Article]:
    """Make `count` articles, each with tags, sections, facts, an origin and up to three editions."""
    chance = random.Random(random_seed)  # noqa: S311 - sample data
    subjects = [(tree, topic) for tree in TREES for topic in TOPICS]
    chance.shuffle(subjects)
    articles = []
    for number in range(count):
        (tree, topic), series = subjects[number % len(subjects)], number // len(subjects)
        years = sorted(chance.sample(range(FIRST_YEAR, LAST_YEAR), chance.randrange(4)))
        editions = [
            Edition(label=f"Edition {place}", year=year, printed=_place(chance.choice(PLACES)))
            for place, year in enumerate(years, 1)
        ]
        # Few tags are on many articles, and most on few.
        weighted = {TAGS[min(int(chance.expovariate(0.3)), len(TAGS) - 1)] for _ in range(5)}
        articles.append(
            Article(
                id=uuid5(SPACE, f"{count}:{random_seed}:{number}"),
                title=f"{tree} {topic}" if not series else f"{tree} {topic}, part {series + 1}",
                tags=weighted,
                sections=chance.sample(SECTIONS, chance.randrange(2, 6)),
                facts={"latin": TREES[tree], "height": chance.choice(HEIGHTS)},
                origin=_place(chance.choice(PLACES)),
                editions=editions,
            )
        )
    return articles


def parse(row: Mapping[str, Any]) -> Sequence[Article]:
    """Make the article of a row of a feed, which is keyed by its title; `|` stands between elements."""
    pairs = (part.partition("=") for part in _parts(row, "facts"))
    facts = {key: value for key, _, value in pairs}
    origin = {"city": row["city"], "country": row["country"]}
    title = feeds.text(row, "title")
    values = {"title": title, "tags": _parts(row, "tags"), "sections": _parts(row, "sections")}
    return [Article.model_validate({"id": uuid5(SPACE, title), **values, "facts": facts, "origin": origin})]


def _place(named: tuple[str, str]) -> Place:
    return Place(city=named[0], country=named[1])


def _parts(row: Mapping[str, Any], column: str) -> list[str]:
    return [part for part in feeds.text(row, column).split("|") if part]


READER = Reader(("title", "tags", "sections", "facts", "city", "country"), parse)
seed = seed_command(__file__, MODELS, generate, reader=READER, save=library.bring)

if __name__ == "__main__":
    seed()
