"""The files that were generated or uploaded, by their names, and what the pages tell of imports."""

import hashlib
import re
from pathlib import Path
from typing import Any

from demokit import rows
from demokit.rows import FeedError
from demokit.settings import Settings
from fastapi import HTTPException, UploadFile
from generating import STATIONS, folder
from models import FIELDS, MODES, Import, Mode, Trip, rows_per_second

from coodie.aio import gather

PIECE, SHOWN = 1 << 20, 5
ALIKE = {
    "id": ("ride_id", "trip_id", "number"),
    "station": ("start_station", "start_station_name", "from", "place"),
    "started": ("started_at", "start_time", "time", "date"),
    "minutes": ("duration", "length", "duration_minutes"),
    "member": ("subscriber", "is_member", "member_casual"),
}


def named(settings: Settings, name: str) -> Path:
    """Find a file by its name, among those that lie here and nowhere else."""
    for path in folder(settings).iterdir():
        if path.name == name and path.suffix in {".csv", ".json"}:
            return path
    raise HTTPException(404, f"There is no file {name!r} here: generate or upload it first.")


async def keep(settings: Settings, sent: UploadFile) -> Path:
    """Keep an uploaded file, piece by piece, under its name and the beginning of its digest."""
    suffix = Path(sent.filename or "").suffix.lower()
    if suffix not in {".csv", ".json"}:
        raise HTTPException(
            422, f"{sent.filename or 'Nothing'} cannot be read. Choose a .csv or a .json file."
        )
    stem = re.sub(r"[^a-z0-9]+", "-", Path(sent.filename or "").stem.lower()).strip("-")[:40] or "file"
    digest, draft = hashlib.sha256(), folder(settings) / f"{stem}.draft"
    with draft.open("wb") as stream:
        while piece := await sent.read(PIECE):
            digest.update(piece)
            stream.write(piece)
    path = draft.with_name(f"{stem}-{digest.hexdigest()[:8]}{suffix}")
    return draft.rename(path)


def guessed(path: Path) -> tuple[list[str], dict[str, str]]:
    """Return a file's columns, and for each field the column that is probably meant."""
    try:
        there = rows.columns(path)
    except FeedError as error:
        raise HTTPException(422, str(error)) from error
    lower = {name.lower(): name for name in reversed(there)}
    found: dict[str, str] = {}
    for field in FIELDS:
        for word in (field, *ALIKE[field]):
            if word in lower:
                found.setdefault(field, lower[word])
    return there, found


async def counted(file: str) -> int:
    """Count what is in the table of a generated file: a partition for each of its stations."""
    numbers = await gather(
        *(Trip.find(source=file, station=station).values_list("count(*)", flat=True) for station in STATIONS)
    )
    return sum(number for [number] in numbers)


async def sample() -> list[Trip]:
    """Read the first sample trip of a few stations: one statement, a partition for each."""
    asked = Trip.find(source="sample", station__in=list(STATIONS)).per_partition_limit(1)
    return await asked.limit(SHOWN).all()


def compared(imports: list[Import]) -> list[dict[str, Any]]:
    """Set the modes of each file side by side, the longest files first, those that are whole alone."""
    files: dict[str, dict[Mode, Import]] = {}
    for state in imports:
        if state.done and rows_per_second(state):
            files.setdefault(state.file, {})[state.mode] = state
    found = [
        {
            "file": file,
            "total": next(iter(modes.values())).total,
            "speeds": [(mode, rows_per_second(modes[mode])) for mode in MODES if mode in modes],
        }
        for file, modes in files.items()
    ]
    return sorted(found, key=lambda one: -one["total"])
