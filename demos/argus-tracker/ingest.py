"""The command line: stream the events of a long run, batch by batch; started again, it goes on where it was."""

import asyncio
import sys
from time import perf_counter

import click
import ingesting
import stream
import tracker
from demokit import database
from demokit.bars import bar
from demokit.demo import Demo
from models import MODELS, EventBatch, Group
from rich.console import Console
from rich.markup import escape

from coodie.exceptions import CoodieError
from coodie.livingdoc import statement_log

AT_ONCE = 4
FAILED, INTERRUPTED = 1, 130


@click.command(help="Stream events of one run into the tracker, as an agent on its machines would.")
@click.option("--events", type=click.IntRange(1000, 5_000_000), default=100_000, show_default=True)
def main(events: int) -> None:
    """Stream so many events."""
    out, err = Console(highlight=False), Console(stderr=True, highlight=False)
    started = perf_counter()
    try:
        sent = asyncio.run(_stream(events, out))
    except KeyboardInterrupt:
        err.print("[yellow]Stopped.[/] Start it again: batches that have arrived are not sent again.")
        sys.exit(INTERRUPTED)
    except (database.NoServerError, CoodieError, ValueError) as error:
        err.print("[bold red]Not streamed:[/]", escape(str(error)), soft_wrap=True)
        sys.exit(FAILED)
    seconds = perf_counter() - started
    run = stream.a_run(events)
    out.print(f"[green]{sent:,} events sent[/] in {seconds:.1f} s, {sent / seconds:,.0f} a second.")
    out.print(f"They are on /runs/{run.release}/{run.test}/{run.id}", soft_wrap=True)


async def _stream(events: int, out: Console) -> int:
    run, sent = stream.a_run(events), 0
    with bar(out, remaining=True) as progress:
        task = progress.add_task("events", total=events)
        end_log = statement_log.install_from_environment()
        async with database.connected(Demo(__file__, promise="", models=MODELS, port=0)):
            await Group(release=run.release, name="cluster", about="Clusters under load, for hours").save()
            await stream.a_test().save()
            await tracker.submit(run)
            there = set(await EventBatch.find(run=run.id).values_list("number", flat=True).all())
            if there:
                out.print(f"{len(there)} batches have arrived before.")
            waiting = iter(enumerate(stream.batches(events)))

            async def work() -> None:
                nonlocal sent
                for number, places in waiting:
                    if number not in there:
                        made = stream.events(run.id, number, places)
                        await ingesting.arrived(run, number, made, "stream")
                        sent += len(made)
                    progress.advance(task, len(places))

            await asyncio.gather(*(work() for _ in range(AT_ONCE)))
            await tracker.finish(run, "passed", 36 * events)
        if end_log:
            end_log()
    return sent


if __name__ == "__main__":
    main()
