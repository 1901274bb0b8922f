"""The import itself: a file, a thousand rows at a time, in one of three ways, going on where it was interrupted."""

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from demokit import rows
from demokit.feeds import RowError, reason
from demokit.rows import FeedError
from models import FIELDS, Import, Mode, Trip
from warned import Warned, noting

from coodie.aio import AsyncBatchQuery

CHUNK, BATCH, AT_ONCE = 1000, 100, 64
Tell = Callable[[Import], object]


async def run(path: Path, mode: Mode, columns: Mapping[str, str], tell: Tell) -> Import:
    """Import a file, or the rest of it; `tell` is told of each chunk. A `FeedError` says why it cannot be.

    A chunk counts once its rows are acknowledged, its rejected rows are in their file, and the `Import` row says
    so. Killed before that, the chunk is written again: the same keys, so nothing is doubled; the file of rejected
    rows is cut to where the row says it was.
    """
    state = await _begin(path, mode, dict(columns))
    tell(state)
    found = Warned(state.warnings)
    reader = rows.read(path)
    for _ in islice(reader, state.rows):
        pass  # imported before
    with rejected_file(path, mode).open("ab") as rejects, noting(found):
        rejects.truncate(state.rejected_bytes)
        rejects.seek(0, io.SEEK_END)
        while chunk := list(islice(reader, CHUNK)):
            started = perf_counter()
            trips, rejected = _sorted(path.name, chunk, state.columns)
            await WAYS[mode](trips)
            rejects.write(_lines(rejected, state.columns, with_header=state.rejected_bytes == 0))
            rejects.flush()
            state.rejected_bytes = rejects.tell()
            state.rejected += len(rejected)
            state.rows += len(chunk)
            state.seconds += perf_counter() - started
            state.warnings = dict(found.times)
            await state.save()
            tell(state)
    state.done = True
    await state.save()
    tell(state)
    return state


def rejected_file(path: Path, mode: Mode) -> Path:
    """Return where the rejected rows of an import go: beside the file, to be corrected and imported in turn."""
    return path.with_name(f"{path.stem}.{mode}.rejected.csv")


async def _begin(path: Path, mode: Mode, columns: dict[str, str]) -> Import:
    total = rows.count(path)
    before = await Import.find_one(shelf="imports", file=path.name, mode=mode)
    if before is not None and not before.done:
        if before.total != total:
            raise FeedError(
                f"{path.name} had {before.total} rows when its import began, now {total}. Name it otherwise."
            )
        before.runs += 1
        await before.save()
        return before
    there = rows.columns(path)
    if missing := [field for field in FIELDS if columns.get(field, field) not in there]:
        raise FeedError(
            f"{path.name} has no column for {', '.join(missing)}. It has {', '.join(there) or 'none'}: "
            f"say which is which, as in --map {missing[0]}={there[0] if there else 'column'}."
        )
    return await Import(file=path.name, mode=mode, columns=columns, total=total, warnings={}).save()


def _sorted(
    source: str, chunk: Iterable[rows.Row], columns: Mapping[str, str]
) -> tuple[list[Trip], list[tuple[int, str, dict[str, Any]]]]:
    trips, rejected = [], []
    for line, row in chunk:
        try:
            trips.append(_trip(source, row, columns))
        except (ValueError, OverflowError) as error:
            rejected.append((line, reason(error), row))
    return trips, rejected


def _trip(source: str, row: Mapping[str, Any], columns: Mapping[str, str]) -> Trip:
    if row.get(rows.SURPLUS):
        raise RowError("there is more than the columns; quote values that contain commas")
    values = {field: row.get(columns.get(field, field)) for field in FIELDS}
    if missing := [field for field, value in values.items() if value in (None, "")]:
        raise RowError(f"{', '.join(missing)}: missing")
    return Trip.model_validate({"source": source, **values})


def _lines(
    rejected: Sequence[tuple[int, str, dict[str, Any]]], columns: Mapping[str, str], *, with_header: bool
) -> bytes:
    text = io.StringIO(newline="")
    writer, names = csv.writer(text), [columns.get(field, field) for field in FIELDS]
    if with_header:
        writer.writerow(["line", "reason", *names])
    for line, why, row in rejected:
        writer.writerow([line, why, *(row.get(name) for name in names)])
    return text.getvalue().encode(errors="backslashreplace")  # JSON can hold half of a character


async def _plain(trips: Sequence[Trip]) -> None:
    result = await Trip.bulk_save(trips, concurrency=AT_ONCE)
    for _, error in result.failed:
        raise error


async def _batches(trips: Sequence[Trip], *, logged: bool) -> None:
    async def send(some: Sequence[Trip]) -> None:
        async with AsyncBatchQuery(logged=logged) as batch:
            for trip in some:
                await trip.save(batch=batch)

    await asyncio.gather(*(send(trips[at : at + BATCH]) for at in range(0, len(trips), BATCH)))


WAYS: dict[Mode, Callable[[Sequence[Trip]], Awaitable[None]]] = {
    "plain": _plain,
    "unlogged": lambda trips: _batches(trips, logged=False),
    "logged": lambda trips: _batches(trips, logged=True),
}
