"""When a node is ready: it lives, its log says so, and it answers.

An answer alone proves nothing: with the port taken, the other server answers while the node dies.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from coodie.server import protocol
from coodie.server.address import Address
from coodie.server.errors import NodeDiedError, NotReadyError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from coodie.server.config import NodeSpec

LISTENING = b"Starting listening for CQL clients"
PAUSE = 0.05
LAST_LINES = 15
LOOK_BACK = 400
DEFAULT_USER = "cassandra"


def await_ready(spec: NodeSpec, is_alive: Callable[[], bool], timeout: float) -> None:
    """Return when the node answers CQL; fail when it dies or takes longer than `timeout` seconds."""
    deadline = time.monotonic() + timeout
    listening = False
    while True:
        # Asked before the log is read: what a dying node wrote last is then in the log.
        alive = is_alive()
        if not alive:
            raise NodeDiedError(
                f"The node ended while it was starting. From {spec.log}:\n{_telling_lines(spec.log)}",
                "When the cause is not plain from that: remove the folder "
                f"{spec.folder} to begin with an empty node, or use another server (COODIE_HOSTS).",
            )
        listening = listening or _says(spec.log, LISTENING)
        if listening and answers(spec):
            return
        if time.monotonic() > deadline:
            raise NotReadyError(
                f"The node did not answer on {Address(spec.host, spec.port)} within {timeout:.0f} s. "
                f"From {spec.log}:\n{_telling_lines(spec.log)}",
                "The machine may be too busy or short of memory (a node needs about 500 MB): try again.",
            )
        time.sleep(PAUSE)


def await_peers(specs: Sequence[NodeSpec], timeout: float) -> None:
    """Return when each node has seen each other one: until then replicas count as down."""
    deadline = time.monotonic() + timeout
    for spec in specs:
        awaited = [
            f"/{Address(other.host, other.storage_port)} is now UP" for other in specs if other != spec
        ]
        while unseen := [line for line in awaited if not _says(spec.log, line.encode())]:
            if time.monotonic() > deadline:
                raise NotReadyError(
                    f"The node on {spec.host} has not met the others within {timeout:.0f} s "
                    f"({len(unseen)} of {len(awaited)} unseen; its log is {spec.log}).",
                    "The machine may be too busy for that many nodes: try fewer.",
                )
            time.sleep(PAUSE)


def answers(spec: NodeSpec) -> bool:
    """Tell whether the node answers CQL now, and with passwords whether one can log in."""
    address, tls = Address(spec.host, spec.port), spec.tls or False
    if protocol.options(address, tls=tls) is None:
        return False
    return not spec.passwords or protocol.login(address, DEFAULT_USER, DEFAULT_USER, tls=tls)


def _says(log: Path, words: bytes) -> bool:
    try:
        return words in log.read_bytes()
    except OSError:
        return False


def _telling_lines(log: Path) -> str:
    """Return the lines from the first error on, or the last ones, fit to be shown in an error."""
    try:
        lines = log.read_text("utf-8", errors="replace").splitlines()[-LOOK_BACK:]
    except OSError:
        lines = []
    errors = (at for at, line in enumerate(lines) if line.startswith(("ERROR", "Error", "Exception")))
    first = next(errors, max(0, len(lines) - LAST_LINES))
    return "\n".join(f"    {line}" for line in lines[first : first + LAST_LINES]) or "    (empty)"
