"""Which demos are alive: each leaves a note with its address, and a note counts only while the address answers.

Nothing trusts a process id: it may belong to another program by now.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

    from demokit.settings import Settings

HOST = "127.0.0.1"
PATIENCE = 2.0


@dataclass(frozen=True)
class Running:
    """A demo that said where it listens."""

    name: str
    keyspace: str
    port: int

    @property
    def url(self) -> str:
        """Where its page is."""
        return f"http://{HOST}:{self.port}/"

    def answers(self) -> bool:
        """Ask its `/health` whether it is still this demo that listens there."""
        return _health(HOST, self.port).get("keyspace") == self.keyspace


def is_gallery(url: str) -> bool:
    """Ask whether the gallery is open at that address."""
    parts = urlsplit(url)
    return bool(parts.hostname) and _health(parts.hostname or "", parts.port or 80).get("demo") == "gallery"


def announce(settings: Settings) -> Path:
    """Leave the note of this demo; delete the returned file when it ends."""
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    note = settings.state_dir / f"{settings.name}-{settings.port}.json"
    note.write_text(json.dumps(asdict(Running(settings.name, settings.keyspace, settings.port))))
    return note


def alive(state_dir: Path) -> list[Running]:
    """Return the demos that answer, by port."""
    found = []
    for note in state_dir.glob("*.json"):
        try:
            running = Running(**json.loads(note.read_text()))
        except (OSError, ValueError, TypeError):
            continue
        if running.answers():
            found.append(running)
    return sorted(found, key=lambda running: running.port)


def _health(host: str, port: int) -> dict[str, Any]:
    connection = HTTPConnection(host, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/health")
        said = json.load(connection.getresponse())
    except (OSError, HTTPException, ValueError):
        return {}
    finally:
        connection.close()
    return said if isinstance(said, dict) else {}
