"""The seed command line that all demos share: `seed.py --count N --seed N --feed FILE`."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coodie.exceptions import CoodieError
from coodie.livingdoc import statement_log
from demokit import database, feeds
from demokit.bars import bar
from demokit.demo import Demo
from demokit.rows import FeedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

COUNT: Final = 50
SEED: Final = 7
AT_ONCE: Final = 32
FAILED, SOME_REJECTED, INTERRUPTED = 1, 3, 130
SHOWN: Final = 5


@dataclass(frozen=True)
class Reader:
    """How a demo reads a feed: the columns it needs, and what makes documents of a row (`ValueError` rejects it).

    What a row has of the `optional` columns is handed on too.
    """

    columns: tuple[str, ...]
    parse: Callable[[Mapping[str, Any]], Sequence[Any]]
    optional: tuple[str, ...] = ()


async def save_plainly(document: Any) -> None:
    """Save a document of either colour."""
    await database.done(document.save())


def seed_command(
    main: str,
    models: Sequence[type[Any]],
    generate: Callable[[int, int], Sequence[Any]],
    *,
    reader: Reader,
    save: Callable[[Any], Any] = save_plainly,
    before: Callable[[], Any] | None = None,
) -> click.Command:
    """Make the command of a demo's `seed.py`.

    `main` is that file. `generate(count, random seed)` is a pure function, so that seeding twice writes the same rows.
    `before`, of either colour, is called once the tables are there and before a row is written: what adds up, such as
    a counter, is truncated there, or a second time would add to the first.
    """

    @click.command(help="Fill this demo's tables with sample data, or with a file of yours.")
    @click.option(
        "--count", type=click.IntRange(min=0), default=COUNT, show_default=True, help="How many to generate."
    )
    @click.option(
        "--seed", "random_seed", default=SEED, show_default=True, help="Another number, other data."
    )
    @click.option(
        "--feed",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help=f"Read this .csv or .json file instead; columns: {', '.join(reader.columns)}.",
    )
    def command(count: int, random_seed: int, feed: Path | None) -> None:
        out, err = Console(), Console(stderr=True)
        try:
            found = feeds.read(feed, reader.columns, reader.parse, reader.optional) if feed else None
            documents = found.documents if found else generate(count, random_seed)
            rejected = found.rejected if found else []
            if documents:
                _write(Demo(main, promise="", models=models, port=0), documents, save, before, out)
        except KeyboardInterrupt:
            err.print(
                "[yellow]Stopped.[/] What was written stays; run it again and the rest follows, nothing twice."
            )
            sys.exit(INTERRUPTED)
        except (FeedError, database.NoServerError, CoodieError, ValueError) as error:
            err.print(
                "[bold red]Nothing more was written.[/]", escape(str(error)), highlight=False, soft_wrap=True
            )
            sys.exit(FAILED)
        if feed and rejected:
            _report(feed, rejected, reader.columns, err)
            err.print("The other rows were written." if documents else "Nothing was written.")
            sys.exit(SOME_REJECTED)

    return command


def _write(
    demo: Demo,
    documents: Sequence[Any],
    save: Callable[[Any], Any],
    before: Callable[[], Any] | None,
    out: Console,
) -> None:
    started = time.perf_counter()
    with bar(out, transient=True) as progress:
        task = progress.add_task(f"seeding {demo.settings.keyspace}", total=len(documents))
        asyncio.run(_write_all(demo, documents, save, before, lambda: progress.advance(task)))
    seconds = time.perf_counter() - started
    table = Table("model", box=SIMPLE_HEAD, header_style="cyan")
    table.add_column("rows", justify="right", style="green")
    for model, number in Counter(type(document).__name__ for document in documents).items():
        table.add_row(model, f"{number:,}")
    out.print(f"[bold cyan]{demo.name}[/], keyspace {demo.settings.keyspace}", highlight=False)
    out.print(table)
    out.print(f"[green]{len(documents):,} rows written[/] in {seconds:.1f} s.", highlight=False)


async def _write_all(
    demo: Demo,
    documents: Iterable[Any],
    save: Callable[[Any], Any],
    before: Callable[[], Any] | None,
    advance: Callable[[], None],
) -> None:
    remaining = iter(documents)

    async def work() -> None:
        for document in remaining:
            await database.done(save(document))
            advance()

    end_log = statement_log.install_from_environment()
    async with database.connected(demo):
        if before is not None:
            await database.done(before())
        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    if end_log:
        end_log()


def _report(feed: Path, rejected: Sequence[feeds.Rejected], columns: Sequence[str], err: Console) -> None:
    target = feeds.write_rejected(feed, rejected, columns, Path.cwd())
    rows = "1 row was" if len(rejected) == 1 else f"{len(rejected)} rows were"
    err.print(f"[bold red]{rows} rejected[/] from {feed.name}:", highlight=False)
    for one in rejected[:SHOWN]:
        err.print(f"  line {one.line}: {one.reason}", highlight=False, markup=False, soft_wrap=True)
    if len(rejected) > SHOWN:
        err.print(f"  and {len(rejected) - SHOWN} more", highlight=False)
    err.print(f"Correct them in {target.name} and feed that file.", highlight=False, soft_wrap=True)
