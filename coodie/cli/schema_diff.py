"""`coodie schema-diff`: what models declare and a keyspace has, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coodie.cli.command import Exit
from coodie.cli.connection import add_connection_options, connected
from coodie.cli.models import load_models
from coodie.cli.output import Output, add_output_options
from coodie.migrations import cli as work
from coodie.migrations.changes import Change, styled_lines, text_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from coodie.cli.command import Commands
    from coodie.migrations import SchemaDiff

_STYLES = {
    "add": "green",
    "drop": "yellow",
    "change": "cyan",
    "conflict": "red",
    "undeclared": "dim",
    "head": "bold",
}


def register(commands: Commands) -> None:
    """Add `coodie schema-diff`."""
    parser = commands.add_parser(
        "schema-diff",
        help="show how models and a keyspace differ",
        description="Compare the models of modules with a keyspace and show what differs: + only in the models, - only "
        "on the server, ~ other on both, ! what no statement can change. Sends nothing but five reads.",
    )
    parser.add_argument(
        "models", nargs="+", metavar="MODULE", help="a module, a package, or a file or folder"
    )
    parser.add_argument("--check", action="store_true", help="exit with 4 unless models and keyspace agree")
    add_connection_options(parser)
    add_output_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    output = Output.of(options)
    models = load_models(options.models)
    with connected(options) as driver:
        diff = work.difference(driver, (*models.types, *models.tables, *models.views))
    show(output, diff)
    output.document(document(diff))
    return Exit.DIFFERENT if options.check and diff else Exit.OK


def show(output: Output, diff: SchemaDiff) -> None:
    """Print the difference for people."""
    if not diff:
        output.say(f"models and keyspace {diff.keyspace} agree", "green")
    for line, kind in styled_lines(diff):
        output.say(line, _STYLES[kind])


def document(diff: SchemaDiff) -> dict[str, Any]:
    """Return the difference for programs."""
    return {
        "keyspace": diff.keyspace,
        "agree": not diff,
        "changes": _listed(diff.changes),
        "leftovers": _listed(diff.leftovers),
        "undeclared": _listed(diff.undeclared),
        "conflicts": list(diff.conflicts),
    }


def _listed(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [
        {
            "of": change.table,
            "what": change.what,
            "name": change.name,
            "action": change.action,
            "detail": change.detail,
            "cql": [text_of(step) for step in change.up],
        }
        for change in changes
    ]
