"""A cluster of three real nodes, each of which keeps every row, and what can be done to them.

One cluster serves all scenarios of a session. It is started by the first that wants it, and what one scenario has done
to its nodes the next one undoes only where it must: a node takes seconds to start.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

from cassandra import ConsistencyLevel, DriverException
from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile, NoHostAvailable
from cassandra.policies import WhiteListRoundRobinPolicy
from cassandra.query import SimpleStatement

from coodie.drivers.admin import admin_session
from coodie.server import ports, start
from coodie.server.embedded import hosts, start_again
from coodie.server.progress import quiet
from steps.relay import cut_connections

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coodie.livingdoc.attach import LivingDoc
    from coodie.server.node import Node

KEYSPACE = "three_nodes"
PATIENCE = 180.0
PAUSE = 0.2
PACE = 0.005
_PROBE = f"SELECT id FROM {KEYSPACE}.probe WHERE id = 0"
_SETUP = (
    f"CREATE KEYSPACE {KEYSPACE} WITH replication = {{'class': 'SimpleStrategy', 'replication_factor': 3}}",
    f"CREATE TABLE {KEYSPACE}.probe (id int PRIMARY KEY)",
)


class ThreeNodes:
    """Three nodes of the profile that keeps what it acknowledged; they are counted from 1."""

    def __init__(self, folder: Path, livingdoc: LivingDoc) -> None:
        self._folder, self._livingdoc = folder, livingdoc
        port = ports.disposable_port(hosts(3))
        self._server = start(
            "embedded", profile="dev", nodes=3, folder=folder, port=port, keep=False, report=quiet
        )
        self._nodes: list[Node] = list(self._server.nodes)
        self._hung: set[int] = set()
        self.tables: set[str] = set()
        self.faults = 0
        with admin_session(self._server.hosts, port) as session:
            for statement in _SETUP:
                session.execute(statement)

    @property
    def hosts(self) -> list[str]:
        """The addresses of all nodes."""
        return [f"{host}:{self._server.port}" for host in self._server.hosts]

    @property
    def dead(self) -> list[int]:
        """The numbers of the nodes that do not run."""
        return [number for number, node in enumerate(self._nodes, 1) if not node.is_alive()]

    def session(self) -> Any:
        """Return a context with a session of the plain driver, for what stands beside a scenario."""
        alive = [host for number, host in enumerate(self._server.hosts, 1) if number not in self.dead]
        return admin_session(alive, self._server.port)

    def kill(self, number: int) -> None:
        """End a node as a machine that loses its power would; it gets no chance to say goodbye."""
        node = self._nodes[number - 1]
        os.kill(node.pid, signal.SIGKILL)
        self._await(lambda: not node.is_alive(), f"node {number} ended")
        node.stop()  # ends its watchdog
        self._tell(f"node {number} (process {node.pid}) was killed (SIGKILL)")

    def hang(self, number: int) -> None:
        """Stop a node where it is: its connections stay open, and nothing comes over them."""
        os.kill(self._nodes[number - 1].pid, signal.SIGSTOP)
        self._hung.add(number)
        self._tell(f"node {number} (process {self._nodes[number - 1].pid}) hangs (SIGSTOP)")

    def wake(self) -> None:
        """Let the nodes that hang go on."""
        for number in sorted(self._hung):
            os.kill(self._nodes[number - 1].pid, signal.SIGCONT)
        self._hung.clear()

    def start(self, number: int) -> None:
        """Start a node on what it left, and wait until each node can reach all of them."""
        self._nodes[number - 1] = start_again(self._nodes[number - 1], quiet)
        self._await_all_up()
        self._livingdoc.attach_text("node", f"node {number} was started again, and all have met it")

    def restart(self, number: int) -> None:
        """End a node in order and start it again."""
        node = self._nodes[number - 1]
        node.stop()
        self._tell(f"node {number} (process {node.pid}) was ended in order (SIGTERM)")
        self.start(number)

    def cut(self) -> None:
        """Break all connections of this process to the nodes, whichever driver opened them."""
        self._tell(f"{cut_connections(self.hosts)} connections were cut")

    def heal(self) -> None:
        """Let all nodes run and reach each other."""
        self.wake()
        for number in self.dead:
            self.start(number)
        self._await_all_up()

    def have_noticed(self) -> None:
        """Wait until those that live count the dead one as down: before, they wait for it."""
        living = [host for number, host in enumerate(self._server.hosts, 1) if number not in self.dead]
        for host in living:
            self._await_answer(host, "Unavailable", f"{host} noticed that a node is dead")

    def rolling_restart(self) -> RollingRestart:
        """Begin to restart the nodes one after another, beside what the program does."""
        return RollingRestart(self)

    def close(self) -> None:
        """End all nodes and remove what they kept; nobody needs it in order."""
        self.wake()
        for node in self._nodes:
            if node.is_alive():
                os.kill(node.pid, signal.SIGKILL)
            node.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _tell(self, what: str) -> None:
        self.faults += 1
        self._livingdoc.attach_text("fault", f"{what}; the cluster's fault no. {self.faults} of this run")

    def _await_all_up(self) -> None:
        for host in self._server.hosts:
            self._await_answer(host, "", f"{host} reached all nodes")

    def _await_answer(self, host: str, wanted: str, what: str) -> None:
        def answers_so() -> bool:
            found = self._probe(host)
            return wanted in found if wanted else not found

        self._await(answers_so, what)

    def _probe(self, host: str) -> str:
        """Read at ALL with one node as the coordinator; return what went wrong."""
        policy = WhiteListRoundRobinPolicy([host])
        cluster = Cluster(
            [host],
            port=self._server.port,
            protocol_version=4,
            connect_timeout=30,
            execution_profiles={EXEC_PROFILE_DEFAULT: ExecutionProfile(policy, request_timeout=30)},
            schema_metadata_enabled=False,
            token_metadata_enabled=False,
        )
        try:
            cluster.connect().execute(SimpleStatement(_PROBE, consistency_level=ConsistencyLevel.ALL))
        except (DriverException, NoHostAvailable) as error:
            return f"{type(error).__name__}: {error}"
        finally:
            cluster.shutdown()
        return ""

    def _await(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"it took longer than {PATIENCE:.0f} s until {what}"
            time.sleep(PAUSE)


class RollingRestart:
    """Restarts node after node in a thread of its own."""

    def __init__(self, nodes: ThreeNodes) -> None:
        self._nodes = nodes
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="rolling restart", daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """Whether all nodes have been restarted, after a moment's wait; what went wrong is raised here.

        The wait paces the program that asks before each row, so that the nodes get to start.
        """
        self._thread.join(PACE)
        if self._thread.is_alive():
            return False
        if self._failure is not None:
            raise self._failure
        return True

    def _run(self) -> None:
        try:
            for number in (1, 2, 3):
                self._nodes.restart(number)
        except BaseException as error:  # noqa: BLE001 - raised where the program looks
            self._failure = error
