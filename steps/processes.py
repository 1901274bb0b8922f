"""What the processes of a group hold, read from /proc: memory, open files, connections to a server."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROC = Path("/proc")
ESTABLISHED = "01"
_AFTER_NAME_GROUP = 2  # of /proc/PID/stat: state, parent, group


@dataclass(frozen=True)
class Usage:
    """The resident bytes, open files and connections to one port, of all processes of a group."""

    memory: int
    files: int
    connections: int

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.memory / 2**20:.1f} MB, {self.files} open files, {self.connections} connections to the server"


def usage_of(group: int, port: int) -> Usage:
    """Measure a process group, but for the `make` that has started it."""
    sockets = set(_connected_to(port))
    memory = files = connections = 0
    for process in _members(group):
        with suppress(OSError):  # it has ended meanwhile
            memory += int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            links = [str(link.readlink()) for link in (process / "fd").iterdir()]
            files += len(links)
            connections += sum(link in sockets for link in links)
    return Usage(memory, files, connections)


def _members(group: int) -> Iterator[Path]:
    for process in PROC.glob("[0-9]*"):
        with suppress(OSError):
            name, _, rest = (process / "stat").read_text().partition("(")[2].rpartition(")")
            if int(rest.split()[_AFTER_NAME_GROUP]) == group and name != "make":
                yield process


def _connected_to(port: int) -> Iterator[str]:
    """Give the name of each socket that is connected to a port, as a link in `/proc/PID/fd` says it."""
    for table in ("tcp", "tcp6"):
        with suppress(FileNotFoundError):  # without IPv6
            for line in (PROC / "net" / table).read_text().splitlines()[1:]:
                _, _, remote, state, *rest = line.split()
                if state == ESTABLISHED and int(remote.rpartition(":")[2], 16) == port:
                    yield f"socket:[{rest[5]}]"
