"""What the commands do with a runner, apart from reading options and printing: plain values in and out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import BaseModel

from coodie.drivers.base import AbstractDriver
from coodie.migrations.autogen import diff_schema
from coodie.migrations.changes import SchemaDiff
from coodie.migrations.history import MigrationStatus
from coodie.migrations.progress import Progress
from coodie.migrations.runner import MigrationResult, MigrationRunner


class Request(NamedTuple):
    """What `coodie migrate` was asked for: `steps` to roll back, or the `target` that is to be the last applied."""

    keyspace: str
    migrations_dir: str
    dry_run: bool = False
    rollback: bool = False
    steps: int = 1
    target: str | None = None
    lock_ttl: int = 300
    wait: float = 0.0


class Outcome(NamedTuple):
    """What was done, or in a dry run would be; `books` is the CQL that makes the table which remembers."""

    results: list[MigrationResult]
    books: list[str]


def migrate(driver: AbstractDriver, request: Request, progress: Progress) -> Outcome:
    """Apply, roll back, or rehearse either."""

    async def work() -> Outcome:
        runner = runner_of(driver, request, progress)
        if request.rollback:
            steps = request.steps if request.target is None else await runner.steps_after(request.target)
            done = await runner.rollback(steps, request.dry_run) if steps else []
            return Outcome(done, [])
        books = await runner.bookkeeping() if request.dry_run else []
        return Outcome(await runner.apply(request.dry_run, request.target), books)

    return asyncio.run(work())


def status(driver: AbstractDriver, request: Request) -> list[MigrationStatus]:
    """Return the state of every migration."""
    return asyncio.run(runner_of(driver, request, Progress()).status())


def pending(driver: AbstractDriver, request: Request) -> list[str]:
    """Return the names of the migrations that the keyspace does not have."""
    return [file.name for file in asyncio.run(runner_of(driver, request, Progress()).pending())]


def difference(driver: AbstractDriver, models: Iterable[type[BaseModel]]) -> SchemaDiff:
    """Compare models with the connection's keyspace."""
    return asyncio.run(diff_schema(models, driver))


def runner_of(driver: AbstractDriver, request: Request, progress: Progress) -> MigrationRunner:
    """Return the runner that a request means."""
    return MigrationRunner(
        driver,
        request.keyspace,
        request.migrations_dir,
        request.lock_ttl,
        lock_wait=request.wait,
        progress=progress,
    )
