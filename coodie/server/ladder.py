"""The ladder: which server is used, and why, in one line.

From the top: a cluster that the user names, ScyllaDB in a container, an embedded Cassandra. There is no mock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coodie.server import address, container

if TYPE_CHECKING:
    from coodie.server.address import Address
    from coodie.server.handle import Rung


@dataclass(frozen=True, slots=True)
class Choice:
    """A rung of the ladder, why it was taken, and whether it was asked for by name."""

    rung: Rung
    why: str
    forced: bool
    addresses: tuple[Address, ...] = ()


def choose(asked: str | None) -> Choice:
    """Choose the rung: `asked` is `scylla`, `embedded`, `HOST:PORT[,…]` or None for the best that is here."""
    if asked == "scylla":
        return Choice("container", "asked for", forced=True)
    if asked == "embedded":
        return Choice("embedded", "asked for", forced=True)
    if asked:
        addresses = tuple(address.parse(part) for part in asked.split(","))
        return Choice("hosts", "asked for", forced=True, addresses=addresses)
    if addresses := address.from_environment():
        return Choice("hosts", "COODIE_HOSTS is set", forced=True, addresses=addresses)
    if obstacle := container.obstacle():
        return Choice("embedded", obstacle, forced=False)
    return Choice("container", "a container engine answers", forced=False)
