"""`coodie sync`: the tables, views and types of models, brought to what the models declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coodie.cli.command import CommandError, Exit
from coodie.cli.connection import add_connection_options, connected, keyspace_exists, must_exist
from coodie.cli.models import Models, load_models
from coodie.cli.output import Output, add_output_options
from coodie.cql.statement import Statement
from coodie.execution import run, run_plan
from coodie.operations.keyspaces import create_keyspace
from coodie.operations.tables import sync_table
from coodie.operations.usertypes import sync_types
from coodie.operations.views import sync_view
from coodie.schema.inspect import table_of
from coodie.schema.usertype import extract_udt_classes, layout_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Generator, Iterator

    from coodie.cli.command import Commands
    from coodie.cql.dialect import Target
    from coodie.drivers.base import AbstractDriver
    from coodie.results import SchemaPlan
    from coodie.rows.rows import Rows


class Task(NamedTuple):
    """One table, view or type to be synced, and the plan that does it."""

    kind: str
    name: str
    model: str
    plan: Generator[Statement, Rows, SchemaPlan]


def register(commands: Commands) -> None:
    """Add `coodie sync`."""
    parser = commands.add_parser(
        "sync",
        help="bring tables, views and types to what models declare",
        description="Compare the models of modules, packages or files with the live schema and send what is missing. "
        "Nothing is ever dropped or retyped, but indexes that no model declares with --drop-removed-indexes. "
        "With --check nothing is sent, and the exit code is 4 where something would be.",
    )
    parser.add_argument(
        "models", nargs="+", metavar="MODULE", help="a module, a package, or a file or folder"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be sent, and send nothing")
    parser.add_argument(
        "--check", action="store_true", help="as --dry-run, with exit code 4 unless all is there"
    )
    parser.add_argument(
        "--drop-removed-indexes", action="store_true", help="drop indexes that no model declares"
    )
    parser.add_argument(
        "--create-keyspace",
        type=int,
        metavar="REPLICAS",
        help="create the keyspace first, where there is none, with so many copies of each row in each datacenter",
    )
    add_connection_options(parser)
    add_output_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    output = Output.of(options)
    dry_run = options.dry_run or options.check
    if dry_run and options.create_keyspace is not None:
        raise CommandError(
            "--create-keyspace sends a statement, which --dry-run and --check never do", Exit.USAGE
        )
    models = load_models(options.models)
    done: list[tuple[Task, list[str], tuple[str, ...]]] = []
    bare = any(table_of(model).keyspace is None for model in (*models.tables, *models.views))
    with connected(options, needs_keyspace=bare) as driver:
        keyspace = None
        if options.create_keyspace is not None:
            keyspace = _create_keyspace(driver, options.create_keyspace)
        elif bare:
            must_exist(driver)
        tasks = list(tasks_of(models, driver.target, dry_run=dry_run, drop=options.drop_removed_indexes))
        known: set[str] = set()
        for number, task in enumerate(tasks):
            output.progress(number, len(tasks), task.name)
            plan = run_plan(driver, task.plan)
            # Several tables of a dry run may each want the same type.
            fresh = [text for text in plan if text not in known]
            known.update(fresh)
            done.append((task, fresh, plan.drift))
        output.progress(len(tasks), len(tasks), "compared")
    _show(output, done, keyspace, dry_run=dry_run)
    return Exit.DIFFERENT if options.check and known else Exit.OK


def _create_keyspace(driver: AbstractDriver, replicas: int) -> tuple[str, str] | None:
    """Create the keyspace where there is none; return its name and what was sent."""
    if driver.keyspace is None:
        raise CommandError("--create-keyspace needs --keyspace, or COODIE_KEYSPACE", Exit.USAGE)
    if keyspace_exists(driver, driver.keyspace):
        return None
    request = create_keyspace(
        driver.keyspace, replicas, "NetworkTopologyStrategy", None, driver.target,
        if_not_exists=True, durable_writes=True, tablets=None,
    )  # fmt: skip
    run(driver, request)
    assert isinstance(request.statement, Statement)  # noqa: S101 - nothing else makes a keyspace
    return driver.keyspace, request.statement.shape.text


def tasks_of(models: Models, target: Target, *, dry_run: bool, drop: bool = False) -> Iterator[Task]:
    """Give what syncing the models takes: types that no table brings along, tables, views."""
    used = {kind for model in models.tables for kind in extract_udt_classes(model)}
    for kind in (kind for kind in models.types if kind not in used):
        yield Task("type", layout_of(kind).name, kind.__name__, sync_types([kind], target, dry_run=dry_run))
    for model in models.tables:
        plan = sync_table(model, target, dry_run=dry_run, drop_removed_indexes=drop)
        yield Task("table", table_of(model).name, model.__name__, plan)
    for view in models.views:
        yield Task("view", table_of(view).name, view.__name__, sync_view(view, target, dry_run=dry_run))


def _show(
    output: Output,
    done: list[tuple[Task, list[str], tuple[str, ...]]],
    keyspace: tuple[str, str] | None,
    *,
    dry_run: bool,
) -> None:
    count = 0
    if keyspace is not None:
        count = 1
        output.say(f"keyspace {keyspace[0]}", "bold")
        output.say(f"  {keyspace[1]};", "green")
    for task, statements, drift in done:
        count += len(statements)
        if not statements and not drift:
            continue
        output.say(f"{task.kind} {task.name} ({task.model})", "bold")
        for text in statements:
            output.say(f"  {text};", "green")
        for line in drift:
            output.say(f"  drift: {line}", "yellow")
    same = sum(not statements for _, statements, _ in done)
    verb = "would be sent" if dry_run else "sent"
    output.say(
        f"{_counted(count, 'statement')} {verb}; {same} of {_counted(len(done), 'object')} already there"
    )
    output.document(
        {
            "sent": not dry_run,
            "keyspace": keyspace[1] if keyspace else None,
            "statements": [text for _, statements, _ in done for text in statements],
            "objects": [
                {
                    "kind": task.kind,
                    "name": task.name,
                    "model": task.model,
                    "statements": statements,
                    "drift": list(drift),
                }
                for task, statements, drift in done
            ],
        }
    )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
