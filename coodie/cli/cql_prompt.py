"""A small CQL prompt: one statement, statements from a pipe, or a conversation that Ctrl-D ends."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coodie.cli.command import CommandError, Exit
from coodie.cli.output import Output, aligned
from coodie.cql.statement import ExecutionOptions, Kind, Shape, Statement
from coodie.exceptions import CoodieError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coodie.drivers.base import AbstractDriver
    from coodie.rows.rows import Rows

PROMPT, MORE = "cql> ", "...> "
# A change of the schema, for one, takes longer than what applications send.
_PATIENT = ExecutionOptions(timeout=60.0)


def run(driver: AbstractDriver, statement: str | None, output: Output) -> int:
    """Run the statement, or those of standard input, and return the exit code.

    As JSON the answer of each statement is an object of columns and rows: one for a statement, else a list of them.
    """
    if statement is None and sys.stdin.isatty() and not output.as_json:
        return _converse(driver)
    answers = []
    for each in [statement] if statement is not None else statements(sys.stdin):
        try:
            rows = _sent(driver, each)
        except CoodieError as error:
            raise CommandError(message(error)) from error
        _show(rows, output)
        answers.append(facts(rows))
    output.document(answers if statement is None else answers[0])
    return Exit.OK


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


def facts(rows: Rows) -> dict[str, Any]:
    """Return an answer for programs; what JSON has no word for is written as the prompt shows it."""
    return {
        "columns": list(rows.columns),
        "rows": [
            [
                value if isinstance(value, (str, int, float, bool, type(None))) else _cell(value)
                for value in row
            ]
            for row in rows.decoded()
        ],
    }


def message(error: Exception) -> str:
    """Return what the server says, in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _converse(driver: AbstractDriver) -> int:
    with suppress(ImportError):
        # Gives the prompt its history and its editing keys, where the platform has it.
        import readline  # noqa: F401, PLC0415
    sys.stdout.write(f"{driver.server}. End a statement with a semicolon, the prompt with Ctrl-D.\n")
    for statement in statements(_typed()):
        if statement.strip().rstrip(";").lower() in {"exit", "quit"}:
            break
        try:
            _show(_sent(driver, statement), Output())
        except CoodieError as error:
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


def _sent(driver: AbstractDriver, text: str) -> Rows:
    """Send a statement and read all pages of its answer."""
    shape = Shape(text=text.strip().rstrip(";"), kind=Kind.RAW)
    rows = driver.execute(Statement(shape, (), _PATIENT))
    found = list(rows.tuples)
    state = rows.paging_state
    while state is not None:
        page = driver.execute(Statement(shape, (), replace(_PATIENT, paging_state=state)))
        found.extend(page.tuples)
        state = page.paging_state
    return rows._replace(tuples=found, paging_state=None)


def _show(rows: Rows, output: Output) -> None:
    if rows.columns and not output.as_json:
        sys.stdout.write(table(rows.columns, rows.decoded()))


def _cell(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if isinstance(value, (set, frozenset)) or type(value).__name__ == "SortedSet":
        return f"{{{', '.join(map(_cell, value))}}}"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_cell(key)}: {_cell(item)}' for key, item in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_cell, value))}]"
    return str(value).replace("\n", "\\n")
