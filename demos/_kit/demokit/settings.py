"""Settings from the environment: the one place that names and documents them.

| variable | default | meaning |
|---|---|---|
| `PORT` | the demo's own, see `demos/README.md` | where the app listens |
| `KEYSPACE` | the folder's name with underscores | where the demo's tables live |
| `COODIE_HOSTS` | the server that `coodie server up` recorded | a cluster of yours: `host:port,...` |
| `COODIE_STATEMENT_LOG` | unset | file that gets a JSON line per statement, for the living documentation |
| `EMBEDDER` | `wordllama` | what makes vectors of texts: `wordllama`, `minilm` or `recorded`, see `embedding` |
| `TABLETS` | the server's choice | `on` or `off`: on ScyllaDB counters want `off`, vectors `on` |
| `SECRET_KEY` | drawn at each start | signs form and page tokens |
| `GALLERY_URL` | `http://127.0.0.1:8000/` | where the bar's gallery link leads while the gallery is open |
| `DEMO_STATE_DIR` | `demos/.state` | where running demos leave a note for each other |
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

GALLERY = "http://127.0.0.1:8000/"
STATE_DIR = Path(__file__).parents[2] / ".state"
_KEYSPACE = re.compile(r"[a-z][a-z0-9_]{0,47}")
_LAST_PORT = 65535


class SettingsError(ValueError):
    """A variable has a value that cannot work; the message names it and says what would."""


@dataclass(frozen=True)
class Settings:
    """What one demo process needs to know; see the table above."""

    name: str
    keyspace: str
    port: int
    hosts: tuple[str, ...]
    tablets: bool | None
    secret_key: str = field(repr=False)
    statement_log: str | None
    gallery_url: str
    state_dir: Path

    @property
    def sqlite(self) -> Path:
        """Where a demo that also uses SQLite keeps its file; `make clean` removes it."""
        return self.state_dir / f"{self.keyspace}.sqlite3"

    @classmethod
    def load(cls, folder: Path, *, port: int = 0, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings of the demo in `folder`; an empty variable counts as unset."""
        env = {key: value for key, value in (os.environ if environ is None else environ).items() if value}
        keyspace = env.get("KEYSPACE", folder.name.replace("-", "_"))
        if not _KEYSPACE.fullmatch(keyspace):
            raise SettingsError(
                f"KEYSPACE={keyspace!r} is no keyspace name: use lower-case letters, digits and underscores, "
                "a letter first, at most 48 in all."
            )
        chosen = env.get("PORT", str(port))
        if not chosen.isascii() or not chosen.isdigit() or int(chosen) > _LAST_PORT:
            raise SettingsError(f"PORT={chosen!r} is no port: use a number from 1 to {_LAST_PORT}.")
        return cls(
            name=folder.name,
            keyspace=keyspace,
            port=int(chosen),
            hosts=tuple(host.strip() for host in env.get("COODIE_HOSTS", "").split(",") if host.strip()),
            tablets=_tablets(env.get("TABLETS")),
            secret_key=env.get("SECRET_KEY") or secrets.token_hex(32),
            statement_log=env.get("COODIE_STATEMENT_LOG"),
            gallery_url=env.get("GALLERY_URL", GALLERY),
            state_dir=Path(env.get("DEMO_STATE_DIR", STATE_DIR)),
        )


def _tablets(chosen: str | None) -> bool | None:
    if chosen not in {None, "on", "off"}:
        raise SettingsError(
            f"TABLETS={chosen!r} is neither `on` nor `off`; leave it unset for the server's choice."
        )
    return None if chosen is None else chosen == "on"
