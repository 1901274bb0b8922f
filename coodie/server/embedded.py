"""The embedded rung: Cassandra from Python packages alone, one node or a few on neighbouring addresses."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coodie.server.address import Address
from coodie.server.config import NodeSpec, Profile, Tls
from coodie.server.errors import NodeDiedError
from coodie.server.folders import disposable_folder, state_folder
from coodie.server.handle import Server
from coodie.server.jar_list import CASSANDRA_VERSION
from coodie.server.jars import resolve
from coodie.server.java import find_java
from coodie.server.node import Node, launch, running_in
from coodie.server.ports import disposable_port, is_free, require_free, standing_port
from coodie.server.ready import await_peers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coodie.server.java import Java
    from coodie.server.progress import Report

START_PATIENCE = 180.0
PORT_ATTEMPTS = 3
_RING = 1 << 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the caller wants of an embedded server."""

    profile: Profile
    why: str
    port: int | None = None
    folder: Path | None = None
    nodes: int = 1
    passwords: bool = False
    tls: Tls | None = None
    keep: bool = False


def standing_folder() -> Path:
    """Return the folder of the node that `coodie server up` keeps."""
    return state_folder() / "cassandra"


def hosts(count: int) -> list[str]:
    """Return the loopback addresses of `count` nodes."""
    return [f"127.0.0.{number}" for number in range(1, count + 1)]


def start_embedded(wish: Wish, report: Report) -> Server:
    """Start the nodes one after another and return when all answer CQL."""
    if not 1 <= wish.nodes <= 9:  # noqa: PLR2004 - a local cluster, 500 MB a node
        raise ValueError(f"nodes must be between 1 and 9, not {wish.nodes}")
    if wish.port is not None:
        for host in hosts(wish.nodes):
            require_free(Address(host, wish.port))
    java = find_java()
    jars = resolve(report)
    runtime = f"Java {java.major} from {java.source}"
    report(f"Starting Cassandra {CASSANDRA_VERSION} with {runtime}, profile {wish.profile}.")
    began = time.monotonic()
    for attempt in range(1, PORT_ATTEMPTS + 1):
        folder = wish.folder or (disposable_folder() if wish.profile == "test" else standing_folder())
        nodes: list[Node] = []
        try:
            _start_all(wish, folder, java, jars, nodes)
            break
        except BaseException as error:
            # Ctrl-C too: nothing half started stays behind.
            _end(nodes, folder, remove=wish.profile == "test" and wish.folder is None)
            lost_race = isinstance(error, NodeDiedError) and "in use" in error.problem
            if not lost_race or wish.port is not None or attempt == PORT_ATTEMPTS:
                raise
            report("Another program took a port in the meantime: trying others.")
    else:
        raise AssertionError
    server = handle(nodes, folder, wish.why, disposable=wish.folder is None)
    report(f"It answers on {server.address} after {time.monotonic() - began:.1f} s.")
    return server


def running(folder: Path) -> list[Node]:
    """Return the live nodes of the server in `folder`."""
    return [node for part in sorted(folder.glob("node[1-9]")) if (node := running_in(part))]


def start_again(node: Node, report: Report) -> Node:
    """Start a node that has ended on what it left, watched by this process, and return when it answers."""
    started = launch(node.spec, find_java(), resolve(report), watched=True)
    try:
        started.await_ready(START_PATIENCE)
    except BaseException:
        started.stop()
        raise
    return started


def handle(nodes: Sequence[Node], folder: Path, why: str, *, disposable: bool) -> Server:
    """Return the handle of live nodes."""
    first = nodes[0].spec
    remove = disposable and first.profile == "test"
    return Server(
        host=first.host,
        port=first.port,
        product="Cassandra",
        version=CASSANDRA_VERSION,
        rung="embedded",
        why=why,
        pid=nodes[0].pid,
        profile=first.profile,
        folder=folder,
        others=tuple(node.spec.host for node in nodes[1:]),
        nodes=tuple(nodes),
        stopper=lambda: _end(nodes, folder, remove=remove),
    )


def log_of(folder: Path) -> Path:
    """Return the log of the first node of the server in `folder`."""
    return folder / "node1" / "node.log"


def _start_all(wish: Wish, folder: Path, java: Java, jars: Sequence[Path], nodes: list[Node]) -> None:
    names = hosts(wish.nodes)
    port = wish.port or (disposable_port(names) if wish.profile == "test" else standing_port(names))
    storage_port = _storage_port(folder, names, port)
    for number, host in enumerate(names):
        spec = NodeSpec(
            folder=folder / f"node{number + 1}",
            host=host,
            port=port,
            storage_port=storage_port,
            seed=names[0],
            profile=wish.profile,
            # Evenly around the ring: each node owns an equal part.
            token=_RING // wish.nodes * number - _RING // 2,
            passwords=wish.passwords,
            tls=wish.tls,
        )
        nodes.append(launch(spec, java, jars, watched=not wish.keep))
        nodes[-1].await_ready(START_PATIENCE)
    await_peers([node.spec for node in nodes], START_PATIENCE)


def _storage_port(folder: Path, names: Sequence[str], port: int) -> int:
    """Choose the port between nodes: the one of the last time, which the nodes remember of each other."""
    remembered = folder / "storage_port"
    if remembered.exists():
        chosen = int(remembered.read_text("utf-8"))
        if chosen != port and all(is_free(name, chosen) for name in names):
            return chosen
    chosen = disposable_port(names, besides=port)
    folder.mkdir(parents=True, exist_ok=True)
    remembered.write_text(str(chosen), "utf-8")
    return chosen


def _end(nodes: Sequence[Node], folder: Path, *, remove: bool) -> None:
    for node in reversed(nodes):
        node.stop()
    if remove:
        shutil.rmtree(folder, ignore_errors=True)
