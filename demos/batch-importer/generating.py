"""A file of made-up trips, of any length: the same for the same length, one row in a thousand broken on purpose."""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

from demokit.settings import Settings
from models import FIELDS

STATIONS = tuple(
    f"{place} {side}"
    for place in "Harbour Market Museum Station Castle University Theatre Library Park Bridge".split()
    for side in ("north", "south", "east", "west")
)
OPENED = datetime(2026, 4, 1, 5)  # noqa: DTZ001 - a file without a time zone, as many are; read as UTC
BROKEN = 1000
MEMBERS = 0.7


def folder(settings: Settings) -> Path:
    """Return where generated and uploaded files of this keyspace lie."""
    found = settings.state_dir / "imports" / settings.keyspace
    found.mkdir(parents=True, exist_ok=True)
    return found


def generate_file(settings: Settings, rows: int) -> Path:
    """Write `generated-N.csv`, unless it is there."""
    path = folder(settings) / f"generated-{rows}.csv"
    if not path.exists():
        chance = random.Random(rows)  # noqa: S311 - sample data
        draft = path.with_suffix(".draft")
        with draft.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(FIELDS)
            for number in range(rows):
                started = OPENED + timedelta(seconds=round(number * 90 * 86_400 / rows))
                minutes = (
                    "a while"
                    if number % BROKEN == BROKEN - 1
                    else min(round(chance.expovariate(1 / 14)) + 1, 600)
                )
                member = "true" if chance.random() < MEMBERS else "false"
                writer.writerow(
                    (f"t{number:07}", chance.choice(STATIONS), started.isoformat(), minutes, member)
                )
        draft.rename(path)
    return path
