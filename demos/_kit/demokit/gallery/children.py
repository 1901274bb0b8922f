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
    from asyncio import Task
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Sequence

DEMOS: Final = Path(__file__).parents[3]
PATIENCE: Final = 180.0
FAREWELL: Final = 10.0
TAIL: Final = 20_000
OWN: Final = frozenset({"ALL", "PORT", "KEYSPACE", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"})
State = Literal["off", "waiting", "starting", "ready", "failed"]


@dataclass
class Child:
    """One demo: what it says of itself, and how far it is."""

    name: str
    description: str
    port: int
    state: State = "off"
    process: Process | None = field(default=None, repr=False)

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return DEMOS / self.name

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"http://{running.HOST}:{self.port}"

    @property
    def busy(self) -> bool:
        """Whether its state will soon be another."""
        return self.state in {"waiting", "starting"}

    @property
    def ours(self) -> bool:
        """Whether it is a process of this gallery, which may end it."""
        return self.process is not None and self.process.returncode is None

    async def look(self) -> None:
        """Notice what happened meanwhile: a process that failed, a demo that was started or ended elsewhere."""
        if self.busy:
            return
        if self.process is not None and self.process.returncode is not None:
            self.state, self.process = "failed", None
        if not self.ours:
            if await self.answers():
                self.state = "ready"
            elif self.state == "ready":
                self.state = "off"

    async def answers(self) -> bool:
        """Ask its `/health`."""
        listening = running.Running(self.name, self.name.replace("-", "_"), self.port)
        return await asyncio.to_thread(listening.answers)


def found(folder: Path = DEMOS) -> list[Child]:
    """Return the demos of a folder in the order of their ports."""
    children = []
    for makefile in folder.glob("*/Makefile"):
        port = re.search(r"^PORT \?= (\d+)$", makefile.read_text(encoding="utf-8"), re.MULTILINE)
        project = tomllib.loads((makefile.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        if port:
            children.append(Child(makefile.parent.name, project["description"], int(port[1])))
    return sorted(children, key=lambda child: child.port)


class Family:
    """Starts and ends the demos; their output goes into a log for each."""

    def __init__(self, children: Sequence[Child], gallery_url: str, logs: Path) -> None:
        self.children = {child.name: child for child in children}
        self._logs = logs
        self._environment = {name: value for name, value in os.environ.items() if name not in OWN}
        self._environment["GALLERY_URL"] = gallery_url
        self._turn = asyncio.Lock()
        self._tasks: set[Task[None]] = set()

    async def look(self) -> None:
        """Notice what happened to any of them."""
        await asyncio.gather(*(child.look() for child in self.children.values()))

    def start(self, *names: str) -> None:
        """Start those that do not run, one after another, so that they do not slow each other down."""
        for child in (self.children[name] for name in names):
            if not child.busy and child.state != "ready":
                child.state = "waiting"
                task = asyncio.create_task(self._start(child))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def end(self, name: str) -> None:
        """End one that is this gallery's."""
        child = self.children[name]
        await _end(child)
        child.state = "off"

    async def end_all(self) -> None:
        """Start no more, and end all that run."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(_end(child) for child in self.children.values()))

    def log(self, name: str) -> str:
        """Return the end of what a demo has written."""
        path = self._log_of(name)
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL))
            return file.read().decode("utf-8", "replace")

    async def _start(self, child: Child) -> None:
        async with self._turn:
            child.state = "starting"
            with self._open_log(child.name) as log:
                child.process = await asyncio.create_subprocess_exec(
                    "make",
                    "--no-print-directory",
                    "run",
                    cwd=child.folder,
                    env=self._environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            await _ready(child)

    def _log_of(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def _open_log(self, name: str) -> BinaryIO:
        self._logs.mkdir(parents=True, exist_ok=True)
        return self._log_of(name).open("wb")


@asynccontextmanager
async def family(children: Sequence[Child], gallery_url: str, logs: Path) -> AsyncIterator[Family]:
    """Hold the demos; what runs at the end is ended."""
    held = Family(children, gallery_url, logs)
    try:
        yield held
    finally:
        await held.end_all()


async def _ready(child: Child) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            while child.ours:
                if await child.answers():
                    child.state = "ready"
                    return
                await asyncio.sleep(0.2)
    except TimeoutError:
        pass
    # A demo that somebody had started before answers although ours has ended at once.
    child.state = "ready" if await child.answers() else "failed"


async def _end(child: Child) -> None:
    if child.process is None or child.process.returncode is not None:
        return
    for last_word in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, last_word)
        with suppress(TimeoutError):
            await asyncio.wait_for(child.process.wait(), FAREWELL)
            break
    child.process = None
