"""What can go wrong with a local server: each error says what happened and what to do about it."""

from __future__ import annotations


class ServerError(RuntimeError):
    """A local server could not be had; `remedy` is what the reader can do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}\n{remedy}")
        self.problem = problem
        self.remedy = remedy


class NoJavaError(ServerError):
    """No Java that can run Cassandra was found."""


class MissingExtraError(ServerError):
    """A Python package that this rung needs is not installed."""


class JarsUnavailableError(ServerError):
    """Cassandra's files are neither in the cache nor to be downloaded."""


class PortInUseError(ServerError):
    """Another program listens on the port."""


class FolderUnusableError(ServerError):
    """A folder cannot be written, or its disk is full."""


class FolderLockedError(ServerError):
    """Another node runs on the data folder."""


class NodeDiedError(ServerError):
    """The node ended while it was starting."""


class NotReadyError(ServerError):
    """The server did not answer CQL in time."""


class ContainerError(ServerError):
    """The container engine is absent, or the container did not start."""
