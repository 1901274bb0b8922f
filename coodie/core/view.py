"""What a materialized view is without a connection: it is read, never written."""

from __future__ import annotations

from typing import Any, NoReturn

from coodie.core.document import DocumentCore
from coodie.exceptions import InvalidQueryError
from coodie.schema.settings import read_settings
from coodie.schema.table import Table
from coodie.schema.view import view_table


class ViewCore(DocumentCore):
    """The writes of a document, each refused with what to do instead."""

    @classmethod
    def _make_table(cls) -> Table:
        return view_table(cls)

    @classmethod
    def _refuse(cls, method: str) -> NoReturn:
        base = read_settings(cls).base_table
        name = getattr(base, "__name__", base)
        raise InvalidQueryError(
            f"{cls.__name__} is a materialized view: {method}() goes to {name}, the view follows"
        )

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

    @classmethod
    def create(cls, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view follows its table."""
        cls._refuse("create")

    @classmethod
    def sync_table(cls, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a view has a sync of its own."""
        raise InvalidQueryError(f"{cls.__name__} is a materialized view: call sync_view()")
