"""Ports: whether one can be had, and which one to take."""

from __future__ import annotations

import random
import socket
import sys
from typing import TYPE_CHECKING

from coodie.server.address import CQL_PORT, Address
from coodie.server.errors import PortInUseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FALLBACK_FIRST = 19042
FALLBACK_COUNT = 1000
# Below the range from which systems give ports to outgoing connections: those come and go at any moment.
DISPOSABLE = range(20000, 32000)


def is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen there now, by doing it for an instant."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform == "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # As the server does: connections that a predecessor closed a moment ago are no obstacle.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def require_free(address: Address) -> None:
    """Fail when another program listens on `address`; a node would find out late and die silently."""
    if not is_free(*address):
        raise PortInUseError(
            f"{address} is already in use by another program.",
            "Stop that program, choose another port (--port), or set "
            f"COODIE_HOSTS={address} when it is the CQL server that you want.",
        )


def standing_port(hosts: Sequence[str]) -> int:
    """Choose the port of a server that stays: 9042, else the first free one from 19042."""
    return _first_free(hosts, (CQL_PORT, *range(FALLBACK_FIRST, FALLBACK_FIRST + FALLBACK_COUNT)))


def disposable_port(hosts: Sequence[str], *, besides: int | None = None) -> int:
    """Choose a port that nobody has to remember; `besides` is one that is already spoken for."""
    candidates = random.sample(DISPOSABLE, 200)
    return _first_free(hosts, (port for port in candidates if port != besides))


def _first_free(hosts: Sequence[str], candidates: Iterable[int]) -> int:
    tried = []
    for port in candidates:
        tried.append(port)
        if all(is_free(host, port) for host in hosts):
            return port
    raise PortInUseError(
        f"No free port on {', '.join(hosts)}: {len(tried)} were tried, from {tried[0]} to {tried[-1]}.",
        "Choose one with --port. Addresses such as 127.0.0.2 exist by themselves on Linux only.",
    )
