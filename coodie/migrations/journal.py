"""What a migration under way has done already, noted so that nothing is done twice after an interruption."""

from __future__ import annotations

import re
from typing import Any

from coodie.drivers.base import AbstractDriver
from coodie.exceptions import MigrationError, ServerRejected
from coodie.execution import arun
from coodie.migrations import state
from coodie.migrations.lock import MigrationLock
from coodie.operations.request import Request

# What servers say of a change that is there already; Cassandra's words and ScyllaDB's.
_THERE_ALREADY = re.compile(
    r"already exist|conflicts with an existing|existing (?:column|field|table|type|index)|"
    r"(?:not|n't) (?:found|exist)|unconfigured|unknown|undefined|was not found|cannot find",
    re.IGNORECASE,
)


class Journal:
    """Remembers nothing beyond the run: what a dry run, and a context made by hand, write into."""

    def __init__(self, record: state.Record | None = None) -> None:
        record = record or state.Record("", state.APPLYING)
        self._past = [record.journal[place] for place in sorted(record.journal)]
        self._next = max(record.journal, default=-1) + 1
        self._in_doubt = record.under_way
        self._positions, self._scanned = record.positions, record.scanned

    def done_before(self, cql: str) -> bool:
        """Tell whether an earlier, interrupted run has sent this; each of its statements counts once, in order."""
        if cql not in self._past:
            return False
        del self._past[: self._past.index(cql) + 1]
        return True

    def was_under_way(self, cql: str, refusal: ServerRejected) -> bool:
        """Tell whether an interrupted run has done this after all: it was under way, and the server has it already."""
        return cql == self._in_doubt and _THERE_ALREADY.search(str(refusal)) is not None

    def position(self, scan: str) -> tuple[int | None, int]:
        """Return the token up to which a scan has come, and how many rows it had given."""
        return self._positions.get(scan), self._scanned.get(scan, 0)

    def check(self) -> None:
        """Raise `MigrationError` where this run may send nothing more."""

    async def sending(self, cql: str) -> None:
        """Note that a schema statement is about to be sent."""

    async def refused(self) -> None:
        """Note that the server refused the statement: it is not in doubt."""

    async def sent(self, cql: str) -> None:
        """Note that a schema statement has done its work."""

    async def advance(self, scan: str, position: int, rows: int) -> None:
        """Note that all partitions up to a token are done."""


class KeyspaceJournal(Journal):
    """Notes everything in the keyspace, each time on condition that the lock is still held."""

    def __init__(
        self,
        driver: AbstractDriver,
        keyspace: str,
        lock: MigrationLock,
        name: str,
        record: state.Record | None,
    ) -> None:
        super().__init__(record)
        self._driver, self._keyspace, self._lock, self._name = driver, keyspace, lock, name

    def check(self) -> None:
        """Raise `MigrationError` unless the lock is surely still ours."""
        self._lock.check()

    async def note(self, **values: Any) -> None:
        """Write columns of the migration's row."""
        await self._write(state.note(self._keyspace, self._lock.name, self._name, **values))

    async def sending(self, cql: str) -> None:
        """Note that a schema statement is about to be sent."""
        await self.note(under_way=cql)

    async def refused(self) -> None:
        """Note that the server refused the statement."""
        await self.note(under_way=None)

    async def sent(self, cql: str) -> None:
        """Note that a schema statement has done its work."""
        place, self._next = self._next, self._next + 1
        await self._write(state.sent(self._keyspace, self._lock.name, self._name, place, cql))

    async def advance(self, scan: str, position: int, rows: int) -> None:
        """Note that all partitions up to a token are done."""
        request = state.scanned(self._keyspace, self._lock.name, self._name, scan, position, rows)
        await self._write(request)

    async def _write(self, request: Request[bool]) -> None:
        self._lock.check()
        if not await arun(self._driver, request):
            raise MigrationError(
                f"the lock of keyspace {self._keyspace} is no longer held by this runner ({self._lock.name}): another "
                "one took over, and this one stops before it sends anything more"
            )
