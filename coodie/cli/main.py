"""`coodie`: reads the command line and runs one command."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from coodie._version import __version__
from coodie.cli import convert, explain, inspect, makemigration, migrate, schema_diff, server, sync
from coodie.cli.command import Command, CommandError, Exit
from coodie.cli.output import Output, styled
from coodie.exceptions import CoodieError, printable
from coodie.server.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Sequence

# A new command is a new module with a `register` function, and its name here.
COMMANDS: tuple[Command, ...] = (
    server, sync, migrate, makemigration, schema_diff, inspect, convert, explain,
)  # fmt: skip

EXIT_CODES = """\
exit codes: 0 done, 1 failed (the reason is on the error stream), 2 wrong usage, 3 no server runs or
answers, 4 a check found a difference, 130 interrupted"""


class Parser(argparse.ArgumentParser):
    """Refuses what a command does not know with that command's usage; argparse alone shows the usage of the whole."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse arguments; none may be left."""
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return found, rest


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = Parser(
        prog="coodie",
        description="Tools of coodie, a Pydantic ODM for ScyllaDB and Cassandra.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"coodie {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.register(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parsed = parser().parse_args(arguments)
    output = Output.of(parsed)
    # What the library logs, drift for one, is part of what commands say themselves.
    logging.getLogger("coodie").addHandler(logging.NullHandler())
    previous = signal.signal(signal.SIGTERM, _terminate)
    try:
        return int(parsed.run(parsed))
    except CommandError as error:
        return _fail(output, str(error), error.code)
    except CoodieError as error:
        # A note holds the statement that failed, and whether it may be sent again.
        return _fail(output, "\n  ".join([str(error), *getattr(error, "__notes__", ())]), Exit.FAILED)
    except ServerError as error:
        return _fail(output, str(error), Exit.FAILED)
    except KeyboardInterrupt:
        return _fail(output, "interrupted", Exit.INTERRUPTED)
    except BrokenPipeError:
        # The reader, `head` perhaps, has seen enough; nothing more may be written, not even at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except OSError as error:  # a file that cannot be read or written, by a name that nobody could give one
        named = "" if error.filename is None else f"{error.filename}: "
        return _fail(output, printable(f"{named}{error.strerror or error}"), Exit.FAILED)
    finally:
        signal.signal(signal.SIGTERM, previous)


def _terminate(_signal: int, _frame: Any) -> None:
    """End like Ctrl-C: whatever is half started is cleaned up on the way out."""
    raise KeyboardInterrupt


def _fail(output: Output, message: str, code: Exit) -> int:
    output.document({"error": message, "exit_code": int(code)})
    sys.stderr.write(f"{styled('coodie:', 'red', sys.stderr)} {message}\n")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
