"""Waiting until all nodes have one schema: a statement may meet any of them."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

from coodie.cql.statement import Kind, Shape, Statement
from coodie.exceptions import MigrationError
from coodie.operations.request import Pause
from coodie.rows.rows import Rows

_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 1.0


def _shape(table: str) -> Shape:
    return Shape(
        text=f"SELECT host_id, schema_version FROM system.{table}",
        kind=Kind.SELECT,
        keyspace="system",
        table=table,
        idempotent=True,
    )


_LOCAL, _PEERS = _shape("local"), _shape("peers")


def agreement(timeout: float) -> Generator[Statement | Pause, Rows, None]:
    """Plan asking for the schema versions of all nodes, again and again, until they are one.

    Each node knows its own version and those of its peers, and no two statements need meet the same node: what they
    tell is added up until every node was heard of. Sends two statements at least. Nodes that do not agree in time are
    a `MigrationError` that names them.
    """
    deadline = time.monotonic() + timeout
    pause = _FIRST_PAUSE
    versions: dict[Any, Any] = {}
    while True:
        versions.update((yield Statement(_LOCAL)).decoded())
        peers = [row for row in (yield Statement(_PEERS)).decoded() if row[1] is not None]
        versions.update(peers)
        if len(versions) > len(peers) and len(set(versions.values())) == 1:
            return
        if time.monotonic() + pause > deadline:
            told = ", ".join(f"node {host} has {version}" for host, version in versions.items())
            raise MigrationError(
                f"the nodes do not agree on one schema after {timeout:g} seconds ({told}): see that all nodes are up, "
                "then run the migration again; it goes on where it stopped"
            )
        yield Pause(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
