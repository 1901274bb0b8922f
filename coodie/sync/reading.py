# Generated from coodie/aio/reading.py by tools/unasync.py; change that file instead.
"""What documents, counters and views share: queries, and reading one row."""

from __future__ import annotations

from typing import Any, Self

from coodie.sync.query import QuerySet
from coodie.core.document import DocumentCore, adopt
from coodie.drivers.registry import sync_session
from coodie.exceptions import InvalidQueryError
from coodie.execution import run
from coodie.operations import documents
from coodie.operations.options import defaults_of
from coodie.schema.inspect import table_of


class Reading(DocumentCore):
    """A row that can be found."""

    @classmethod
    def find(cls, **filters: Any) -> QuerySet[Self]:
        """Start a query; nothing is sent until a terminal such as `all()` is called."""
        return QuerySet(cls).filter(**filters) if filters else QuerySet(cls)

    @classmethod
    def find_one(cls, **filters: Any) -> Self | None:
        """Return the only row that answers, or `None`; sends one statement.

        Raises `MultipleDocumentsFound` where several do.
        """
        return cls.find(**filters).one_or_none()

    @classmethod
    def get(cls, **filters: Any) -> Self:
        """Return the one row that answers, by its key or by any filter; sends one statement.

        Raises `DocumentNotFound` where none does, `MultipleDocumentsFound` where several do.
        """
        if not filters:
            raise InvalidQueryError(
                f"{cls.__name__}.get() was given no filter: name the row by its key, or take one with find().first()"
            )
        if filters.keys() != table_of(cls).key_fields:
            return cls.find(**filters).one()
        table = table_of(cls)
        driver = sync_session(table.connection)
        return run(driver, documents.get_by_key(cls, filters, driver.target, defaults_of(table)))

    def refresh(self) -> Self:
        """Read the row again into this document; sends one statement.

        Raises `DocumentNotFound` where the row is gone.
        """
        table = table_of(type(self))
        driver = sync_session(table.connection)
        fresh = run(driver, documents.reread(self, driver.target, defaults_of(table)))
        adopt(self, fresh)
        return self
