"""What differs between ScyllaDB and Cassandra 5, and how the two are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from coodie.exceptions import InvalidQueryError


class Dialect(Enum):
    """The CQL that a server speaks."""

    CASSANDRA = "Cassandra"
    SCYLLA = "ScyllaDB"


class Server(NamedTuple):
    """A server's product and version, as it reports them."""

    dialect: Dialect = Dialect.CASSANDRA
    version: str = ""

    def __str__(self) -> str:
        """Write the product with its version."""
        return f"{self.dialect.value} {self.version}".strip()


@dataclass(frozen=True, slots=True)
class Target:
    """Where statements are going: the connection's keyspace, the server's dialect, and its version if it is known."""

    keyspace: str | None = None
    dialect: Dialect = Dialect.CASSANDRA
    version: str = ""


NOWHERE = Target()


def only_on(dialect: Dialect, target: Target, what: str) -> None:
    """Refuse what another server understands, with an error that names the servers."""
    if target.dialect is not dialect:
        raise InvalidQueryError(
            f"{what} exists on {dialect.value} only; this server is {target.dialect.value}"
        )


def since(release: str, target: Target, what: str) -> None:
    """Refuse what a ScyllaDB older than a release does not understand; a server of unknown version is asked."""
    known = target.dialect is Dialect.SCYLLA and target.version
    if known and _numbers(target.version) < _numbers(release):
        raise InvalidQueryError(f"{what} needs ScyllaDB {release} or newer; this server is {target.version}")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())
