"""`coodie makemigration`: writes the migration that brings a keyspace to its models, for a person to read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coodie.cli.command import CommandError, Exit
from coodie.cli.connection import add_connection_options, connected
from coodie.cli.migrate import add_folder_option
from coodie.cli.models import load_models
from coodie.cli.output import Output, add_output_options
from coodie.cli.schema_diff import document, show
from coodie.migrations import cli as work
from coodie.migrations import next_migration_filename, render_migration

if TYPE_CHECKING:
    import argparse

    from coodie.cli.command import Commands
    from coodie.migrations import SchemaDiff


def register(commands: Commands) -> None:
    """Add `coodie makemigration`."""
    parser = commands.add_parser(
        "makemigration",
        help="write the migration that brings a keyspace to what models declare",
        description="Compare the models of modules with a keyspace, and write a migration of what differs: columns, "
        "types, options, indexes, user types, views. Read it before it is applied. Without modules it is left empty.",
    )
    parser.add_argument("name", metavar="NAME", help="what it does, in a few words; part of the file's name")
    parser.add_argument(
        "models", nargs="*", metavar="MODULE", help="a module, a package, or a file or folder"
    )
    add_folder_option(parser)
    parser.add_argument(
        "--drop", action="store_true", help="drop columns and indexes that the models no longer declare"
    )
    parser.add_argument(
        "--drop-tables", action="store_true", help="drop tables, views and types that no model declares"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the file, write nothing")
    add_connection_options(parser)
    add_output_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    output = Output.of(options)
    diff = None
    if options.models:
        diff = _difference(options)
        show(output, diff)
        if not diff.chosen(drop=options.drop, drop_tables=options.drop_tables):
            return _nothing(output, diff)
        output.say()
    elif options.drop or options.drop_tables:
        raise CommandError("--drop and --drop-tables need models to compare with: name a module", Exit.USAGE)
    text = render_migration(
        diff, options.name.replace("_", " "), drop=options.drop, drop_tables=options.drop_tables
    )
    folder = Path(options.migrations_dir)
    path = folder / next_migration_filename(folder, options.name)
    if options.dry_run:
        output.say(f"# {path}\n{text}".rstrip())
    else:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        output.say(f"wrote {path}", "green")
    output.document(
        {
            "file": str(path),
            "written": not options.dry_run,
            "text": text,
            "difference": None if diff is None else document(diff),
        }
    )
    return Exit.OK


def _difference(options: argparse.Namespace) -> SchemaDiff:
    models = load_models(options.models)
    with connected(options) as driver:
        if Path(options.migrations_dir).is_dir():
            waiting = work.pending(driver, work.Request(driver.keyspace or "", options.migrations_dir))
            if waiting:
                raise CommandError(
                    f"keyspace {driver.keyspace} does not have {', '.join(waiting)} yet, so what they do would be "
                    "written a second time: apply them first (coodie migrate)"
                )
        return work.difference(driver, (*models.types, *models.tables, *models.views))


def _nothing(output: Output, diff: SchemaDiff) -> int:
    output.document({"file": None, "written": False, "text": None, "difference": document(diff)})
    if diff.conflicts:
        raise CommandError("no migration was written: what differs can be changed by no statement")
    output.say("no migration was written: there is nothing to add")
    return Exit.OK
