"""One embedded node: a Java process of its own session on a locked folder."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coodie.server import ready
from coodie.server.address import Address
from coodie.server.command import command_line
from coodie.server.config import NodeSpec, Tls, write_configuration
from coodie.server.errors import FolderLockedError, NotReadyError
from coodie.server.folders import NODE_NEEDS, make_folder, unusable
from coodie.server.lock import acquire, is_locked
from coodie.server.ports import require_free

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coodie.server.java import Java

STOP_PATIENCE = 30.0
PAUSE = 0.05
FOLDER_VARIABLE = "COODIE_STATE_DIR"
# A terminal's Ctrl-C goes to every process of its group: the node leaves it, its owner ends it in order.
OWN_SESSION: dict[str, Any] = {}
if sys.platform == "win32":
    OWN_SESSION["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP
    FORCED = signal.SIGTERM
else:
    OWN_SESSION["start_new_session"] = True
    FORCED = signal.SIGKILL


@dataclasses.dataclass
class Node:
    """A running node: a child of this process, or one that an earlier process left running."""

    spec: NodeSpec
    pid: int
    process: subprocess.Popen[bytes] | None = None
    watchdog: subprocess.Popen[bytes] | None = None

    def is_alive(self) -> bool:
        """Tell whether the node's process still runs."""
        return self.process.poll() is None if self.process else is_locked(self.spec.lock)

    def await_ready(self, timeout: float) -> None:
        """Return when the node answers CQL."""
        ready.await_ready(self.spec, self.is_alive, timeout)

    def stop(self) -> None:
        """End the node and its watchdog; a disposable one has nothing to put in order and is killed."""
        if self.is_alive():
            self._signal(orderly=self.spec.profile != "test")
            if not self._ended_within(STOP_PATIENCE):
                self._signal(orderly=False)
                if not self._ended_within(STOP_PATIENCE):
                    raise NotReadyError(
                        f"The node with process number {self.pid} does not end.",
                        f"End it by hand, then remove {self.spec.folder} if its files are of no use.",
                    )
        if self.watchdog:
            # The end of its input is the watchdog's sign to finish.
            self.watchdog.communicate()

    def _signal(self, *, orderly: bool) -> None:
        if self.process:
            (self.process.terminate if orderly else self.process.kill)()
        else:
            os.kill(self.pid, signal.SIGTERM if orderly else FORCED)

    def _ended_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self.is_alive():
            if time.monotonic() > deadline:
                return False
            time.sleep(PAUSE)
        return True


def launch(spec: NodeSpec, java: Java, jars: Sequence[Path], *, watched: bool) -> Node:
    """Start the node's process and return at once; a watched one ends with this process."""
    make_folder(spec.folder, "the node's folder", FOLDER_VARIABLE, NODE_NEEDS)
    lock = acquire(spec.lock)
    if lock is None:
        raise _locked(spec)
    try:
        require_free(Address(spec.host, spec.port))
        with unusable("the node's folder", spec.folder, FOLDER_VARIABLE):
            write_configuration(spec)
            if spec.log.exists():
                spec.log.replace(spec.log.with_suffix(".previous.log"))
            with spec.log.open("wb") as log:
                process = subprocess.Popen(  # noqa: S603 - our own command line
                    command_line(spec, java, jars),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    cwd=spec.folder,
                    **OWN_SESSION,
                    **lock.handover(),
                )
        node = Node(spec, process.pid, process)
        try:
            _record(node)
            node.watchdog = _watch(node) if watched else None
        except BaseException:
            node.stop()
            raise
        return node
    finally:
        lock.release()


def running_in(folder: Path) -> Node | None:
    """Return the node that runs on `folder`, left there by this or another process."""
    if not is_locked(folder / "lock"):
        return None
    # Its launcher locks first and records an instant later.
    deadline = time.monotonic() + 2
    while (node := _recorded(folder)) is None and time.monotonic() < deadline:
        time.sleep(PAUSE)
    return node


def _watch(node: Node) -> subprocess.Popen[bytes]:
    program = Path(__file__).with_name("watchdog.py")
    remove = ["--remove"] if node.spec.profile == "test" else []
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-I", "-S", str(program), str(node.spec.folder), str(node.pid), *remove],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **OWN_SESSION,
    )


def _record(node: Node) -> None:
    text = json.dumps({**dataclasses.asdict(node.spec), "pid": node.pid}, default=str)
    (node.spec.folder / "node.json").write_text(text, "utf-8")


def _recorded(folder: Path) -> Node | None:
    try:
        fields = json.loads((folder / "node.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    pid = fields.pop("pid")
    if tls := fields.pop("tls"):
        fields["tls"] = Tls(**{name: Path(file) for name, file in tls.items() if file})
    return Node(NodeSpec(**{**fields, "folder": folder}), pid)


def _locked(spec: NodeSpec) -> FolderLockedError:
    node = _recorded(spec.folder)
    whose = f" (process {node.pid}, {Address(node.spec.host, node.spec.port)})" if node else ""
    use = f"use it with COODIE_HOSTS={Address(node.spec.host, node.spec.port)}, " if node else ""
    return FolderLockedError(
        f"Another node{whose} runs on {spec.folder}; a second one would destroy its files.",
        f"Stop it (coodie server down), {use}or choose another folder.",
    )
