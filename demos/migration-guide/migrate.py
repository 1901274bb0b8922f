"""From cqlengine to coodie, step by step: its tables, an empty plan, a copy of every row, a schema that goes on.

`python migrate.py` does all of it and says what each step has found; it ends with 1 where the plan is not empty.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import engine
import evolved
from coodie_models import Hold, Item, Loan, Reader
from demokit import database
from demokit.bars import bar
from demokit.demo import Demo
from demokit.settings import Settings
from models import Verification
from pydantic import BaseModel
from rich.console import Console
from rich.markup import escape
from sample import generate
from tables import PARTS, TABLES, Row, Time, copy_of, key_of, rows

from coodie.exceptions import CoodieError
from coodie.livingdoc import statement_log
from coodie.sync import Document

ADOPTED = (Reader, Loan, Hold, Item)
DIFFERS, FAILED, INTERRUPTED = 1, 2, 130
Tell = Callable[[str, int, int], object]


class Planned(BaseModel):
    """What coodie would have to change before a model fits its table; nothing, when the two are alike."""

    table: str
    statements: list[str]
    drift: list[str]


class Copied(BaseModel):
    """How many rows of a table were copied."""

    table: str
    rows: int


@contextmanager
def connected() -> Iterator[None]:
    """Connect coodie for a command, with the table in which comparisons are noted."""
    end_log = statement_log.install_from_environment()
    with database.connected_sync(Demo(__file__, promise="", models=(Verification,), port=0)):
        yield
    if end_log:
        end_log()


def parity() -> list[Planned]:
    """Compare coodie's models with the tables that cqlengine made; nothing is changed."""
    plans = {model.table_name(): model.sync_table(dry_run=True) for model in ADOPTED}
    return [Planned(table=name, statements=[*plan], drift=[*plan.drift]) for name, plan in plans.items()]


def planned_evolution() -> list[str]:
    """Return what is still to be sent before the schema is the evolved one."""
    return [*evolved.Reader.sync_table(dry_run=True)]


def evolve() -> list[str]:
    """Let the schema go on; the old program keeps working, because it names the columns that it knows."""
    return [*evolved.Reader.sync_table()]


def is_copied() -> bool:
    """Tell whether there is a copy of the table that is copied last."""
    return not copy_of([*TABLES][-1]).sync_table(dry_run=True)


def forget() -> None:
    """Drop the copies, and what was found in them."""
    for name in TABLES:
        copy_of(name).drop_table()
    Verification.sync_table()
    Verification.find(shelf="verifications").delete()


def copy(tell: Tell) -> list[Copied]:
    """Write every row anew into a table of its own: read by coodie, written by coodie, each cell with its own times.

    `tell` is told of each part of the token ring: the table, how many parts are done, how many rows. A copy begins
    empty, so doing it again is fine; what was compared before was another copy.
    """
    Verification.find(shelf="verifications").delete()
    return [_copy_table(name, tell) for name in TABLES]


def _copy_table(name: str, tell: Tell) -> Copied:
    into, count = copy_of(name), 0
    into.sync_table()
    into.truncate()
    for part in range(PARTS):
        for key, row in rows(TABLES[name], part):
            _write(into, dict(zip(key_of(into), key, strict=True)), row)
            count += 1
        tell(name, part + 1, count)
    return Copied(table=name, rows=count)


def _write(into: type[Document], key: dict[str, Any], row: Row) -> None:
    """Write a row: whole with the times of its oldest cell, then the cells that were written or expire at others."""
    cells: dict[Time, dict[str, Any]] = {}
    for column, time in row.times.items():
        cells.setdefault(time, {})[column] = row.values[column]
    document = into(**row.values)
    if not cells:
        document.save()
        return
    oldest = min(cells, key=lambda time: time.written)
    document.save(timestamp=oldest.written, ttl=oldest.rest or 0)
    for time, values in cells.items():
        if time != oldest:
            into.find(**key).timestamp(time.written).ttl(time.rest or 0).update(**values)


@click.command(
    help="Make and fill cqlengine's tables, adopt them with coodie, copy them, and let the schema go on."
)
@click.option("--count", type=click.IntRange(min=0), default=50, show_default=True, help="How many readers.")
@click.option("--seed", "random_seed", default=7, show_default=True, help="Another number, other rows.")
def main(count: int, random_seed: int) -> None:
    """Do one step after the other."""
    out, err = Console(), Console(stderr=True)
    logging.getLogger("coodie.schema").setLevel(
        logging.ERROR
    )  # drift is what the last step makes, when done twice
    try:
        database.create_keyspace(Settings.load(engine.FOLDER))
        engine.connect()
        documents = generate(count, random_seed)
        for document in documents:
            engine.save(document)
        out.print(
            f"[cyan]1[/] cqlengine has made its tables and written {len(documents):,} rows.", highlight=False
        )
        with connected():
            _adopt(out, err)
    except KeyboardInterrupt:
        err.print("[yellow]Stopped.[/] Start it again; every step can be done twice.")
        sys.exit(INTERRUPTED)
    except (database.NoServerError, CoodieError) as error:
        err.print("[bold red]Not migrated:[/]", escape(str(error)), highlight=False, soft_wrap=True)
        sys.exit(FAILED)


def _adopt(out: Console, err: Console) -> None:
    found = parity()
    for plan in found:
        for statement in plan.statements:
            err.print(f"  {statement}", highlight=False, markup=False, soft_wrap=True)
    if any(plan.statements for plan in found):
        err.print("[bold red]2[/] coodie's models are not what the tables are: see above.", highlight=False)
        sys.exit(DIFFERS)
    out.print(
        f"[cyan]2[/] coodie would send 0 statements: {len(found)} of {len(found)} tables fit.",
        highlight=False,
    )
    with bar(out, transient=True) as progress:
        task = progress.add_task("copying", total=PARTS * len(TABLES))
        copied = copy(
            lambda name, _part, _rows: progress.update(task, advance=1, description=f"copying {name}")
        )
    told = ", ".join(f"{each.rows:,} of {each.table}" for each in copied)
    out.print(f"[cyan]3[/] coodie has copied {told}.", highlight=False)
    sent = evolve()
    out.print(f"[cyan]4[/] The schema has gone on: {len(sent)} statements were sent.", highlight=False)
    for statement in sent:
        out.print(f"  {statement}", highlight=False, markup=False, soft_wrap=True)
    out.print("Now compare every row: python verify.py", highlight=False)


if __name__ == "__main__":
    main()
