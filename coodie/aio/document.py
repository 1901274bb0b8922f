"""`Document`: a Pydantic class that is a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from coodie.aio.query import QuerySet
from coodie.core.document import DocumentCore
from coodie.drivers.registry import async_session
from coodie.execution import arun, arun_plan
from coodie.operations import documents, tables
from coodie.operations.options import execution_options
from coodie.results import LWTResult, SchemaPlan


class Document(DocumentCore):
    """A row as a validated Pydantic model; the class is the table.

    Mark the keys with `Annotated[..., PrimaryKey()]` and `ClusteringKey()`; an inner `class Settings` names the
    table, keyspace and options.
    """

    @classmethod
    async def sync_table(
        cls,
        dry_run: bool = False,
        drop_removed_indexes: bool = False,
    ) -> SchemaPlan:
        """Bring the live table to what the class declares; return the CQL that was sent, `[]` when none was.

        Adds tables, columns, options and indexes; never drops or retypes a column. Reads the schema with one
        statement for a new table, else three. With `dry_run` nothing is sent but those, and what would be is
        returned. A type or key that differs is an `InvalidQueryError` that names both; what the class does not
        declare is listed in the plan's `drift`.
        """
        driver = await async_session(cls.table().connection)
        plan = tables.sync_table(
            cls, driver.target, dry_run=dry_run, drop_removed_indexes=drop_removed_indexes
        )
        return await arun_plan(driver, plan)

    @classmethod
    async def drop_table(cls) -> None:
        """Drop the table with all its rows, if it is there; sends one statement."""
        driver = await async_session(cls.table().connection)
        await arun(driver, tables.drop_table(cls, driver.target))

    @classmethod
    async def truncate(cls) -> None:
        """Remove all rows; sends one statement."""
        driver = await async_session(cls.table().connection)
        await arun(driver, tables.truncate(cls, driver.target))

    @classmethod
    async def create(cls, **values: Any) -> Self:
        """Validate a document from values and save it; sends one statement."""
        return await cls(**values).save()

    async def save(
        self,
        ttl: int | None = None,
        timestamp: int | None = None,
        consistency: str | None = None,
        timeout: float | None = None,
    ) -> Self:
        """Write the whole row and return the document; sends one statement.

        A `None` that was never set is not written and leaves no tombstone; one that was assigned or passed is
        written as null. `ttl` is in seconds, `timestamp` in microseconds since the epoch, `timeout` in seconds.
        """
        driver = await async_session(self.table().connection)
        options = execution_options(consistency, timeout)
        return await arun(driver, documents.save(self, driver.target, options, ttl=ttl, timestamp=timestamp))

    async def insert(
        self,
        ttl: int | None = None,
        consistency: str | None = None,
        timeout: float | None = None,
    ) -> LWTResult:
        """Write the row unless one with its key exists (`IF NOT EXISTS`); sends one statement.

        The result says whether it was applied, and holds the row that stood in the way.
        """
        driver = await async_session(self.table().connection)
        options = execution_options(consistency, timeout)
        return await arun(driver, documents.insert(self, driver.target, options, ttl=ttl))

    async def update(
        self,
        *,
        if_conditions: Mapping[str, Any] | None = None,
        if_exists: bool = False,
        ttl: int | None = None,
        timestamp: int | None = None,
        consistency: str | None = None,
        timeout: float | None = None,
        **columns: Any,
    ) -> LWTResult:
        """Change columns of this row: plain values, or `tags__add=` and the like; sends one statement.

        The document changes only when the write was applied. Conditions: `col`, `col__ne/__gt/__lt/__gte/__lte/__in`.
        """
        driver = await async_session(self.table().connection)
        plan = self.plan_change(columns)
        request = documents.update(
            self,
            plan.assignments,
            driver.target,
            execution_options(consistency, timeout),
            if_conditions=if_conditions,
            if_exists=if_exists,
            ttl=ttl,
            timestamp=timestamp,
        )
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
    ) -> LWTResult:
        """Delete this row; sends one statement."""
        driver = await async_session(self.table().connection)
        request = documents.delete(
            self,
            driver.target,
            execution_options(consistency, timeout),
            if_conditions=if_conditions,
            if_exists=if_exists,
            timestamp=timestamp,
        )
        return await arun(driver, request)

    async def refresh(self) -> Self:
        """Read the row again into this document; sends one statement.

        Raises `DocumentNotFound` where the row is gone.
        """
        driver = await async_session(self.table().connection)
        fresh = await arun(driver, documents.reread(self, driver.target, execution_options()))
        self.adopt(fresh)
        return self

    @classmethod
    def find(cls, **filters: Any) -> QuerySet[Self]:
        """Start a query; nothing is sent until a terminal such as `all()` is called."""
        return QuerySet(cls).filter(**filters) if filters else QuerySet(cls)

    @classmethod
    async def find_one(cls, **filters: Any) -> Self | None:
        """Return the only row that answers, or `None`; sends one statement.

        Raises `MultipleDocumentsFound` where several do.
        """
        return await cls.find(**filters).one_or_none()

    @classmethod
    async def get(cls, **filters: Any) -> Self:
        """Return the one row that answers, by its key or by any filter; sends one statement.

        Raises `DocumentNotFound` where none does, `MultipleDocumentsFound` where several do.
        """
        if not cls.is_key(filters.keys()):
            return await cls.find(**filters).one()
        driver = await async_session(cls.table().connection)
        return await arun(driver, documents.get_by_key(cls, filters, driver.target, execution_options()))
