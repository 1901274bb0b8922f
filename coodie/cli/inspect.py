"""`coodie inspect`: the models of a keyspace that is there already."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from coodie.cli.command import CommandError, Exit
from coodie.cli.connection import add_connection_options, connected, must_exist
from coodie.cli.models import models_in
from coodie.cli.output import Output, add_output_options
from coodie.cli.sync import tasks_of
from coodie.codegen.models import Generated, write_models
from coodie.execution import run_plan
from coodie.operations.keyspace_schema import LiveKeyspace, introspect_keyspace

if TYPE_CHECKING:
    import argparse

    from coodie.cli.command import Commands
    from coodie.drivers.base import AbstractDriver

_MODULE = "coodie_inspected_models"


def register(commands: Commands) -> None:
    """Add `coodie inspect`."""
    parser = commands.add_parser(
        "inspect",
        help="write the models of an existing keyspace",
        description="Read a keyspace and write its models: typed, formatted, with keys, indexes, options, user types "
        "and views. Before they are shown they are compared with the keyspace: syncing them sends nothing.",
    )
    parser.add_argument(
        "tables", nargs="*", metavar="TABLE", help="tables and views to write (default: all of the keyspace)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file that is not there yet")
    parser.add_argument(
        "--sync", action="store_true", help="write classes of coodie.sync (default: async ones)"
    )
    add_connection_options(parser)
    add_output_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    output = Output.of(options)
    target = None if options.output is None else Path(options.output)
    if target is not None and target.exists():
        raise CommandError(f"{target} is there already: name another file, or remove it", Exit.USAGE)
    if target is not None and not target.parent.is_dir():
        raise CommandError(f"the folder {target.parent} does not exist", Exit.USAGE)
    with connected(options) as driver:
        must_exist(driver)
        live = run_plan(driver, introspect_keyspace(driver.keyspace or ""))
        if options.tables:
            live = _chosen(live, options.tables)
        if not live.tables and not live.types:
            raise CommandError(f"keyspace {live.name!r} has no table and no type")
        flavour = "coodie.sync" if options.sync else "coodie"
        generated = write_models(live, flavour=flavour, server=str(driver.server))
        _check(generated, driver)
    if target is not None:
        target.write_text(generated.source, encoding="utf-8")
        one = generated.classes == 1
        what = "1 class; syncing it" if one else f"{generated.classes} classes; syncing them"
        output.say(f"{target}: {what} to {live.name} sends nothing")
    elif not options.json:
        sys.stdout.write(generated.source)
    for note in generated.notes:
        output.note(note)
    output.document(
        {
            "keyspace": live.name,
            "file": options.output,
            "source": generated.source,
            "classes": generated.classes,
            "notes": list(generated.notes),
        }
    )
    return Exit.OK


def _chosen(live: LiveKeyspace, names: list[str]) -> LiveKeyspace:
    """Keep some tables and views, the tables that these views follow, and the types that all of them use."""
    unknown = sorted(set(names) - live.tables.keys() - live.views.keys())
    if unknown:
        there = ", ".join(sorted([*live.tables, *live.views]))
        raise CommandError(f"keyspace {live.name!r} has no {', '.join(unknown)}; it has {there}", Exit.USAGE)
    views = {name: view for name, view in live.views.items() if name in names}
    wanted = {*names, *(view.base for view in views.values())}
    tables = {name: table for name, table in live.tables.items() if name in wanted}
    types = {}
    pending = [column.type for table in tables.values() for column in table.columns.values()]
    while pending:
        for part in pending.pop().walk():
            if part.user and part.name in live.types and part.name not in types:
                types[part.name] = live.types[part.name]
                pending += types[part.name].values()
    return replace(live, tables=tables, views=views, types=types)


def _check(generated: Generated, driver: AbstractDriver) -> None:
    """Compare the models with the schema that they were written from: a difference is a fault of this program."""
    module = ModuleType(_MODULE)
    sys.modules[_MODULE] = module
    try:
        exec(compile(generated.source, "<models>", "exec"), vars(module))  # noqa: S102 - written above
        for task in tasks_of(models_in([module]), driver.target, dry_run=True):
            plan = run_plan(driver, task.plan)
            if plan:
                raise CommandError(
                    f"{task.kind} {task.name} cannot be written as a model that it equals: syncing {task.model} would "
                    f"send {'; '.join(plan)}"
                )
    finally:
        del sys.modules[_MODULE]
