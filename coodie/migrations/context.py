"""`MigrationContext`: what a migration does to its keyspace, checked, noted, and in a dry run only planned."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Generator, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from coodie.core.view import ViewCore
from coodie.cql.dialect import Target
from coodie.cql.statement import Kind, Shape, Statement
from coodie.drivers.base import AbstractDriver
from coodie.exceptions import MigrationError, ServerRejected
from coodie.execution import arun, arun_plan
from coodie.migrations.agreement import agreement
from coodie.migrations.cqltext import destroys, in_keyspace, is_read, is_schema
from coodie.migrations.journal import Journal
from coodie.migrations.progress import Progress
from coodie.migrations.rehearsal import Rehearsal
from coodie.migrations.scan import Scan, scan_rows
from coodie.naming import check_object_name, qualified, quote
from coodie.operations import introspection
from coodie.operations.request import Pause, Request
from coodie.operations.tables import sync_table
from coodie.operations.views import sync_view
from coodie.results import SchemaPlan
from coodie.rows.rows import EMPTY, Rows

logger = logging.getLogger("coodie.migrations")
T = TypeVar("T")


class RefusedError(MigrationError):
    """A statement destroys something, and its migration does not say that it may."""


class MigrationContext:
    """By which a migration acts on its keyspace.

    `planned_cql` lists what was sent, or in a dry run would be; reads are sent in either case and are not in it.
    `sent` counts those that the server has carried out.
    """

    def __init__(
        self,
        driver: AbstractDriver,
        keyspace: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - as in apply() and sync_table()
        allow_destructive: bool = False,  # noqa: FBT001, FBT002
        *,
        name: str = "migration",
        journal: Journal | None = None,
        rehearsal: Rehearsal | None = None,
        progress: Progress | None = None,
        agreement_timeout: float = 60.0,
    ) -> None:
        self.driver, self.dry_run = driver, dry_run
        self.keyspace = check_object_name(keyspace, "keyspace")
        self.allow_destructive, self.name = allow_destructive, name
        self.planned_cql: list[str] = []
        self.sent = 0
        self._journal = journal or Journal()
        self._rehearsal = rehearsal or Rehearsal(keyspace)
        self._progress = progress or Progress()
        self._agreement_timeout = agreement_timeout
        self._scans: dict[str, int] = {}

    async def execute(self, cql: str, params: Sequence[Any] | None = None) -> list[dict[str, Any]]:
        """Execute CQL with its `?` markers bound; the result is a dictionary per row, all pages of it.

        A name without a keyspace means the migration's. A statement that changes the schema is noted before and after
        it is sent, and answered when all nodes have it; one that an interrupted run has sent is not sent again. In a
        dry run reads are sent, all else is added to `planned_cql`.
        """
        values = tuple(params or ())
        cql = in_keyspace(cql, self.keyspace)
        if is_read(cql):
            return await self._read(Statement(Shape(cql, Kind.RAW, self.keyspace, idempotent=True), values))
        self._check_destructive(cql)
        if is_schema(cql):
            await self._change_schema(Shape(cql, Kind.DDL, self.keyspace))
            return []
        self._journal.check()
        self.planned_cql.append(cql)
        if self.dry_run:
            return []
        rows = await self._read(Statement(Shape(cql, Kind.RAW, self.keyspace), values))
        self.sent += 1
        return rows

    async def column_exists(self, table: str, column: str, keyspace: str | None = None) -> bool:
        """Tell whether a table has a column; in a dry run, whether it would have it by now."""
        live = await self._table(table, keyspace)
        return live is not None and column in live.columns

    async def index_exists(self, index: str, keyspace: str | None = None) -> bool:
        """Tell whether the keyspace has an index; in a dry run, whether it would have it by now."""
        there = await self._drive(introspection.index_names(self._where(keyspace)))
        return index in there

    async def drop_column(
        self,
        table: str,
        column: str,
        keyspace: str | None = None,
        if_exists: bool = True,  # noqa: FBT001, FBT002 - the public signature
    ) -> None:
        """Drop a column with all its values; with `if_exists` one that is not there is passed over."""
        cql = f"ALTER TABLE {self._named(keyspace, table)} DROP {quote(column)}"
        # Only Cassandra has IF EXISTS here: looking first serves both.
        await self._drop(cql, present=not if_exists or await self.column_exists(table, column, keyspace))

    async def drop_table(self, table: str, keyspace: str | None = None, if_exists: bool = True) -> None:  # noqa: FBT001, FBT002
        """Drop a table with all its rows."""
        await self._drop(f"DROP TABLE {_guard(if_exists)}{self._named(keyspace, table)}")

    async def drop_index(self, index: str, keyspace: str | None = None, if_exists: bool = True) -> None:  # noqa: FBT001, FBT002
        """Drop an index; the rows stay."""
        await self._drop(f"DROP INDEX {_guard(if_exists)}{self._named(keyspace, index, 'index')}")

    async def rename_column(self, table: str, old: str, new: str, keyspace: str | None = None) -> None:
        """Rename a key column; servers rename no other."""
        cql = f"ALTER TABLE {self._named(keyspace, table)} RENAME {quote(old)} TO {quote(new)}"
        live = await self._table(table, keyspace)
        there = live.columns.get(old) if live is not None else None
        if there is not None and there.kind not in ("partition_key", "clustering"):
            raise MigrationError(
                f"{self.name}: {table}.{old} is no key column, and servers rename only those: add {new}, copy the "
                f"values with scan_table, and drop {old} in a later migration"
            )
        await self._change_schema(Shape(cql, Kind.DDL, self._where(keyspace), table))

    async def sync(self, model: type[BaseModel]) -> SchemaPlan:
        """Make or extend the table or view of a model, as its `sync_table` would; either colour's models will do.

        The model is the one of the day the migration runs: where it may change later, write its CQL instead, as
        `coodie makemigration` does.
        """
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            raise MigrationError(f"{self.name}: sync takes a model, not {str(model)[:60]!r}")
        target = Target(self.keyspace, self.driver.target.dialect, self.driver.target.version)
        plan = sync_view(model, target) if issubclass(model, ViewCore) else sync_table(model, target)
        return await self._drive(plan)

    async def scan_table(
        self,
        table: str,
        columns: Sequence[str] | None = None,
        page_size: int = 1000,
        throttle: float | None = None,
        ranges: int = 64,
        keyspace: str | None = None,
    ) -> AsyncIterator[dict[str, Any]]:
        """Give every row of a table as a dictionary, along the token ring: `async for row in ctx.scan_table("t")`.

        Reads pages of `page_size` rows, at most `throttle` rows a second, in `ranges` equal parts of the ring. How far
        it has come is noted after each page: a run that goes on after an interruption starts behind the last partition
        that was noted, so a few rows come twice and none is left out. What is done with a row must therefore be
        something that can be done twice. `columns` are those to read, all by default.
        """
        live, where = await self._table(table, keyspace), self._where(keyspace)
        if live is None:
            raise MigrationError(f"{self.name}: there is no table {table} to scan in {where}")
        if isinstance(columns, str):
            raise MigrationError(f"{self.name}: columns is a list of names, not the text {columns[:60]!r}")
        unknown = [column for column in columns or () if column not in live.columns]
        if unknown:
            raise MigrationError(
                f"{self.name}: table {table} has no column {unknown[0]}; it has {', '.join(live.columns)}"
            )
        absent = self._rehearsal.planned_columns(where, table) if self.dry_run else frozenset()
        chosen = list(columns or live.columns)
        keys = sorted(
            (c for c in live.columns.values() if c.kind == "partition_key"), key=lambda c: c.position
        )
        nth = self._scans[table] = self._scans.get(table, 0) + 1
        scan = Scan(
            name=table if nth == 1 else f"{table} ({nth})",
            keyspace=where,
            table=table,
            key=[column.name for column in keys],
            columns=[column for column in chosen if column not in absent],
            absent=[column for column in chosen if column in absent],
            page_size=page_size,
            throttle=throttle,
            ranges=ranges,
        )
        if self.dry_run and self._rehearsal.made(where, table):
            return  # the table is only planned: it has no rows
        rows = scan_rows(
            self.driver,
            scan,
            self._journal,
            lambda count, share: self._progress.scanned(self.name, table, count, share),
        )
        async for row in rows:
            yield row

    def _where(self, keyspace: str | None) -> str:
        """Return the keyspace that is meant; an empty name is refused, and never the migration's own."""
        return self.keyspace if keyspace is None else check_object_name(keyspace, "keyspace")

    def _named(self, keyspace: str | None, name: str, what: str = "table") -> str:
        """Return the CQL name of a table or index; one that no server allows is refused here."""
        return qualified(self._where(keyspace), check_object_name(name, what))

    async def _table(self, table: str, keyspace: str | None) -> introspection.LiveTable | None:
        return await self._drive(introspection.introspect_table(self._where(keyspace), table, options=False))

    async def _drive(self, plan: Generator[Statement, Rows, T]) -> T:
        """Execute a plan, its changes noted, its view of the schema that of the rehearsal."""
        try:
            statement = next(plan)
            while True:
                if statement.shape.kind is Kind.DDL:
                    await self._change_schema(statement.shape)
                    rows = EMPTY
                else:
                    rows = await arun(self.driver, Request(statement, _rows))
                    if self.dry_run:
                        rows = self._rehearsal.amend(statement, rows)
                statement = plan.send(rows)
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            plan.close()

    async def _drop(self, cql: str, *, present: bool = True) -> None:
        self._check_destructive(cql)
        if present:
            await self._change_schema(Shape(cql, Kind.DDL, self.keyspace))

    async def _change_schema(self, shape: Shape) -> None:
        """Send a statement that changes the schema, once over all runs, and wait until all nodes have it."""
        cql = shape.text
        if self._journal.done_before(cql):
            self._progress.skipped(self.name, cql)
            if self.dry_run:
                return
            await self._agree()
            return
        self.planned_cql.append(cql)
        if self.dry_run:
            self._rehearsal.play(cql)
            return
        started = time.monotonic()
        await self._journal.sending(cql)
        self._journal.check()
        try:
            await arun(self.driver, Request(Statement(shape), _rows))
        except ServerRejected as refusal:
            if not self._journal.was_under_way(cql, refusal):
                await self._journal.refused()
                raise
            logger.warning("%s: an interrupted run had done this after all: %s", self.name, cql)
        self.sent += 1
        await self._agree()
        await self._journal.sent(cql)
        self._progress.sent(self.name, cql, time.monotonic() - started)

    async def _agree(self) -> None:
        plan: Generator[Statement | Pause, Rows, None] = agreement(self._agreement_timeout)
        await arun_plan(self.driver, plan)

    async def _read(self, statement: Statement) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            rows = await arun(self.driver, Request(statement, _rows))
            found += [dict(zip(rows.columns, row, strict=True)) for row in rows.decoded()]
            if rows.paging_state is None:
                return found
            options = statement.options.__class__(paging_state=rows.paging_state)
            statement = statement._replace(options=options)

    def _check_destructive(self, cql: str) -> None:
        lost = destroys(cql)
        if lost is not None and not self.allow_destructive:
            raise RefusedError(
                f"{self.name}: {' '.join(cql.split())} destroys {lost}, and the migration does not say "
                "`allow_destructive = True`; the statement was not sent"
            )


def _guard(if_exists: bool) -> str:  # noqa: FBT001
    return "IF EXISTS " if if_exists else ""


def _rows(rows: Rows) -> Rows:
    return rows
