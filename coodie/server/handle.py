"""The handle of a server: where it is, what it is, why this one, and how to end it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from coodie.server.address import Address

if TYPE_CHECKING:
    from collections.abc import Callable

    from coodie.server.node import Node

Rung = Literal["hosts", "container", "embedded"]


def _leave_running() -> None:
    """Do nothing: the server is somebody else's."""


@dataclass
class Server:
    """A CQL server that answers; as a context manager it is stopped at the end, if it is ours to stop.

    `nodes` are the processes of an embedded one, where this process knows them.
    """

    host: str
    port: int
    product: str
    version: str
    rung: Rung
    why: str
    pid: int | None = None
    profile: str | None = None
    folder: Path | None = None
    others: tuple[str, ...] = ()
    nodes: tuple[Node, ...] = field(default=(), repr=False, compare=False)
    stopper: Callable[[], None] = field(default=_leave_running, repr=False, compare=False)

    @property
    def address(self) -> Address:
        """The address of the server, or of the first node of several."""
        return Address(self.host, self.port)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of all nodes; they share the port."""
        return (self.host, *self.others)

    @property
    def title(self) -> str:
        """The product with its version, when that is known."""
        return f"{self.product} {self.version}".rstrip()

    def line(self) -> str:
        """Say in one line what was chosen and why."""
        nodes = f", {len(self.hosts)} nodes" if self.others else ""
        return f"{self.title}{nodes} on {self.address} ({self.rung}: {self.why})"

    def stop(self) -> None:
        """End the server; a second call, or a server that the user named, is left alone."""
        stopper, self.stopper = self.stopper, _leave_running
        stopper()

    def to_dict(self) -> dict[str, Any]:
        """Return what another process needs to know, fit for JSON."""
        return {
            "host": self.host,
            "port": self.port,
            "product": self.product,
            "version": self.version,
            "rung": self.rung,
            "why": self.why,
            "pid": self.pid,
            "profile": self.profile,
            "folder": str(self.folder) if self.folder else None,
            "others": list(self.others),
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Self:
        """Make the handle of a server that another process owns."""
        folder, others = fields["folder"], tuple(fields["others"])
        return cls(**{**fields, "folder": Path(folder) if folder else None, "others": others})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
