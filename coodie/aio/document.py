"""`Document`: a Pydantic class that is a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Self

from coodie.aio.batch import AsyncBatchQuery
from coodie.aio.reading import Reading
from coodie.core.change import plan_change
from coodie.core.removal import plan_removal
from coodie.drivers.registry import async_session
from coodie.execution import arun, arun_many, arun_plan
from coodie.operations import bulk, documents, index_ready, json_documents, tables
from coodie.operations.lwt import QUEUED, settle
from coodie.operations.options import options_for
from coodie.results import BulkResult, LWTResult, SchemaPlan
from coodie.schema.inspect import table_of


class Document(Reading):
    """A row as a validated Pydantic model; the class is the table.

    Mark the keys with `Annotated[..., PrimaryKey()]` and `ClusteringKey()`; an inner `class Settings` names the
    table, keyspace and options.
    """

    @classmethod
    async def sync_table(cls, dry_run: bool = False, drop_removed_indexes: bool = False) -> SchemaPlan:
        """Bring the live table to what the class declares; return the CQL that was sent, `[]` when none was.

        Adds types, tables, columns, options and indexes; never drops or retypes a column. Reads the schema with one
        statement for a new table, else two, one more for a model with table options, and one for each user type. With
        `dry_run` nothing is sent but those, and what would be is returned. A type or key that differs is an
        `InvalidQueryError` that names both; what the class does not declare is listed in the plan's `drift`.
        """
        driver = await async_session(table_of(cls).connection)
        plan = tables.sync_table(
            cls, driver.target, dry_run=dry_run, drop_removed_indexes=drop_removed_indexes
        )
        return await arun_plan(driver, plan)

    @classmethod
    async def wait_for_index(cls, index_name: str | None = None, timeout: float = 60.0) -> None:
        """Return when the vector index, or each of them, answers; raises `Timeout` after `timeout` seconds.

        A server builds an index in the background, and refuses searches until it is there. Sends one search, and
        again with growing pauses of at most half a second. What is written from then on is found at once on
        Cassandra; on ScyllaDB the index follows its table by about a second.
        """
        driver = await async_session(table_of(cls).connection)
        await arun_plan(driver, index_ready.wait_for_index(cls, driver.target, index_name, timeout))

    @classmethod
    async def drop_table(cls) -> None:
        """Drop the table with all its rows, if it is there; sends one statement."""
        driver = await async_session(table_of(cls).connection)
        await arun(driver, tables.drop_table(cls, driver.target))

    @classmethod
    async def truncate(cls) -> None:
        """Remove all rows; sends one statement."""
        driver = await async_session(table_of(cls).connection)
        await arun(driver, tables.truncate(cls, driver.target))

    @classmethod
    async def create(cls, **values: Any) -> Self:
        """Validate a document from values and save it; sends one statement."""
        return await cls(**values).save()

    @classmethod
    async def bulk_save(
        cls,
        docs: Iterable[Self],
        concurrency: int = 32,
        ttl: int | None = None,
        consistency: str | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> BulkResult[Self]:
        """Save many documents with at most `concurrency` writes under way; sends one statement a document, or less.

        Rows of one partition that come near each other (among 256) go together, as one unlogged batch below the
        size of which a server warns; such a batch that is refused is sent again row by row, so that each row has its
        own outcome. `docs` is drawn as writes go out, so a generator of any length is fine. `progress` is told how
        many are done. The result counts what was saved and names each document that was not, with its error.
        """
        driver = await async_session(table_of(cls).connection)
        work: bulk.BulkSave[Self] = bulk.BulkSave(
            docs, driver.target, options_for(table_of(cls), consistency), ttl=ttl, progress=progress
        )
        bulk.check_concurrency(concurrency)
        await arun_many(driver, work.requests(), concurrency, work.outcome)
        await arun_many(driver, work.singly(), concurrency, work.outcome)
        return work.result()

    async def save(
        self,
        ttl: int | None = None,
        timestamp: int | None = None,
        consistency: str | None = None,
        timeout: float | None = None,
        batch: AsyncBatchQuery | None = None,
    ) -> Self:
        """Write the whole row and return the document; sends one statement.

        A `None` that was never set is not written and leaves no tombstone; one that was assigned or passed is
        written as null. `ttl` is in seconds, `timestamp` in microseconds since the epoch, `timeout` in seconds. With
        a `batch` nothing is sent before the batch is.
        """
        driver = await async_session(table_of(type(self)).connection)
        options = options_for(table_of(type(self)), consistency, timeout)
        if batch is not None:
            timestamp = batch.timestamp if timestamp is None else timestamp
        request = documents.save(self, driver.target, options, ttl=ttl, timestamp=timestamp)
        if batch is not None:
            batch.collect(request.statement, driver.name, lambda: settle(request))
            return self
        return await arun(driver, request)

    async def save_json(
        self,
        ttl: int | None = None,
        timestamp: int | None = None,
        consistency: str | None = None,
        timeout: float | None = None,
        batch: AsyncBatchQuery | None = None,
    ) -> Self:
        """Write the whole row as one JSON text (`INSERT ... JSON`) and return the document; sends one statement.

        Columns that nobody set are left as they are. It costs the server more than `save()`: for rows that are
        to be seen as JSON on the way.
        """
        driver = await async_session(table_of(type(self)).connection)
        options = options_for(table_of(type(self)), consistency, timeout)
        if batch is not None:
            timestamp = batch.timestamp if timestamp is None else timestamp
        request = json_documents.save_json(self, driver.target, options, ttl=ttl, timestamp=timestamp)
        if batch is not None:
            batch.collect(request.statement, driver.name)
            return self
        return await arun(driver, request)

    async def insert(
        self,
        ttl: int | None = None,
        consistency: str | None = None,
        timeout: float | None = None,
        batch: AsyncBatchQuery | None = None,
    ) -> LWTResult:
        """Write the row unless one with its key exists (`IF NOT EXISTS`); sends one statement.

        The result says whether it was applied, and holds the row that stood in the way. With a `batch` the batch's
        own result says it.
        """
        driver = await async_session(table_of(type(self)).connection)
        options = options_for(table_of(type(self)), consistency, timeout)
        request = documents.insert(self, driver.target, options, ttl=ttl)
        if batch is not None:
            batch.collect(request.statement, driver.name, lambda: settle(request))
            return QUEUED
        return await arun(driver, request)

    async def update(
        self,
        *,
        if_conditions: Mapping[str, Any] | None = None,
        if_exists: bool = False,
        ttl: int | None = None,
        timestamp: int | None = None,
        consistency: str | None = None,
        timeout: float | None = None,
        batch: AsyncBatchQuery | None = None,
        **columns: Any,
    ) -> LWTResult:
        """Change columns of this row: plain values, or `tags__add=` and the like; sends one statement.

        The document changes only when the write was applied. Conditions: `col`, `col__ne/__gt/__lt/__gte/__lte/__in`.
        """
        driver = await async_session(table_of(type(self)).connection)
        if batch is not None:
            timestamp = batch.timestamp if timestamp is None else timestamp
        plan = plan_change(self, columns)
        request = documents.update(
            self,
            plan.assignments,
            driver.target,
            options_for(table_of(type(self)), consistency, timeout),
            if_conditions=if_conditions,
            if_exists=if_exists,
            ttl=ttl,
            timestamp=timestamp,
        )
        if batch is not None:
            batch.collect(request.statement, driver.name, lambda: plan.apply(self))
            return QUEUED
        result = await arun(driver, request)
        if result.applied:
            plan.apply(self)
        return result

    async def delete(
        self,
        if_exists: bool = False,
        if_conditions: Mapping[str, Any] | None = None,
        timestamp: int | None = None,
        consistency: str | None = None,
        timeout: float | None = None,
        batch: AsyncBatchQuery | None = None,
    ) -> LWTResult:
        """Delete this row; sends one statement."""
        driver = await async_session(table_of(type(self)).connection)
        if batch is not None:
            timestamp = batch.timestamp if timestamp is None else timestamp
        request = documents.delete(
            self,
            driver.target,
            options_for(table_of(type(self)), consistency, timeout),
            if_conditions=if_conditions,
            if_exists=if_exists,
            timestamp=timestamp,
        )
        if batch is not None:
            batch.collect(request.statement, driver.name)
            return QUEUED
        return await arun(driver, request)

    async def delete_columns(
        self,
        *columns: str,
        collection_elements: Mapping[str, Sequence[Any]] | None = None,
        if_exists: bool = False,
        if_conditions: Mapping[str, Any] | None = None,
        timestamp: int | None = None,
        consistency: str | None = None,
        timeout: float | None = None,
        batch: AsyncBatchQuery | None = None,
    ) -> LWTResult:
        """Delete single columns of this row, and elements of its collections; sends one statement.

        `collection_elements` names keys of a map or positions of a list, by column. The document's deleted columns
        become null or empty when the write was applied.
        """
        driver = await async_session(table_of(type(self)).connection)
        if batch is not None:
            timestamp = batch.timestamp if timestamp is None else timestamp
        plan = plan_removal(self, columns, collection_elements or {})
        request = documents.delete(
            self,
            driver.target,
            options_for(table_of(type(self)), consistency, timeout),
            removals=plan.removals,
            if_conditions=if_conditions,
            if_exists=if_exists,
            timestamp=timestamp,
        )
        if batch is not None:
            batch.collect(request.statement, driver.name, lambda: plan.apply(self))
            return QUEUED
        result = await arun(driver, request)
        if result.applied:
            plan.apply(self)
        return result
