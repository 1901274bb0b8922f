"""What a materialized view is without a connection: it is read, never written."""

from __future__ import annotations

from typing import Any, NoReturn

from coodie.core.document import DocumentCore
from coodie.exceptions import InvalidQueryError
from coodie.operations.query_writes import refuse_view
from coodie.schema.inspect import table_of
from coodie.schema.table import Table
from coodie.schema.view import view_table


class ViewCore(DocumentCore):
    """The writes of a document, each refused with what to do instead."""

    @classmethod
    def _make_table(cls) -> Table:
        return view_table(cls)

    @classmethod
    def _refuse(cls, method: str) -> NoReturn:
        refuse_view(table_of(cls), method)

    def save(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view follows its table."""
        self._refuse("save")

    def insert(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view follows its table."""
        self._refuse("insert")

    def update(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view follows its table."""
        self._refuse("update")

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view follows its table."""
        self._refuse("delete")

    def delete_columns(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view follows its table."""
        self._refuse("delete_columns")

    @classmethod
    def bulk_save(cls, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view follows its table."""
        cls._refuse("bulk_save")

    @classmethod
    def truncate(cls, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view follows its table."""
        cls._refuse("truncate")

    @classmethod
    def drop_table(cls, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view is dropped by a method of its own."""
        raise InvalidQueryError(f"{cls.__name__} is a materialized view: call drop_view()")

    @classmethod
    def create(cls, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view follows its table."""
        cls._refuse("create")

    @classmethod
    def sync_table(cls, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view has a sync of its own."""
        raise InvalidQueryError(f"{cls.__name__} is a materialized view: call sync_view()")
