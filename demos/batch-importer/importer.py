"""The command line: import a file, watch it, stop it however you like, and start it again."""

import asyncio
import sys
from pathlib import Path
from typing import Any, get_args

import click
from demokit import database
from demokit.bars import bar
from demokit.demo import Demo
from demokit.rows import FeedError
from demokit.settings import Settings
from generating import generate_file
from importing import rejected_file, run
from models import FIELDS, MODELS, Import, Mode, rows_per_second
from rich.console import Console
from rich.markup import escape

from coodie.exceptions import CoodieError

FOLDER = Path(__file__).resolve().parent
FAILED, SOME_REJECTED, INTERRUPTED = 1, 3, 130


def mapped(_context: Any, _parameter: Any, pairs: tuple[str, ...]) -> dict[str, str]:
    """Read `field=column` pairs."""
    found = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or not column or field not in FIELDS:
            raise click.BadParameter(f"{pair!r} is not FIELD=COLUMN with one of {', '.join(FIELDS)}")
        found[field] = column
    return found


@click.command(
    help="Import trips from a .csv or .json file of any size; started again, it goes on where it was."
)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--generate", type=click.IntRange(1000, 5_000_000), help="Make a file of so many rows and import that."
)
@click.option("--mode", type=click.Choice(get_args(Mode)), default="plain", show_default=True)
@click.option(
    "--map", "columns", multiple=True, callback=mapped, metavar="FIELD=COLUMN", help="Which column is which."
)
def main(file: Path | None, generate: int | None, mode: Mode, columns: dict[str, str]) -> None:
    """Import a file, or one that is made for it."""
    out, err = Console(), Console(stderr=True)
    if (file is None) == (generate is None):
        raise click.UsageError("Name a file, or --generate a number of rows; one of the two.")
    try:
        path = file or generate_file(Settings.load(FOLDER), generate or 0)
        state = asyncio.run(_import(path, mode, columns, out))
    except KeyboardInterrupt:
        err.print(
            "[yellow]Stopped.[/] Start it again and it goes on where it was; nothing is lost or doubled."
        )
        sys.exit(INTERRUPTED)
    except (FeedError, database.NoServerError, CoodieError) as error:
        err.print("[bold red]Not imported:[/]", escape(str(error)), highlight=False, soft_wrap=True)
        sys.exit(FAILED)
    out.print(
        f"[green]{state.rows - state.rejected:,} rows are in[/], {rows_per_second(state):,} a second, {mode}.",
        highlight=False,
    )
    for warning, times in sorted(state.warnings.items()):
        out.print(f"[yellow]{times:,} times:[/] {escape(warning)}", highlight=False, soft_wrap=True)
    if state.rejected:
        rejects = rejected_file(path, mode)
        err.print(
            f"[bold red]{state.rejected:,} rows were rejected[/]: {rejects}", highlight=False, soft_wrap=True
        )
        sys.exit(SOME_REJECTED)


async def _import(path: Path, mode: Mode, columns: dict[str, str], out: Console) -> Import:
    with bar(out, remaining=True) as progress:
        task = progress.add_task(f"{path.name}, {mode}", total=None)
        resumed: list[int] = []

        def tell(state: Import) -> None:
            if not resumed:
                resumed.append(state.rows)
                if state.rows:
                    out.print(f"Going on at row {state.rows:,}, run {state.runs}.", highlight=False)
            progress.update(task, total=state.total, completed=state.rows)

        async with database.connected(Demo(__file__, promise="", models=MODELS, port=0)):
            return await run(path, mode, columns, tell)


if __name__ == "__main__":
    main()
