"""`coodie server`: one CQL server on this machine, for development."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from typing import TYPE_CHECKING

from coodie.cli import cql_prompt
from coodie.cli.command import CommandError, Exit
from coodie.cli.connection import NONE_RUNS, add_connection_options, connected, port_number
from coodie.cli.output import Output, add_output_options
from coodie.server import container, embedded, standing, state
from coodie.server.config import PROFILES
from coodie.server.progress import to_stderr

if TYPE_CHECKING:
    import argparse

    from coodie.cli.command import Commands

FOLLOW_PAUSE = 0.2


def register(commands: Commands) -> None:
    """Add `coodie server` and its actions."""
    server = commands.add_parser(
        "server",
        help="start, stop and ask a CQL server on this machine",
        description="One CQL server on this machine: ScyllaDB in a container where an engine answers, "
        "else an embedded Cassandra. Programs that use coodie find it by themselves.",
    )
    actions = server.add_subparsers(title="actions", metavar="ACTION", required=True)

    up = actions.add_parser("up", help="start the server and leave it running; harmless when it runs")
    up.add_argument(
        "--server",
        metavar="SERVER",
        help="scylla, embedded or HOST:PORT (default: COODIE_HOSTS, else what is possible here)",
    )
    up.add_argument("--port", type=port_number, help="default: 9042, else the first free port from 19042")
    up.add_argument("--nodes", type=int, help="nodes of an embedded cluster, 1 to 9, about 500 MB each")
    up.add_argument(
        "--profile", choices=PROFILES, default="dev", help="test is quicker and forgets (default: dev)"
    )
    up.set_defaults(run=_up)

    down = actions.add_parser("down", help="stop the server; its data stays")
    down.add_argument("--remove-data", action="store_true", help="remove its data too")
    down.set_defaults(run=_down)

    status = actions.add_parser(
        "status", help="say which server runs, where and why; exit code 3 when none does"
    )
    status.add_argument("--json", action="store_true", help="for programs")
    status.set_defaults(run=_status)

    logs = actions.add_parser("logs", help="show the server's log")
    logs.add_argument("-f", "--follow", action="store_true", help="wait for more, until Ctrl-C")
    logs.add_argument("-n", "--lines", type=int, default=50, help="how many of the last lines (default: 50)")
    logs.set_defaults(run=_logs)

    cql = actions.add_parser("cql", help="run a CQL statement, or prompt for statements")
    cql.add_argument("statement", nargs="?", help="default: read statements from the terminal or a pipe")
    add_connection_options(cql)
    add_output_options(cql)
    cql.set_defaults(run=_cql)


def _up(options: argparse.Namespace) -> int:
    try:
        server, started = standing.up(
            options.server,
            port=options.port,
            nodes=options.nodes,
            profile=options.profile,
            report=to_stderr,
        )
    except ValueError as error:
        raise CommandError(str(error), Exit.USAGE) from error
    sys.stdout.write(f"{'' if started else 'Already running: '}{server.line()}\n")
    return Exit.OK


def _down(options: argparse.Namespace) -> int:
    stopped = standing.down(to_stderr, remove_data=options.remove_data)
    if stopped is None:
        sys.stdout.write("No server was running.\n")
    elif stopped.rung == "hosts":
        sys.stdout.write(f"{stopped.address} is forgotten; it is not ours to stop.\n")
    else:
        sys.stdout.write(f"Stopped {stopped.title} on {stopped.address}.\n")
    return Exit.OK


def _status(options: argparse.Namespace) -> int:
    server = standing.current()
    if options.json:
        facts = {"running": server is not None, **(server.to_dict() if server else {})}
        sys.stdout.write(json.dumps(facts, indent=2) + "\n")
    elif server is None:
        recorded = state.load()
        gone = f"{recorded.title} on {recorded.address} does not answer any more. " if recorded else ""
        sys.stdout.write(f"{gone}{NONE_RUNS}\n")
    else:
        sys.stdout.write(f"{server.line()}\n")
        if server.folder:
            sys.stdout.write(f"profile {server.profile}, process {server.pid}, folder {server.folder}\n")
    return Exit.OK if server else Exit.NO_SERVER


def _logs(options: argparse.Namespace) -> int:
    server = state.load()
    if server is None:
        raise CommandError(NONE_RUNS, Exit.NO_SERVER)
    if server.rung == "container":
        return container.show_standing_logs(follow=options.follow, lines=options.lines)
    if server.folder is None:
        raise CommandError(f"{server.address} is not ours: its log is where it was started.")
    try:
        with embedded.log_of(server.folder).open(encoding="utf-8", errors="replace") as log:
            sys.stdout.writelines(deque(log, maxlen=max(0, options.lines)))
            while options.follow:
                sys.stdout.flush()
                time.sleep(FOLLOW_PAUSE)
                sys.stdout.writelines(log)
    except FileNotFoundError:
        raise CommandError(NONE_RUNS, Exit.NO_SERVER) from None
    return Exit.OK


def _cql(options: argparse.Namespace) -> int:
    with connected(options, needs_keyspace=False) as driver:
        return cql_prompt.run(driver, options.statement, Output.of(options))
