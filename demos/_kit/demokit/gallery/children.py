"""The demos as processes of the gallery: each is `make run` in its folder, started in turn and ended together."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import tomllib
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

from demokit import running

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Sequence

DEMOS: Final = Path(__file__).parents[3]
PATIENCE: Final = 180.0
FAREWELL: Final = 10.0
OWN: Final = frozenset({"PORT", "KEYSPACE", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"})
State = Literal["waiting", "starting", "ready", "ended"]


@dataclass
class Child:
    """One demo: what it says of itself, and how far it is."""

    name: str
    description: str
    port: int
    has_api: bool
    state: State = "waiting"
    process: Process | None = field(default=None, repr=False)

    @property
    def shown(self) -> State:
        """How far it is now: one that was ready may have failed since."""
        failed = self.process is not None and self.process.returncode not in {None, 0}
        return "ended" if failed else self.state

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"http://{running.HOST}:{self.port}"


def found(folder: Path = DEMOS) -> list[Child]:
    """Return the demos of a folder in the order of their ports."""
    children = []
    for makefile in folder.glob("*/Makefile"):
        port = re.search(r"^PORT \?= (\d+)$", makefile.read_text(encoding="utf-8"), re.MULTILINE)
        project = tomllib.loads((makefile.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        if port:
            has_api = (makefile.parent / "main.py").is_file()
            children.append(Child(makefile.parent.name, project["description"], int(port[1]), has_api))
    return sorted(children, key=lambda child: child.port)


@asynccontextmanager
async def started(children: Sequence[Child], gallery_url: str, logs: Path) -> AsyncIterator[None]:
    """Start the demos one after another, so that they do not slow each other down, and end them all at the end."""
    starting = asyncio.create_task(_start_all(children, gallery_url, logs))
    try:
        yield
    finally:
        starting.cancel()
        with suppress(asyncio.CancelledError):
            await starting
        await asyncio.gather(*(_end(child) for child in children))


async def _start_all(children: Sequence[Child], gallery_url: str, logs: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    for child in children:
        child.state = "starting"
        with _log(logs, child.name) as log:
            child.process = await asyncio.create_subprocess_exec(
                "make",
                "--no-print-directory",
                "run",
                cwd=DEMOS / child.name,
                env=environment | {"GALLERY_URL": gallery_url},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        await _ready(child)


def _log(logs: Path, name: str) -> BinaryIO:
    logs.mkdir(parents=True, exist_ok=True)
    return (logs / f"{name}.log").open("wb")


async def _ready(child: Child) -> None:
    listening = running.Running(child.name, child.name.replace("-", "_"), child.port)
    try:
        async with asyncio.timeout(PATIENCE):
            while child.process and child.process.returncode is None:
                if await asyncio.to_thread(listening.answers):
                    child.state = "ready"
                    return
                await asyncio.sleep(0.2)
    except TimeoutError:
        pass
    # A demo that somebody had started before answers although ours has ended at once.
    child.state = "ready" if await asyncio.to_thread(listening.answers) else "ended"


async def _end(child: Child) -> None:
    if child.process is None or child.process.returncode is not None:
        return
    for last_word in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, last_word)
        with suppress(TimeoutError):
            await asyncio.wait_for(child.process.wait(), FAREWELL)
            return
