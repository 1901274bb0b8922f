"""The files of a folder beside what the keyspace remembers: what is pending, what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coodie.exceptions import MigrationError
from coodie.migrations import state
from coodie.migrations.files import MigrationFile

PENDING, UNKNOWN, CHANGED, INTERRUPTED = "pending", "unknown", "changed", "interrupted"


@dataclass(frozen=True, slots=True)
class MigrationStatus:
    """One line of the status.

    `state` is applied, pending, changed (its file was), unknown (it has no file), interrupted (its runner is dead), or
    what one that is not complete has come to: applying, failed, rolling back, rollback failed.

    `at` is when that came about, `note` says what there is to know.
    """

    name: str
    state: str
    description: str = ""
    at: dt.datetime | None = None
    note: str = ""

    def __str__(self) -> str:
        """Write name and state."""
        return f"{self.name} {self.state}"


class TargetError(MigrationError):
    """A target names no migration, or several."""


class History:
    """Files and records of one keyspace, side by side."""

    def __init__(
        self, keyspace: str, files: Sequence[MigrationFile], records: Mapping[str, state.Record]
    ) -> None:
        self._keyspace, self.files, self.records = keyspace, files, records

    @property
    def pending(self) -> list[MigrationFile]:
        """The files whose migrations the keyspace does not have, or not all of."""
        return [file for file in self.files if not self._is_applied(file)]

    def check(self) -> None:
        """Raise `MigrationError` where files and keyspace contradict each other; nothing may be changed then."""
        names = {file.name for file in self.files}
        for record in self.records.values():
            if record.name not in names and record.state != state.ROLLED_BACK:
                raise MigrationError(
                    f"keyspace {self._keyspace} has the migration {record.name} ({record.state} "
                    f"{_when(record.finished_at or record.started_at)}), which is not in this folder: this checkout "
                    "is older than the keyspace, or the file was renamed or lost. Nothing was changed; bring the file "
                    "back first"
                )
        for file in self.files:
            if self._is_changed(file):
                raise MigrationError(
                    f"{file.name} was changed after it was applied {_when(self.records[file.name].finished_at)}: the "
                    "keyspace has what it said then. Nothing was changed; bring the old text back, and write the "
                    "change into a new migration"
                )

    def up_to(self, target: str | None) -> list[MigrationFile]:
        """Return what is pending up to and including a target; a stuck rollback must be finished first."""
        stuck = [r for r in self.records.values() if r.state in (state.ROLLING_BACK, state.ROLLBACK_FAILED)]
        if stuck:
            raise MigrationError(
                f"the rollback of {stuck[0].name} did not end ({stuck[0].error or 'its runner was killed'}): finish "
                "it first, with `coodie migrate --rollback`"
            )
        if target is None:
            return self.pending
        chosen = self.find(target)
        later = [f.name for f in self.files if f.number > chosen.number and self._is_applied(f)]
        if self._is_applied(chosen) and later:
            raise MigrationError(
                f"{chosen.name} is applied already, and so is {', '.join(later)}: to go back to it, roll back with "
                f"`coodie migrate --rollback --target {chosen.number}`"
            )
        return [file for file in self.pending if file.number <= chosen.number]

    def last(self, steps: int) -> list[MigrationFile]:
        """Return the last migrations that the keyspace has, or has a part of, the last first."""
        return self._had()[:steps]

    def after(self, target: str) -> int:
        """Return how many migrations came after a target, which is to stay."""
        chosen = self.find(target)
        if not self._is_applied(chosen):
            raise MigrationError(f"{chosen.name} is not applied: there is nothing to go back to")
        return sum(file.number > chosen.number for file in self._had())

    def find(self, target: str) -> MigrationFile:
        """Return the one migration that a name, or the beginning of one, means."""
        wanted = target.removesuffix(".py")
        found = [file for file in self.files if file.name == wanted or file.name.startswith(wanted)]
        if len(found) != 1:
            what = "no migration is" if not found else f"{' and '.join(f.name for f in found)} are"
            raise TargetError(
                f"{what} called {target!r}: name one of {', '.join(f.name for f in self.files)}"
            )
        return found[0]

    def status(self, holder: str | None = None) -> list[MigrationStatus]:
        """Return a line for every migration, in order; `holder` is the runner that is at work, if one is."""
        names = sorted({*self.records, *(file.name for file in self.files)})
        files = {file.name: file for file in self.files}
        found = []
        for name in names:
            line = self._line(name, files.get(name), holder)
            if line is not None:
                found.append(line)
        return found

    def _line(self, name: str, file: MigrationFile | None, holder: str | None) -> MigrationStatus | None:
        record = self.records.get(name)
        if record is None:
            return MigrationStatus(name, PENDING)
        at = record.finished_at or record.started_at
        if record.state == state.ROLLED_BACK:
            note = f"rolled back {_when(at)}"
            return None if file is None else MigrationStatus(name, PENDING, record.description, None, note)
        if file is None:
            return MigrationStatus(
                name, UNKNOWN, record.description, at, f"{record.state}, but not in this folder"
            )
        if self._is_changed(file):
            return MigrationStatus(
                name, CHANGED, record.description, at, "the file was changed after it was applied"
            )
        if not record.unfinished:
            return MigrationStatus(name, record.state, record.description, at)
        under_way = record.state in (state.APPLYING, state.ROLLING_BACK)
        dead = under_way and record.runner != holder
        count = len(record.journal)
        note = f"{record.error or f'by {record.runner}'}; {count} schema statement{'' if count == 1 else 's'} sent"
        if dead:
            note += f"; it was {record.state}, and the next run goes on where it stopped"
        return MigrationStatus(name, INTERRUPTED if dead else record.state, record.description, at, note)

    def _had(self) -> list[MigrationFile]:
        had = {r.name for r in self.records.values() if r.applied or r.unfinished}
        return [file for file in reversed(self.files) if file.name in had]

    def _is_applied(self, file: MigrationFile) -> bool:
        record = self.records.get(file.name)
        return record is not None and record.applied

    def _is_changed(self, file: MigrationFile) -> bool:
        return self._is_applied(file) and self.records[file.name].checksum != file.checksum


def _when(moment: dt.datetime | None) -> str:
    return "" if moment is None else f"on {moment:%Y-%m-%d} at {moment:%H:%M} UTC"
