"""Rows kept as they came, validated one by one when they are looked at."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from coodie.rows.hydrate import hydrate
from coodie.rows.rows import Rows

D = TypeVar("D", bound=BaseModel)
_OWN = frozenset({"_document", "_model", "_rows"})


class LazyDocument(Generic[D]):
    """Stands for a document: the first access to an attribute validates the row, once.

    What it gives is the document's; `document` is the document itself. Worth it where a page is read and few of its
    rows are used. A row that does not validate raises at that access, not when the page was read.
    """

    __slots__ = ("_document", "_model", "_rows")

    def __init__(self, model: type[D], rows: Rows) -> None:
        self._model, self._rows = model, rows
        self._document: D | None = None

    @property
    def document(self) -> D:
        """The validated document."""
        if self._document is None:
            self._document = hydrate(self._model, self._rows)[0]
        return self._document

    def __getattr__(self, name: str) -> Any:
        return getattr(self.document, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _OWN:
            object.__setattr__(self, name, value)
        else:
            setattr(self.document, name, value)

    def __eq__(self, other: object) -> bool:
        return self.document == (other.document if isinstance(other, LazyDocument) else other)

    __hash__ = None  # type: ignore[assignment]  # as the document's own

    def __repr__(self) -> str:
        state = "not looked at" if self._document is None else repr(self._document)
        return f"<LazyDocument of {self._model.__name__}: {state}>"


def lazily(model: type[D], rows: Rows) -> list[LazyDocument[D]]:
    """Keep each row of a page for later."""
    return [LazyDocument(model, rows._replace(tuples=[row])) for row in rows.tuples]
