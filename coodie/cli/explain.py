"""`coodie explain`: what a query will send and touch, and with `--trace` what the server did for it."""

from __future__ import annotations

import ast
import inspect
from typing import TYPE_CHECKING, Any

from coodie.aio.query import QuerySet
from coodie.cli.command import CommandError, Exit
from coodie.cli.connection import add_connection_options, connected
from coodie.cli.models import load_modules
from coodie.cli.output import Output, add_output_options
from coodie.core.query import QuerySetCore
from coodie.cql.explain import Explanation, explain
from coodie.cql.literal import literal
from coodie.cql.statement import Statement
from coodie.execution import run
from coodie.operations import queries
from coodie.schema.inspect import table_of

if TYPE_CHECKING:
    import argparse
    from types import ModuleType

    from coodie.cli.command import Commands
    from coodie.results import TracedResult

# What sends a query that it stands behind: the same names in both colours.
SENDING = frozenset(name for name, method in vars(QuerySet).items() if inspect.iscoroutinefunction(method))


def register(commands: Commands) -> None:
    """Add `coodie explain`."""
    parser = commands.add_parser(
        "explain",
        help="show the CQL of a query, the partitions that it touches, and what to worry about",
        description="Evaluate a query, for example 'Product.find(category=\"tea\").limit(3)', with the names of a "
        "module, and say what it sends. Nothing is sent, and no server is needed, unless --trace asks for it. With "
        "--check the exit code is 4 where there is a warning.",
    )
    parser.add_argument("module", metavar="MODULE", help="a module or file whose names the query uses")
    parser.add_argument("query", metavar="QUERY", help="a Python expression that gives a query")
    parser.add_argument(
        "--trace", action="store_true", help="send it, and show what the server did, step by step"
    )
    parser.add_argument("--check", action="store_true", help="exit with 4 where the query has a warning")
    add_connection_options(parser)
    add_output_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    output = Output.of(options)
    query = _query(load_modules(options.module)[0], options.query)
    traced: TracedResult[Any] | None = None
    if options.trace:
        bare = table_of(query.model).keyspace is None
        with connected(options, needs_keyspace=bare) as driver:
            request = queries.traced(query.model, query.query, driver.target)
            assert isinstance(request.statement, Statement)  # noqa: S101 - a page is one statement
            explanation = explain(request.statement)
            traced = run(driver, request)
    else:
        explanation = query.explain()
    _show(output, explanation, traced)
    return Exit.DIFFERENT if options.check and explanation.warnings else Exit.OK


def _query(module: ModuleType, text: str) -> Any:
    _refuse_sending(text)
    try:
        found = eval(text, dict(vars(module)))  # noqa: S307 - what the user of the command line wrote
    except Exception as error:
        raise CommandError(f"{text!r}: {type(error).__name__}: {error}", Exit.USAGE) from error
    if inspect.iscoroutine(found):
        found.close()
        raise CommandError(
            f"{text!r} is awaited to be sent: leave the terminal out, as in find(...)", Exit.USAGE
        )
    if not isinstance(found, QuerySetCore):
        raise CommandError(
            f"{text!r} gives a {type(found).__name__}: give a query that was not sent yet, as find(...) is",
            Exit.USAGE,
        )
    return found


def _refuse_sending(text: str) -> None:
    """Refuse a query that a call at its end would send, before it is evaluated."""
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        return  # which evaluating it tells
    match node:
        case ast.Call(func=ast.Attribute(value=query, attr=method)) if method in SENDING and _finds(query):
            raise CommandError(
                f"{text!r} would be sent by its {method}(): leave that out, as in {ast.unparse(query)!r}",
                Exit.USAGE,
            )


def _finds(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr == "find" for part in ast.walk(node))


def _show(output: Output, explanation: Explanation, traced: TracedResult[Any] | None) -> None:
    partitions = [{name: literal(value) for name, value in part.items()} for part in explanation.partitions]
    output.say(f"{explanation.cql};", "bold")
    output.say(f"  parameters: {', '.join(map(literal, explanation.params)) or 'none'}")
    named = "; ".join(", ".join(f"{name} = {value}" for name, value in part.items()) for part in partitions)
    output.say(f"  partitions: {named or 'not named'}")
    for warning in explanation.warnings:
        output.say(f"  warning: {warning}", "yellow")
    if traced is not None:
        rows = f"{len(traced.data)} row{'' if len(traced.data) == 1 else 's'}"
        output.say(f"\n{rows} in {(traced.duration or 0) * 1000:.1f} ms, coordinated by {traced.coordinator}")
        output.table(["ms", "node", "what it did"], [_event(event) for event in traced.events])
    output.document(
        {
            "cql": explanation.cql,
            "parameters": [literal(value) for value in explanation.params],
            "partitions": partitions,
            "warnings": list(explanation.warnings),
            "trace": None
            if traced is None
            else {
                "rows": len(traced.data),
                "ms": (traced.duration or 0) * 1000,
                "coordinator": traced.coordinator,
                "events": [
                    dict(zip(("ms", "node", "event"), _event(event), strict=True)) for event in traced.events
                ],
            },
        }
    )


def _event(event: Any) -> tuple[str, str, str]:
    return f"{event.elapsed / 1000:.1f}", str(event.source), event.description
