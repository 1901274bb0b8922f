"""The sample: readers, their loans and holds, and what stands on the shelves."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from coodie_models import Address, Book, Film, Hold, Loan, Reader
from tables import new_id

from coodie.sync import Document

NAMES = "Ada Bo Cy Dina Emil Fay Gus Hana Ivo Jun Kaya Leo Mira Nils Olga Pia Quin Rosa Sami Tove".split()
SURNAMES = "Archer Brook Castle Dunn Everly Field Grove Hart Ivory Jasper Kerr Lane Marsh North Orr".split()
TITLES = "Middlemarch,Walden,Emma,Persuasion,Dracula,Kim,Nostromo,Ulysses,Hyperion,Faust".split(",")
FILMS = "Metropolis,Nosferatu,Sunrise,The General,The Kid,Safety Last!".split(",")
CITIES, TONGUES = ("Hull", "York", "Leeds"), ("en", "fr", "de", "pl", "sv")
BRANCHES, DAYS, OPENED = ("north", "south", "harbour"), 3, date(2026, 3, 12)


def generate(count: int, random_seed: int) -> list[Document]:
    """Make `count` readers, and what they borrowed and wait for, from shelves that they share."""
    chance = random.Random(random_seed)  # noqa: S311 - sample data
    readers: list[Document] = []
    others: list[Document] = []
    for number in range(count):
        who = new_id(count, random_seed, number)
        readers.append(
            Reader(
                id=who,
                name=f"{chance.choice(NAMES)} {chance.choice(SURNAMES)}",
                born=date(1950, 1, 1) + timedelta(days=chance.randrange(20_000)),
                joined=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(500_000)),
                languages=set(chance.sample(TONGUES, chance.randint(0, 3))),
                marks={"late": chance.randint(1, 5)} if chance.random() < 0.3 else {},  # noqa: PLR2004
                home=Address(street=f"Lime Street {number + 1}", city=chance.choice(CITIES)),
                version=chance.randint(1, 2),
            )
        )
        day = OPENED + timedelta(days=chance.randrange(DAYS))
        taken = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(
            minutes=chance.randrange(540)
        )
        others.append(
            Loan(
                branch=chance.choice(BRANCHES), day=day, taken=taken, reader=who, title=chance.choice(TITLES),
                days=chance.choice((14, 28)), fee=Decimal(chance.randrange(8)) / 2, note=chance.choice((None, "torn")),
            )
        )  # fmt: skip
        others.append(
            Hold(
                title=chance.choice(TITLES), reader=who, branch=chance.choice(BRANCHES), told=number % 3 == 0
            )
        )
    shelves = [
        *(
            Book(shelf=f"{title[0]}", id=new_id(title), kind="book", title=title, pages=200 + 40 * n)
            for n, title in enumerate(TITLES)
        ),
        *(
            Film(shelf=f"{title[0]}", id=new_id(title), kind="film", title=title, minutes=90 + n)
            for n, title in enumerate(FILMS)
        ),
    ]
    return [*readers, *others, *(shelves if count else [])]
