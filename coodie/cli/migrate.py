"""`coodie migrate`: applies the migrations of a folder to a keyspace, rolls them back, and says where things stand."""

from __future__ import annotations

import argparse
from itertools import groupby
from typing import TYPE_CHECKING

from coodie.cli.command import CommandError, Exit
from coodie.cli.connection import add_connection_options, connected, must_exist
from coodie.cli.migrate_progress import Shown
from coodie.cli.output import Output, add_output_options
from coodie.migrations import cli as work
from coodie.migrations.history import TargetError
from coodie.migrations.lock import SHORTEST_TTL

if TYPE_CHECKING:
    from coodie.cli.command import Commands
    from coodie.drivers.base import AbstractDriver
    from coodie.migrations import MigrationResult, MigrationStatus

DEFAULT_FOLDER = "migrations"
LONG = 60  # beside name, state and moment


def register(commands: Commands) -> None:
    """Add `coodie migrate`."""
    parser = commands.add_parser(
        "migrate",
        help="apply the migrations of a folder, roll them back, or show where things stand",
        description="Apply to a keyspace, in order, the migrations of a folder that it does not have. One runner works "
        "at a time; one that was killed is followed by the next, which goes on where it stopped.",
    )
    add_folder_option(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--status", action="store_true", help="list the migrations and their state, change nothing"
    )
    what.add_argument(
        "--rollback", action="store_true", help="take back the last migration, or --steps of them"
    )
    what.add_argument(
        "--check", action="store_true", help="change nothing, and exit with 4 unless everything is applied"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print the CQL that would be sent, send nothing but reads"
    )
    parser.add_argument("--steps", type=_at_least_one, help="how many to roll back (default: 1)")
    parser.add_argument(
        "--target",
        metavar="MIGRATION",
        help="the migration to stop after, by name or the beginning of one; with --rollback the one to go back to",
    )
    parser.add_argument(
        "--wait",
        type=_seconds,
        default=0.0,
        metavar="SECONDS",
        help="wait for another runner (default: do not)",
    )
    parser.add_argument(
        "--lock-ttl",
        type=_ttl,
        default=300,
        metavar="SECONDS",
        help="when the lock of a runner that was killed ends (default: 300); a living one renews it",
    )
    add_connection_options(parser)
    add_output_options(parser)
    parser.set_defaults(run=_run)


def add_folder_option(parser: argparse.ArgumentParser) -> None:
    """Add the folder of the migrations."""
    parser.add_argument(
        "--migrations-dir",
        default=DEFAULT_FOLDER,
        metavar="FOLDER",
        help=f"where the migrations are (default: {DEFAULT_FOLDER})",
    )


def _run(options: argparse.Namespace) -> int:
    output = Output.of(options)
    if options.steps is not None and (not options.rollback or options.target):
        raise CommandError("--steps goes with --rollback, and not with --target", Exit.USAGE)
    if (options.status or options.check) and (options.dry_run or options.target):
        raise CommandError(
            "--status and --check change nothing: leave --dry-run and --target out", Exit.USAGE
        )
    with connected(options) as driver:
        must_exist(driver)
        request = work.Request(
            keyspace=driver.keyspace or "",
            migrations_dir=options.migrations_dir,
            dry_run=options.dry_run,
            rollback=options.rollback,
            steps=options.steps or 1,
            target=options.target,
            lock_ttl=options.lock_ttl,
            wait=options.wait,
        )
        if options.status or options.check:
            return _status(output, work.status(driver, request), check=options.check)
        return _migrate(output, driver, request)


def _status(output: Output, lines: list[MigrationStatus], *, check: bool) -> int:
    shown = [
        (
            line.name,
            line.state,
            f"{line.at:%Y-%m-%d %H:%M:%S}" if line.at else "",
            line.description if _is_long(line.note) else line.note or line.description,
        )
        for line in lines
    ]
    output.table(["migration", "state", "since (UTC)", ""], shown)
    for line in lines:
        if _is_long(line.note):
            output.say()
            output.say(f"{line.name}, {line.state}", "bold")
            for part in line.note.split("; "):
                output.say(f"  {part}")
    waiting = sum(line.state != "applied" for line in lines)
    output.say()
    applied = f"{len(lines) - waiting} of {counted(len(lines), 'migration')} applied"
    output.say(applied, "yellow" if waiting else "green")
    output.document(
        [
            {
                "name": line.name,
                "state": line.state,
                "description": line.description,
                "at": line.at.isoformat() if line.at else None,
                "note": line.note,
            }
            for line in lines
        ]
    )
    return Exit.DIFFERENT if check and waiting else Exit.OK


def _migrate(output: Output, driver: AbstractDriver, request: work.Request) -> int:
    progress = Shown(output, quiet=request.dry_run)
    try:
        outcome = work.migrate(driver, request, progress)
    except TargetError as error:
        raise CommandError(str(error), Exit.USAGE) from error
    results = outcome.results
    if request.dry_run:
        _rehearsed(output, outcome, "roll back" if request.rollback else "apply")
    elif not results:
        output.say(
            "nothing to roll back" if request.rollback else f"keyspace {request.keyspace} is up to date"
        )
    else:
        verb = "rolled back" if request.rollback else "applied"
        output.say(f"{counted(len(results), 'migration')} {verb}", "green")
    output.document(
        {
            "dry_run": request.dry_run,
            "bookkeeping": outcome.books,
            "migrations": [
                {
                    "name": each.name,
                    "direction": each.direction,
                    "description": each.description,
                    "again": each.again,
                    "seconds": round(each.seconds, 3),
                    "statements": list(each.planned_cql),
                }
                for each in results
            ],
        }
    )
    return Exit.OK


def _rehearsed(output: Output, outcome: work.Outcome, verb: str) -> None:
    if not outcome.results:
        output.say(f"-- nothing to {verb}")
        return
    if outcome.books:
        output.say("-- the table that remembers", "dim")
        for cql in outcome.books:
            output.say(f"{cql};")
    for result in outcome.results:
        _script(output, result)


def _script(output: Output, result: MigrationResult) -> None:
    told = f": {result.description}" if result.description else ""
    again = " (goes on where it was interrupted)" if result.again else ""
    output.say(f"-- {result.direction} {result.name}{told}{again}", "dim")
    if not result.planned_cql:
        output.say("-- sends nothing", "dim")
    for cql, same in groupby(result.planned_cql):
        times = sum(1 for _ in same)
        output.say(f"{cql.strip().removesuffix(';')};{f'  -- {times} times' if times > 1 else ''}")


def _is_long(note: str) -> bool:
    """Tell whether a note needs lines of its own, below the table."""
    return len(note) > LONG


def counted(count: int, what: str) -> str:
    """Write a number with its noun."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def _at_least_one(text: str) -> int:
    return _number(text, 1, "steps")


def _ttl(text: str) -> int:
    return _number(text, SHORTEST_TTL, "seconds")


def _number(text: str, least: int, what: str) -> int:
    value = int(text) if text.isdecimal() else 0
    if value < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of {what} of at least {least}")
    return value


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return value
