"""A real CQL server on this machine, started when none is named: see `start` and `discover`."""

from coodie.server.address import Address
from coodie.server.config import Tls
from coodie.server.errors import (
    ContainerError,
    FolderLockedError,
    FolderUnusableError,
    JarsUnavailableError,
    MissingExtraError,
    NodeDiedError,
    NoJavaError,
    NotReadyError,
    PortInUseError,
    ServerError,
)
from coodie.server.handle import Server
from coodie.server.launch import start
from coodie.server.state import discover

__all__ = [
    "Address",
    "ContainerError",
    "FolderLockedError",
    "FolderUnusableError",
    "JarsUnavailableError",
    "MissingExtraError",
    "NoJavaError",
    "NodeDiedError",
    "NotReadyError",
    "PortInUseError",
    "Server",
    "ServerError",
    "Tls",
    "discover",
    "start",
]
