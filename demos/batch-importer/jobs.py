"""Imports in the background of the app: one file at a time, in one mode after the other."""

import asyncio
from collections.abc import Mapping, Sequence
from contextvars import Context
from pathlib import Path

from importing import run
from models import Import, Mode


class BusyError(RuntimeError):
    """An import is under way already."""


class Jobs:
    """The one import of this process, and what came of the last."""

    def __init__(self) -> None:
        self.state: Import | None = None
        self.error: str | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether an import is under way."""
        return self._task is not None and not self._task.done()

    def runs(self, state: Import) -> bool:
        """Tell whether that import is the one under way."""
        now = self.state
        return self.is_running and now is not None and (now.file, now.mode) == (state.file, state.mode)

    def start(self, path: Path, modes: Sequence[Mode], columns: Mapping[str, str]) -> None:
        """Begin; the task has a context of its own, or a request's open drawer would record all of it."""
        if self.is_running:
            raise BusyError
        self.state = self.error = None
        work = self._run(path, modes, columns)
        self._task = asyncio.get_running_loop().create_task(work, context=Context())

    async def stop(self) -> None:
        """End with the app; the next start can go on."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, path: Path, modes: Sequence[Mode], columns: Mapping[str, str]) -> None:
        try:
            for mode in modes:
                await run(path, mode, columns, lambda state: setattr(self, "state", state))
        except Exception as error:
            self.error = str(error)
            raise
