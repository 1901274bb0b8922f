"""Sample rows, written by the old program: `generate(count, random_seed)` gives the same every time."""

from collections.abc import Mapping, Sequence
from typing import Any

from coodie_models import Address, Reader
from demokit import feeds
from demokit.seeding import Reader as FeedReader
from demokit.seeding import seed_command
from sample import generate
from tables import new_id

from coodie.sync import Document

__all__ = ["READER", "generate", "parse", "seed"]


LONGEST = 80  # characters; it is indexed, and an index takes no more than 64 KB


def parse(row: Mapping[str, Any]) -> Sequence[Document]:
    """Make the reader of a row of a feed, known by name and day of birth."""
    name, languages = feeds.text(row, "name"), set(feeds.text(row, "languages").split())
    if not name.strip():
        raise ValueError("name: missing")
    if len(name) > LONGEST:
        raise ValueError(f"name: Input should have at most {LONGEST} characters")
    home = Address(street=row["street"], city=row["city"])
    who = new_id(name, row["born"])
    return [Reader(id=who, name=name, born=row["born"], languages=languages, home=home)]


def save(document: Any) -> None:
    """Write through cqlengine."""
    import engine  # noqa: PLC0415 - cqlengine takes a while to import, and `generate` needs none of it

    engine.save(document)


def before() -> None:
    """Let the old program make its tables; rows that it writes anew are not those that were copied."""
    import engine  # noqa: PLC0415 - see above
    import migrate  # noqa: PLC0415

    engine.connect()
    migrate.forget()


READER = FeedReader(("name", "born", "languages", "street", "city"), parse)
seed = seed_command(__file__, (), generate, reader=READER, save=save, before=before)

if __name__ == "__main__":
    seed()
