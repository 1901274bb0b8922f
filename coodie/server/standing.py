"""The one server that stays: what `coodie server up`, `down` and `status` do.

A record says where the server is; whether a node lives is only ever asked of its lock and its port.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from coodie.server import container, embedded, state
from coodie.server.errors import FolderUnusableError, ServerError
from coodie.server.folders import make_folder, state_folder
from coodie.server.launch import start
from coodie.server.lock import held

if TYPE_CHECKING:
    from pathlib import Path

    from coodie.server.config import Profile
    from coodie.server.handle import Server
    from coodie.server.progress import Report

RESCUED = "it was still running"
BUSY = "Another `coodie server` command is at work: waiting for it."


def up(
    server: str | None = None,
    *,
    port: int | None = None,
    nodes: int | None = None,
    profile: Profile = "dev",
    report: Report,
) -> tuple[Server, bool]:
    """Return the standing server and whether it was started by this call; a second call finds the first's."""
    folder = make_folder(state_folder(), "the state folder", "COODIE_STATE_DIR")
    with held(folder / "up.lock", lambda: report(BUSY)):
        if found := current() or _rescue(report):
            _require_match(found, server, port, nodes, profile)
            return found, False
        _clean_up(report)
        data = embedded.standing_folder()
        count = _node_count(data if profile == "dev" else None, nodes)
        started = start(server, profile=profile, port=port, nodes=count, keep=True, report=report)
        state.save(started)
        return started, True


def current() -> Server | None:
    """Return the recorded server if it answers."""
    recorded = state.load()
    return recorded if recorded and state.is_alive(recorded) else None


def down(report: Report, *, remove_data: bool = False) -> Server | None:
    """Stop the standing server and return what it was, or None when there was none."""
    folder = make_folder(state_folder(), "the state folder", "COODIE_STATE_DIR")
    with held(folder / "up.lock", lambda: report(BUSY)):
        recorded = state.load()
        stopped = recorded if recorded and recorded.rung != "embedded" else None
        if stopped and stopped.rung == "container":
            container.stop_standing(remove_data=remove_data)
        for data in _data_folders(recorded):
            if nodes := embedded.running(data):
                stopped = embedded.handle(nodes, data, RESCUED, disposable=data != embedded.standing_folder())
                stopped.stop()
            if remove_data or data != embedded.standing_folder():
                shutil.rmtree(data, ignore_errors=True)
        state.forget()
        return stopped


def _rescue(report: Report) -> Server | None:
    """Return the server whose launcher was killed: its nodes live, though nobody may have recorded them."""
    for data in _data_folders(state.load()):
        nodes = embedded.running(data)
        if not nodes:
            continue
        if len(nodes) < _folders_of_nodes(data):
            report(f"{len(nodes)} of {_folders_of_nodes(data)} nodes were still running: starting all anew.")
            for node in nodes:
                node.stop()
            return None
        report(f"A server was still running on {data}: it is used again.")
        for node in nodes:
            node.await_ready(embedded.START_PATIENCE)
        rescued = embedded.handle(nodes, data, RESCUED, disposable=data != embedded.standing_folder())
        state.save(rescued)
        return rescued
    return None


def _clean_up(report: Report) -> None:
    """Forget a server that is gone."""
    recorded = state.load()
    if recorded is None:
        return
    report(f"The previous server ({recorded.title} on {recorded.address}) is gone: its record is removed.")
    if recorded.folder and recorded.folder != embedded.standing_folder():
        shutil.rmtree(recorded.folder, ignore_errors=True)
    state.forget()


def _require_match(
    found: Server, server: str | None, port: int | None, nodes: int | None, profile: str
) -> None:
    rungs = {"scylla": "container", "embedded": "embedded", None: found.rung}
    same = (
        found.rung == rungs.get(server, "hosts")
        and (found.rung != "hosts" or server in {None, str(found.address)})
        and port in {None, found.port}
        and nodes in {None, len(found.hosts)}
        and found.profile in {None, profile}
    )
    if not same:
        raise ServerError(
            f"A server of another kind already runs: {found.line()}, profile {found.profile}.",
            "Use that one, or end it first with coodie server down.",
        )


def _node_count(data: Path | None, asked: int | None) -> int:
    """Return how many nodes to start: as many as share the data that is there, if any."""
    present = _folders_of_nodes(data) if data else 0
    if asked is None:
        return present or 1
    if present and asked != present:
        raise FolderUnusableError(
            f"{data} holds the data of {_nodes(present)}, which {_nodes(asked)} would not find.",
            f"Start with --nodes {present}, or begin anew after coodie server down --remove-data.",
        )
    return asked


def _nodes(count: int) -> str:
    return f"{count} node" if count == 1 else f"{count} nodes"


def _folders_of_nodes(data: Path) -> int:
    return len(list(data.glob("node[1-9]")))


def _data_folders(recorded: Server | None) -> list[Path]:
    folders = [embedded.standing_folder()]
    if recorded and recorded.folder and recorded.folder not in folders:
        folders.append(recorded.folder)
    return folders
