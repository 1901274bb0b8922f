"""`MigrationRunner`: which migrations a keyspace has, and taking it to another one, one runner at a time."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from coodie.cql.statement import Shape, Statement
from coodie.drivers.base import AbstractDriver
from coodie.exceptions import InvalidQueryError, MigrationError
from coodie.execution import arun, arun_plan
from coodie.migrations import state
from coodie.migrations.agreement import agreement
from coodie.migrations.base import Migration, MigrationContext
from coodie.migrations.context import RefusedError
from coodie.migrations.files import MigrationFile, discover_migrations
from coodie.migrations.history import History, MigrationStatus
from coodie.migrations.journal import Journal, KeyspaceJournal
from coodie.migrations.lock import SHORTEST_TTL, MigrationLock
from coodie.migrations.progress import Progress
from coodie.migrations.rehearsal import Rehearsal
from coodie.operations.introspection import introspect_table
from coodie.operations.request import Request
from coodie.rows.rows import Rows

T = TypeVar("T")
Direction = Literal["upgrade", "downgrade"]


@dataclass(frozen=True, slots=True)
class MigrationResult:
    """What became of one migration: what was sent (in a dry run: would be) and in how many seconds.

    `again` tells one that went on where an earlier run was interrupted.
    """

    name: str
    description: str = ""
    planned_cql: Sequence[str] = ()
    seconds: float = 0.0
    again: bool = False
    direction: Direction = "upgrade"

    def __str__(self) -> str:
        """Write the name."""
        return self.name


@dataclass(slots=True)
class _Run:
    """One apply or rollback: the lock is `None` in a dry run."""

    direction: Direction
    lock: MigrationLock | None
    history: History
    rehearsal: Rehearsal
    results: list[MigrationResult] = field(default_factory=list)


class MigrationRunner:
    """Applies the migrations of a folder to a keyspace, and rolls them back.

    The keyspace remembers them in its table `coodie_migrations`. `lock_ttl` is the seconds after which the lock of a
    runner that was killed ends; a living one renews it. `lock_wait` is the seconds to wait for another runner,
    `agreement_timeout` those that nodes may take to agree on a change of the schema; `progress` is told what happens.
    """

    def __init__(
        self,
        driver: AbstractDriver,
        keyspace: str,
        migrations_dir: str | Path,
        lock_ttl: int = 300,
        *,
        lock_wait: float = 0.0,
        agreement_timeout: float = 60.0,
        progress: Progress | None = None,
    ) -> None:
        if not isinstance(lock_ttl, int) or isinstance(lock_ttl, bool) or lock_ttl < SHORTEST_TTL:
            raise InvalidQueryError(
                f"lock_ttl must be whole seconds, at least {SHORTEST_TTL}, not {lock_ttl!r}"
            )
        self._driver, self._keyspace, self._folder = driver, keyspace, Path(migrations_dir)
        self._lock_ttl, self._lock_wait, self._agreement_timeout = lock_ttl, lock_wait, agreement_timeout
        self._progress = progress or Progress()

    async def get_applied(self) -> list[state.Record]:
        """Return what the keyspace remembers of the migrations that it has, in order; sends two statements."""
        return [record for record in await self._records() if record.applied]

    async def pending(self) -> list[MigrationFile]:
        """Return the migrations that the keyspace does not have, or not all of, in order."""
        return (await self._history()).pending

    async def status(self) -> list[MigrationStatus]:
        """Return the state of every migration, known by its file, by the keyspace or by both, in order."""
        history = await self._history()
        held = await arun(self._driver, state.holder(self._keyspace)) if history.records else None
        return history.status(None if held is None else held.runner)

    async def apply(self, dry_run: bool = False, target: str | None = None) -> list[MigrationResult]:  # noqa: FBT001, FBT002
        """Apply what is pending, in order, up to and including `target`; return what was done.

        One that was interrupted goes on where it stopped: what it has sent is not sent again. With `dry_run` nothing
        is sent but reads, and `planned_cql` of each result lists what would be.

        Raises `MigrationError` where another runner is at work, an applied file was changed, the keyspace has a
        migration that is not in the folder, or a migration fails; then those before it stay applied.
        """
        run = await self._begin("upgrade", dry_run=dry_run)
        if run.lock is not None:
            for shape in await self._missing_books():
                await arun(self._driver, Request(Statement(shape), _rows))
                await arun_plan(self._driver, agreement(self._agreement_timeout))
        return await self._carry_out(run, lambda: run.history.up_to(target))

    async def rollback(self, steps: int = 1, dry_run: bool = False) -> list[MigrationResult]:  # noqa: FBT001, FBT002
        """Take back the last `steps` migrations, the last first; return what was done.

        One that was interrupted is the first to go. What a `downgrade` destroys needs no `allow_destructive`: taking
        back is what was asked for. Raises `MigrationError` as `apply` does, and before anything is sent for a
        migration that cannot be taken back.
        """
        if not isinstance(steps, int) or isinstance(steps, bool) or steps < 1:
            raise InvalidQueryError(f"steps must be a whole number of at least 1, not {steps!r}")
        run = await self._begin("downgrade", dry_run=dry_run)
        return await self._carry_out(run, lambda: run.history.last(steps))

    async def _begin(self, direction: Direction, *, dry_run: bool) -> _Run:
        history = await self._history()
        history.check()
        nothing = direction == "downgrade" and not history.records
        lock = None
        if not dry_run and not nothing:
            lock = MigrationLock(self._driver, self._keyspace, self._lock_ttl, self._lock_wait)
        return _Run(direction, lock, history, Rehearsal(self._keyspace))

    async def _carry_out(self, run: _Run, chosen: Any) -> list[MigrationResult]:
        if run.lock is None:
            await self._each(run, chosen())
            return run.results
        async with run.lock:
            # Another runner may have been here between the first look and the lock.
            run.history = await self._history()
            run.history.check()
            await self._each(run, chosen())
        return run.results

    async def _each(self, run: _Run, files: list[MigrationFile]) -> None:
        loaded = [(file, self._loaded(file, run.direction)) for file in files]
        for file, migration in loaded:
            await self._one(run, file, migration())

    def _loaded(self, file: MigrationFile, direction: Direction) -> type[Migration]:
        found = file.load()
        for method, can in (("upgrade", True), ("downgrade", found.reversible)):
            if method != direction:
                continue
            if not can or getattr(found, method) is getattr(Migration, method):
                why = "says `reversible = False`" if not can else f"has no {method}"
                verb = "rolled back" if direction == "downgrade" else "applied"
                raise MigrationError(
                    f"{file.name} cannot be {verb}: it {why}. Nothing was changed; write what is to happen into a new "
                    "migration"
                )
        return found

    async def _one(self, run: _Run, file: MigrationFile, migration: Migration) -> None:
        record = run.history.records.get(file.name)
        going = state.APPLYING if run.direction == "upgrade" else state.ROLLING_BACK
        failed = state.FAILED if run.direction == "upgrade" else state.ROLLBACK_FAILED
        again = record if record is not None and record.state in (going, failed) else None
        journal = Journal(again)
        if run.lock is not None:
            journal = KeyspaceJournal(self._driver, self._keyspace, run.lock, file.name, again)
            await journal.note(**self._beginning(run.lock, file, migration, going, fresh=again is None))
        context = MigrationContext(
            self._driver,
            self._keyspace,
            run.lock is None,
            migration.allow_destructive or run.direction == "downgrade",
            name=file.name,
            journal=journal,
            rehearsal=run.rehearsal,
            progress=self._progress,
            agreement_timeout=self._agreement_timeout,
        )
        self._progress.began(file.name, migration.description, again=again is not None)
        started = time.monotonic()
        try:
            await (migration.upgrade if run.direction == "upgrade" else migration.downgrade)(context)
        except asyncio.CancelledError:
            if isinstance(journal, KeyspaceJournal):
                await journal.note(state=failed, error="interrupted", finished_at=_now())
            raise
        except Exception as error:
            raise await self._failed(run, file, context, journal, failed, error) from error
        seconds = time.monotonic() - started
        if isinstance(journal, KeyspaceJournal):
            done = state.APPLIED if run.direction == "upgrade" else state.ROLLED_BACK
            await journal.note(state=done, finished_at=_now(), error=None, under_way=None)
        self._progress.ended(file.name, seconds)
        run.results.append(
            MigrationResult(
                file.name,
                migration.description,
                tuple(context.planned_cql),
                seconds,
                again is not None,
                run.direction,
            )
        )

    def _beginning(
        self, lock: MigrationLock, file: MigrationFile, migration: Migration, going: str, *, fresh: bool
    ) -> dict[str, Any]:
        noted = {
            "state": going,
            "checksum": file.checksum,
            "description": migration.description,
            "runner": lock.name,
            "started_at": _now(),
            "finished_at": None,
            "error": None,
        }
        # What an earlier, complete run has noted is not this one's.
        return {**noted, "under_way": None, "journal": {}, "positions": {}, "scanned": {}} if fresh else noted

    async def _failed(
        self,
        run: _Run,
        file: MigrationFile,
        context: MigrationContext,
        journal: Journal,
        failed: str,
        error: Exception,
    ) -> MigrationError:
        verb, undone = (
            ("applied", "stay applied") if run.direction == "upgrade" else ("rolled back", "stay so")
        )
        told = f"{type(error).__name__}: {error}" if not isinstance(error, MigrationError) else str(error)
        told = told.removeprefix(f"{file.name}: ")
        if isinstance(error, RefusedError) and not isinstance(journal, KeyspaceJournal):
            return MigrationError(f"the dry run ends here: {file.name} would be refused: {told}")
        if not isinstance(journal, KeyspaceJournal):
            return MigrationError(
                f"the dry run cannot go on: {file.name} failed with {told}. A migration that reads what an earlier "
                "statement would have changed cannot be rehearsed further"
            )
        try:
            await journal.note(state=failed, error=told, finished_at=_now())
        except MigrationError as lost:
            return lost
        count = context.sent
        sent = f"{count} statement{'' if count == 1 else 's'} of it {'was' if count == 1 else 'were'} sent"
        before = f"; {', '.join(map(str, run.results))} {undone}" if run.results else ""
        return MigrationError(
            f"{file.name} was not {verb}: {told}. {sent}{before}. Mend the cause or the file and run it again: "
            "a schema statement that was sent is not sent twice"
        )

    async def steps_after(self, target: str) -> int:
        """Return how many steps of `rollback` make `target` the last migration that is applied."""
        return (await self._history()).after(target)

    async def bookkeeping(self) -> list[str]:
        """Return the CQL that makes the table which remembers, empty where it is there; sends one statement."""
        return [shape.text for shape in await self._missing_books()]

    async def _missing_books(self) -> list[Shape]:
        there = await arun_plan(self._driver, introspect_table(self._keyspace, state.TABLE, options=False))
        return [state.create(self._keyspace)] if there is None else []

    async def _history(self) -> History:
        records = await self._records()
        return History(
            self._keyspace, discover_migrations(self._folder), {each.name: each for each in records}
        )

    async def _records(self) -> list[state.Record]:
        if (
            await arun_plan(self._driver, introspect_table(self._keyspace, state.TABLE, options=False))
            is None
        ):
            return []
        return await arun(self._driver, state.read(self._keyspace))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _rows(rows: Rows) -> Rows:
    return rows
