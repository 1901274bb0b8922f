"""Sample pages with a day of counts: `generate(count, random_seed)` gives the same every time."""

import math
import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

import counting
from demokit.seeding import Reader, seed_command
from models import MODELS, Page, PageHour
from sample import DAY, DOING, THINGS, Fed, Traffic

SPACE = UUID("8f0b5a1e-4c1d-5b57-9a34-0f6a1c2d7e05")


def generate(count: int, random_seed: int) -> list[Traffic]:
    """Make `count` pages; few of them are read a lot, and all of them less at night."""
    chance = random.Random(random_seed)  # noqa: S311 - sample data
    titles = [form.format(thing) for form in DOING for thing in THINGS]
    chance.shuffle(titles)
    traffic = []
    for number in range(count):
        title, series = titles[number % len(titles)], number // len(titles)
        title = (title if not series else f"{title} {series + 1}").capitalize()
        key = uuid5(SPACE, f"{count}:{random_seed}:{number}")
        often, shift = min(chance.paretovariate(1.1) * 12, 400), chance.randrange(DAY)
        views = [
            round(often * (1 + 0.7 * math.sin((ago + shift) * math.tau / DAY)) * chance.uniform(0.7, 1.3))
            for ago in range(DAY)
        ]
        hours = [(n, round(n * chance.uniform(0, 0.08)), round(n * chance.uniform(0, 0.02))) for n in views]
        traffic.append(Traffic(id=_slug(title, key), title=title, hours=hours))
    return traffic


def parse(row: Mapping[str, Any]) -> Sequence[Traffic]:
    """Make the page of a row of a feed, which is keyed by its title, with what was counted this hour."""
    fed = Fed.model_validate(row)
    key = _slug(fed.title, uuid5(SPACE, fed.title))
    return [Traffic(id=key, title=fed.title, hours=[(fed.views, fed.up, fed.down)])]


async def save(traffic: Traffic) -> None:
    """Count the hours up to now, unless the page is there: then all of that was counted before."""
    now = counting.this_hour()
    rows = [
        PageHour(page=traffic.id, hour=now - timedelta(hours=ago), views=views, up=up, down=down)
        for ago, (views, up, down) in enumerate(traffic.hours)
    ]
    await counting.fill(Page(slug=traffic.id, title=traffic.title), rows)


def _slug(title: str, key: UUID) -> str:
    return f"{counting.words(title)}-{key.hex[:4]}"


READER = Reader(("title", "views", "up", "down"), parse)
seed = seed_command(__file__, MODELS, generate, reader=READER, save=save)

if __name__ == "__main__":
    seed()
