"""The record of the server that `coodie server up` left running."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from coodie.server import address, protocol
from coodie.server.folders import make_folder, state_folder, unusable
from coodie.server.handle import Server
from coodie.server.lock import is_locked

if TYPE_CHECKING:
    from coodie.server.address import Address


def save(server: Server) -> None:
    """Record the server, at once or not at all."""
    folder = make_folder(state_folder(), "the state folder", "COODIE_STATE_DIR")
    with unusable("the state folder", folder, "COODIE_STATE_DIR"):
        aside = folder / f"server.{os.getpid()}.json"
        aside.write_text(json.dumps(server.to_dict(), indent=2) + "\n", "utf-8")
        aside.replace(folder / "server.json")


def load() -> Server | None:
    """Return the recorded server, whether or not it still runs."""
    try:
        return Server.from_dict(json.loads((state_folder() / "server.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        # No record, or one that another version wrote: nothing is known.
        return None


def forget() -> None:
    """Remove the record."""
    (state_folder() / "server.json").unlink(missing_ok=True)


def discover() -> Address | None:
    """Return the server to use here: `COODIE_HOSTS`, else a running `coodie server up`, else None.

    The recorded server is asked whether it answers. Nothing else is probed, and nothing is started.
    """
    if named := address.from_environment():
        return named[0]
    server = load()
    return server.address if server and is_alive(server) else None


def is_alive(server: Server) -> bool:
    """Tell whether the recorded server still runs: it answers, and nobody else has taken its port."""
    ours_is_gone = (
        server.rung == "embedded" and server.folder and not is_locked(server.folder / "node1" / "lock")
    )
    return not ours_is_gone and protocol.options(server.address) is not None
