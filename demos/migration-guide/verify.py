"""Hold every copied row against its original, part by part of the token ring, and name what differs.

The original is read by cqlengine, which wrote it, and the copy by coodie, which made it: a value that is equal, and of
the same type, has gone all the way round. `python verify.py` shows a bar, goes on where it was interrupted, and ends
with 1 where anything differs.
"""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import click
import engine
import migrate
from demokit import database
from demokit.bars import bar
from models import Difference, Verification
from pydantic import BaseModel
from rich.console import Console
from rich.markup import escape
from tables import PARTS, TABLES, Key, Row, Time, copy_of, key_of, partition_of, rows, told

from coodie.exceptions import CoodieError

KEPT = 100  # of the differences; all are counted
LATE = 60  # seconds by which an expiry may differ: reading, writing and reading again take a while
Tell = Callable[[Verification], object]


def run(tell: Tell, *, again: bool = False, pace: float | None = None) -> list[Verification]:
    """Compare all tables, or what is left of them; `tell` is told after each part of the ring.

    Begins anew when the last comparison came to its end, or `again` says so. At most `pace` rows a second are read.
    """
    known = {name: Verification.find_one(shelf="verifications", table=name) for name in TABLES}
    if again or all(state is not None and state.done for state in known.values()):
        known = dict.fromkeys(TABLES)
        for name in TABLES:
            known[name] = Verification(table=name).save()
    return [_table(name, state, tell, pace) for name, state in known.items()]


def _table(name: str, state: Verification | None, tell: Tell, pace: float | None) -> Verification:
    if state is None:
        state = Verification(table=name).save()
    elif state.part and not state.done:
        state.runs += 1
    tell(state)
    while not state.done:
        count, found = compare(name, state.part)
        state.first = [*state.first, *found][:KEPT]
        state.differences += len(found)
        state.rows += count
        state.part += 1
        state.done = state.part == PARTS
        state.save()
        tell(state)
        if pace and not state.done:
            time.sleep(count / pace)
    return state


def compare(name: str, part: int) -> tuple[int, list[Difference]]:
    """Compare a part of the ring; return how many rows there are in either table, and what differs."""
    originals, copies = dict(rows(TABLES[name], part)), dict(rows(copy_of(name), part))
    written = dict(_by_cqlengine(name, originals))
    found = []
    everything = originals | copies
    for key in everything:
        row = told(TABLES[name], key)
        for column, what, original, copied in _row(
            name, originals.get(key), written.get(key), copies.get(key)
        ):
            found.append(
                Difference(table=name, row=row, column=column, what=what, original=original, copied=copied)
            )
    return len(everything), found


def _by_cqlengine(name: str, originals: dict[Key, Row]) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Read the rows of these partitions with cqlengine, which asks for one partition at a time."""
    names, key = partition_of(TABLES[name]), key_of(TABLES[name])
    columns = TABLES[name].model_fields
    for partition in dict.fromkeys(values[: len(names)] for values in originals):
        for row in engine.read(name, dict(zip(names, partition, strict=True))):
            values = {column: engine.plain(getattr(row, column, None)) for column in columns}
            yield tuple(values[column] for column in key), values


Found = tuple[str, Any, str, str]


def _row(
    name: str, original: Row | None, written: dict[str, Any] | None, copied: Row | None
) -> Iterator[Found]:
    if original is None or written is None or copied is None:
        is_there = "not there" if original is None else "not read" if written is None else "there"
        yield "", "row", is_there, "not there" if copied is None else "there"
        return
    for column in TABLES[name].model_fields:
        was, now = written[column], _plain(copied.values.get(column))
        if type(was) is not type(now):
            yield column, "type", f"{type(was).__name__} {_shown(was)}", f"{type(now).__name__} {_shown(now)}"
        elif was != now:
            yield column, "value", _shown(was), _shown(now)
        if column in original.times and column in copied.times:
            yield from _times(column, original.times[column], copied.times[column])


def _times(column: str, was: Time, now: Time) -> Iterator[Found]:
    if was.written != now.written:
        yield column, "writetime", _moment(was.written), _moment(now.written)
    if (was.rest is None) != (now.rest is None) or abs((was.rest or 0) - (now.rest or 0)) > LATE:
        yield column, "ttl", _rest(was.rest), _rest(now.rest)


def _plain(value: Any) -> Any:
    return value.model_dump() if isinstance(value, BaseModel) else value


def _shown(value: Any) -> str:
    if isinstance(value, set):
        return f"{{{', '.join(sorted(map(repr, value)))}}}"
    return str(value) if isinstance(value, str | date | UUID | Decimal) else repr(value)


def _moment(microseconds: int) -> str:
    return str(datetime.fromtimestamp(microseconds / 1_000_000, UTC))


def _rest(seconds: int | None) -> str:
    return "stays" if seconds is None else f"expires in {seconds:,} s"


@click.command(help="Compare every copied row with its original; started again, it goes on where it was.")
@click.option("--again", is_flag=True, help="Begin anew, whatever was compared before.")
@click.option(
    "--pace", type=click.FloatRange(min=0, min_open=True), help="Read at most so many rows a second."
)
def main(*, again: bool, pace: float | None) -> None:
    """Compare, with a bar; end with 0 where all is equal, 1 where something differs, 2 where it cannot be told."""
    out, err = Console(), Console(stderr=True)
    try:
        engine.connect()
        with migrate.connected():
            if not migrate.is_copied():
                err.print("Nothing is copied yet: python migrate.py does that.")
                sys.exit(migrate.FAILED)
            found = _watched(out, again=again, pace=pace)
    except KeyboardInterrupt:
        err.print("[yellow]Stopped.[/] Start it again and it goes on where it was.")
        sys.exit(migrate.INTERRUPTED)
    except (database.NoServerError, CoodieError) as error:
        err.print("[bold red]Not compared:[/]", escape(str(error)), highlight=False, soft_wrap=True)
        sys.exit(migrate.FAILED)
    for state in found:
        colour = "red" if state.differences else "green"
        out.print(
            f"[{colour}]{state.table}[/]: {state.rows:,} rows, {state.differences:,} differences",
            highlight=False,
        )
        for one in state.first:
            where = f"column {one.column}: {one.what}" if one.column else one.what
            line = f"  {one.row} {where}: {one.original} → {one.copied}"
            out.print(line, highlight=False, markup=False, soft_wrap=True)
        if state.differences > len(state.first):
            out.print(f"  and {state.differences - len(state.first):,} more", highlight=False)
    if any(state.differences for state in found):
        sys.exit(migrate.DIFFERS)


def _watched(out: Console, *, again: bool, pace: float | None) -> list[Verification]:
    with bar(out) as progress:
        task = progress.add_task("comparing", total=PARTS * len(TABLES))
        places = {name: PARTS * number for number, name in enumerate(TABLES)}
        begun: set[str] = set()

        def tell(state: Verification) -> None:
            if state.table not in begun and state.part and not state.done:
                text = f"Going on with {state.table} at part {state.part} of {PARTS}, run {state.runs}."
                out.print(text, highlight=False)
            begun.add(state.table)
            progress.update(
                task, completed=places[state.table] + state.part, description=f"comparing {state.table}"
            )

        return run(tell, again=again, pace=pace)


if __name__ == "__main__":
    main()
