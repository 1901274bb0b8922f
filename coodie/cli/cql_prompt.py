"""A small CQL prompt: one statement, statements from a pipe, or a conversation that Ctrl-D ends."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from coodie.cli.command import CommandError, Exit
from coodie.cli.output import aligned
from coodie.drivers.admin import admin_session, is_driver_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coodie.server import Address

PROMPT, MORE = "cql> ", "...> "


def run(address: Address, statement: str | None) -> int:
    """Run the statement, or those of standard input, and return the exit code."""
    try:
        with admin_session([address.host], address.port) as session:
            if statement is not None:
                _run(session, statement)
                return Exit.OK
            if sys.stdin.isatty():
                return _converse(session, address)
            for piped in statements(sys.stdin):
                _run(session, piped)
            return Exit.OK
    except ImportError as error:
        raise CommandError(str(error)) from error
    except Exception as error:
        if is_driver_error(error):
            raise CommandError(message(error)) from error
        raise


def statements(lines: Iterable[str]) -> Iterator[str]:
    """Join lines to statements, each ending with a semicolon at the end of a line."""
    pending: list[str] = []
    for line in lines:
        if not pending and (not line.strip() or line.lstrip().startswith(("--", "//"))):
            continue
        pending.append(line.rstrip("\n"))
        if line.rstrip().endswith(";"):
            yield "\n".join(pending)
            pending.clear()
    if pending:
        yield "\n".join(pending)


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return the rows as aligned text under their columns' names."""
    text = "\n".join(aligned(columns, [[_cell(value) for value in row] for row in rows]))
    return f"{text}\n({len(rows)} row{'' if len(rows) == 1 else 's'})\n"


def message(error: Exception) -> str:
    """Return what the server or the driver says, in one line."""
    causes = getattr(error, "errors", None)
    if isinstance(causes, dict) and causes:
        # No host answered: each host's own reason says more than the list of them.
        error = next(iter(causes.values()))
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _converse(session: Any, address: Address) -> int:
    with suppress(ImportError):
        # Gives the prompt its history and its editing keys, where the platform has it.
        import readline  # noqa: F401, PLC0415
    sys.stdout.write(f"Connected to {address}. End a statement with a semicolon, the prompt with Ctrl-D.\n")
    for statement in statements(_typed()):
        if statement.strip().rstrip(";").lower() in {"exit", "quit"}:
            break
        try:
            _run(session, statement)
        except Exception as error:
            if not is_driver_error(error):
                raise
            sys.stdout.write(f"{message(error)}\n")
    return Exit.OK


def _typed() -> Iterator[str]:
    """Yield the lines of the terminal until Ctrl-D."""
    prompt = PROMPT
    while True:
        try:
            line = input(prompt)
        except EOFError:
            sys.stdout.write("\n")
            return
        prompt = PROMPT if line.rstrip().endswith(";") or (prompt == PROMPT and not line.strip()) else MORE
        yield line


def _run(session: Any, statement: str) -> None:
    result = session.execute(statement)
    if result.column_names:
        rows = [tuple(row) for row in result]
        sys.stdout.write(table(result.column_names, rows))


def _cell(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if isinstance(value, (set, frozenset)) or type(value).__name__ == "SortedSet":
        return f"{{{', '.join(map(_cell, value))}}}"
    return str(value).replace("\n", "\\n")
