"""Sample content of three kinds: `generate(count, random_seed)` gives the same rows every time."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from demokit import feeds
from demokit.seeding import Reader, seed_command
from demokit.times import time_id
from faker import Faker
from forms import SEPARATOR
from kinds import AnyContent
from models import MODELS, Article, Channel, Content, Podcast, Video
from pydantic import TypeAdapter
from words import LEADS, SENTENCES, SUBJECTS

LATEST = datetime(2026, 6, 30, 18, tzinfo=UTC)
ANY = TypeAdapter[Content](AnyContent)


def generate(count: int, random_seed: int) -> list[Content]:
    """Make `count` pieces over four channels: half of them articles, the rest videos and podcasts."""
    chance, fake = random.Random(random_seed), Faker("en")  # noqa: S311 - sample data
    fake.seed_instance(random_seed)
    found: list[Content] = []
    for number in range(count):
        channel = chance.choice(get_args(Channel))
        moment = LATEST - timedelta(hours=7 * number, minutes=chance.randrange(300))
        common: dict[str, Any] = {
            "channel": channel,
            "id": time_id(moment, f"{count}:{random_seed}:{number}"),
            "title": f"{chance.choice(LEADS)} {chance.choice(SUBJECTS[channel])}",
            "author": f"{fake.first_name()} {fake.last_name()}",
        }
        seconds = chance.randrange(40, 4200)
        match chance.randrange(4):
            case 0:
                found.append(Video(seconds=seconds, resolution=chance.choice(("720p", "1080p")), **common))
            case 1:
                guests = [fake.first_name() for _ in range(chance.randrange(4))]
                found.append(Podcast(seconds=seconds, episode=number % 9999 + 1, guests=guests, **common))
            case _:
                found.append(Article(body=" ".join(chance.sample(SENTENCES, 4)), **common))
    return found


def parse(row: Mapping[str, Any]) -> Sequence[Content]:
    """Make the piece of a row of a feed: what a kind does not have stays empty; keyed by kind and title."""
    values: dict[str, Any] = {name: value for name, value in row.items() if value not in ("", [])}
    moment = feeds.moment(row, "published")
    values.pop("published", None)
    if isinstance(values.get("guests"), str):
        values["guests"] = [name.strip() for name in values["guests"].split(SEPARATOR)]
    return [
        ANY.validate_python({**values, "id": time_id(moment, f"{values.get('kind')}/{values.get('title')}")})
    ]


COLUMNS = "channel kind published title author body seconds resolution episode guests"
READER = Reader(tuple(COLUMNS.split()), parse)
seed = seed_command(__file__, MODELS, generate, reader=READER)

if __name__ == "__main__":
    seed()
