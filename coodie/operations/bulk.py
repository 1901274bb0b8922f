"""Saving many documents, with every failure named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from coodie.cql.dialect import Target
from coodie.cql.statement import ExecutionOptions
from coodie.exceptions import CoodieError, InvalidQueryError
from coodie.operations.documents import save
from coodie.operations.request import Request
from coodie.results import BulkResult

D = TypeVar("D", bound=BaseModel)


def check_concurrency(concurrency: int) -> int:
    """Return a concurrency of at least 1."""
    if not isinstance(concurrency, int) or isinstance(concurrency, bool) or concurrency < 1:
        raise InvalidQueryError(f"concurrency must be a whole number of at least 1, not {concurrency!r}")
    return concurrency


class BulkSave(Generic[D]):
    """The requests of a bulk save, drawn one by one, and what became of each."""

    def __init__(
        self,
        documents: Iterable[D],
        target: Target,
        options: ExecutionOptions,
        *,
        ttl: int | None,
        progress: Callable[[int], None] | None,
    ) -> None:
        self._documents, self._target, self._options = documents, target, options
        self._ttl, self._progress = ttl, progress
        self._saved = self._done = 0
        self._failed: list[tuple[D, Exception]] = []
        self._sent: dict[int, D] = {}

    def requests(self) -> Iterator[Request[D]]:
        """Give a request per document; one that cannot be built is a failure, and the others go on."""
        position = 0
        for document in self._documents:
            try:
                request = save(document, self._target, self._options, ttl=self._ttl)
            except CoodieError as error:
                self._failed.append((document, error))
                self._tell()
                continue
            self._sent[position] = document
            position += 1
            yield request

    def outcome(self, position: int, result: Any) -> None:
        """Count a success, or keep a failure with its document."""
        document = self._sent.pop(position)
        if isinstance(result, Exception):
            self._failed.append((document, result))
        else:
            self._saved += 1
        self._tell()

    def _tell(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done)

    def result(self) -> BulkResult[D]:
        """Return how many were saved, and each that was not with its error."""
        return BulkResult(self._saved, self._failed)
