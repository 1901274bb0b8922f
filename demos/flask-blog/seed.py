"""Sample posts with comments: `generate(count, random_seed)` gives the same rows every time."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from demokit import feeds
from demokit.seeding import Reader, seed_command
from forms import PostIn
from models import MODELS, Comment, Post
from moments import id_at
from sample import AUTHORS, ENDINGS, MIDDLES, OPENINGS, REMARKS, TAGS, TITLES

LATEST = datetime(2026, 6, 1, tzinfo=UTC)


def generate(count: int, random_seed: int) -> list[Post | Comment]:
    """Make `count` posts, a day or so apart, each with up to twelve comments."""
    chance = random.Random(random_seed)  # noqa: S311 - sample data
    documents: list[Post | Comment] = []
    for number in range(count):
        topic, other = chance.sample(TAGS, 2)
        body = "\n\n".join(
            (OPENINGS[number % len(OPENINGS)], *chance.sample(MIDDLES, 2), chance.choice(ENDINGS))
        )
        written = LATEST - timedelta(days=number, minutes=chance.randrange(600))
        key, author = id_at(written, _node(f"{count}:{random_seed}:{number}")), chance.choice(AUTHORS)
        title = TITLES[topic][number % 3]
        documents.append(Post(id=key, title=title, author=author, tags=[topic, other], body=body))
        for turn in range(chance.randrange(13)):
            moment = id_at(written + timedelta(minutes=chance.randrange(1, 5_000)), _node(f"{key}:{turn}"))
            by, text = chance.choice(AUTHORS), chance.choice(REMARKS)
            documents.append(Comment(post=key, id=moment, author=by, text=text))
    return documents


def parse(row: Mapping[str, Any]) -> Sequence[Post]:
    """Make the post of a row of a feed, which is keyed by date, author and title."""
    written = feeds.moment(row, "date")
    sent = PostIn.model_validate(row)
    return [Post(id=id_at(written, _node(f"{sent.author}/{sent.title}")), **sent.model_dump())]


def _node(name: str) -> int:
    return uuid5(NAMESPACE_URL, name).int


READER = Reader(("date", "author", "title", "tags", "body"), parse)
seed = seed_command(__file__, MODELS, generate, reader=READER)

if __name__ == "__main__":
    seed()
