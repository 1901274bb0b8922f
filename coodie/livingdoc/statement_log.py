"""The statements of another process: a demo's server writes each one down with the step that asked for it.

The test process starts the server with `COODIE_STATEMENT_LOG=<file>` and sends the running step's id in the header
`X-Livingdoc-Step`; the server's middleware hands it to `set_step_id`. With the variable unset nothing is registered.
"""

from __future__ import annotations

import json
import os
from contextvars import ContextVar, Token
from typing import TYPE_CHECKING

from coodie.execution import add_observer
from coodie.observation import describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from coodie.observation import Observation

VARIABLE = "COODIE_STATEMENT_LOG"
HEADER = "X-Livingdoc-Step"

_step: ContextVar[str | None] = ContextVar("livingdoc_step", default=None)


def set_step_id(value: str | None) -> Token[str | None]:
    """Name the step on whose behalf this context sends statements; give the token to `reset_step_id`."""
    return _step.set(value)


def reset_step_id(token: Token[str | None]) -> None:
    """Undo the `set_step_id` that returned `token`."""
    _step.reset(token)


def install_from_environment() -> Callable[[], None] | None:
    """Write statements to the file that the environment names; the returned function ends that.

    Return `None`, having done nothing, when the environment names no file.
    """
    path = os.environ.get(VARIABLE)
    return install(path) if path else None


def install(path: str) -> Callable[[], None]:
    """Append every statement of this process to `path`, one JSON line each, until the returned function is called."""
    # O_APPEND and one write a line: several processes may share the file without tearing each other's lines.
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(observation: Observation) -> None:
        line = json.dumps({"step": _step.get(), "record": describe(observation)}, ensure_ascii=False)
        # A lone surrogate cannot be encoded; as a backslash escape it is the same string to a reader of JSON.
        os.write(descriptor, line.encode("utf-8", "backslashreplace") + b"\n")

    remove = add_observer(write)

    def end() -> None:
        remove()
        os.close(descriptor)

    return end
