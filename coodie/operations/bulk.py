"""Saving many documents, with every failure named."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from coodie.cql.dialect import Target
from coodie.cql.statement import BatchStatement, ExecutionOptions, Statement
from coodie.exceptions import CoodieError, InvalidQueryError, Timeout
from coodie.operations.batch_size import WARN_BYTES, size_of
from coodie.operations.documents import save
from coodie.operations.request import Request, constant
from coodie.results import BulkResult
from coodie.schema.inspect import table_of

D = TypeVar("D", bound=BaseModel)

# How many documents are looked at together for those of one partition.
WINDOW = 256
# A server counts its own overhead too, so a group stays well below the size that it warns of.
_GROUP_BYTES = WARN_BYTES * 2 // 3
_LARGEST_SINGLE = 3.4e38
_OVERHEAD = 16  # of each value: its timestamp, its column


def check_concurrency(concurrency: int) -> int:
    """Return a concurrency of at least 1."""
    if not isinstance(concurrency, int) or isinstance(concurrency, bool) or concurrency < 1:
        raise InvalidQueryError(f"concurrency must be a whole number of at least 1, not {concurrency!r}")
    return concurrency


class _Save(NamedTuple, Generic[D]):
    """A document with the request that saves it."""

    document: D
    request: Request[D]

    @property
    def key(self) -> Any:
        """The table and partition of the row; `None` where it must be sent by itself."""
        statement = self.request.statement
        assert isinstance(statement, Statement)  # noqa: S101 - a save is one statement
        shape = statement.shape
        if shape.conditional or not shape.partition:
            return None
        return (shape, *(_identity(statement.params[place]) for _, place in shape.partition))


class BulkSave(Generic[D]):
    """The requests of a bulk save, drawn as they are sent, and what became of each document.

    Rows of one partition that come near each other share a request: an unlogged batch, which a server applies as one
    write. What such a group was refused is sent again row by row, so that each row has its own outcome; a group
    whose answer did not come in time is not, as it may have been written.
    """

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
        self._sent: dict[int, list[_Save[D]]] = {}
        self._again: list[_Save[D]] = []

    def requests(self) -> Iterator[Request[Any]]:
        """Give a request per document or group; one that cannot be built is a failure, and the others go on."""
        return self._numbered(self._groups())

    def singly(self) -> Iterator[Request[Any]]:
        """Give a request per document of the groups that were refused, once all others have their outcome."""
        again, self._again = self._again, []
        return self._numbered([each] for each in again)

    def _numbered(self, groups: Iterable[list[_Save[D]]]) -> Iterator[Request[Any]]:
        for position, group in enumerate(groups):
            self._sent[position] = group
            yield group[0].request if len(group) == 1 else self._batch(group)

    def _batch(self, group: list[_Save[D]]) -> Request[Any]:
        statements: Any = tuple(each.request.statement for each in group)
        return Request(BatchStatement(statements, "UNLOGGED", self._options), constant(None))

    def _groups(self) -> Iterator[list[_Save[D]]]:
        window: list[_Save[D]] = []
        try:
            for each in self._saves():
                if not _may_share(each.document):
                    yield [each]
                    continue
                window.append(each)
                if len(window) == WINDOW:
                    full, window = window, []
                    yield from _by_partition(full)
        except Exception:
            # What was drawn before the source failed is saved all the same.
            yield from _by_partition(window)
            raise
        yield from _by_partition(window)

    def _saves(self) -> Iterator[_Save[D]]:
        for document in self._documents:
            try:
                request = save(document, self._target, self._options, ttl=self._ttl)
            except CoodieError as error:
                self._fail(document, error)
                continue
            yield _Save(document, request)

    def outcome(self, position: int, result: Any) -> None:
        """Count a success, keep a failure with its document, or remember a refused group to be sent singly."""
        group = self._sent.pop(position)
        if isinstance(result, Exception):
            if len(group) > 1 and not isinstance(result, Timeout):
                self._again += group
                return
            for each in group:
                self._fail(each.document, result)
            return
        for _ in group:
            self._saved += 1
            self._tell()

    def _fail(self, document: D, error: Exception) -> None:
        self._failed.append((document, error))
        self._tell()

    def _tell(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done)

    def result(self) -> BulkResult[D]:
        """Return how many were saved, and each that was not with its error."""
        return BulkResult(self._saved, self._failed)


def _may_share(document: BaseModel) -> bool:
    """Tell whether another row may be in the document's partition."""
    return bool(table_of(type(document)).clustering_key)


def _by_partition(window: list[_Save[D]]) -> Iterator[list[_Save[D]]]:
    """Divide documents into groups of one partition, each below the size of which a server warns.

    A row that is saved twice never stands twice in a group: both writes would have the same timestamp.
    """
    partitions: dict[Any, list[_Save[D]]] = {}
    for number, each in enumerate(window):
        key = each.key
        partitions.setdefault(number if key is None else key, []).append(each)
    for partition in partitions.values():
        yield from _cut(partition)


def _cut(partition: list[_Save[D]]) -> Iterator[list[_Save[D]]]:
    group: list[_Save[D]] = []
    rows: set[Any] = set()
    size = 0
    for each in partition:
        statement: Any = each.request.statement
        row, own = _row(each.document), size_of(statement) + _OVERHEAD * len(statement.params)
        if group and (size + own > _GROUP_BYTES or row in rows):
            yield group
            group, rows, size = [], set(), 0
        group.append(each)
        rows.add(row)
        size += own
    if group:
        yield group


def _row(document: BaseModel) -> tuple[Any, ...]:
    return tuple(
        _identity(getattr(document, column.field)) for column in table_of(type(document)).clustering_key
    )


def _identity(value: Any) -> Any:
    """Return what is equal, and hashes, for values that are one to the server."""
    match value:
        case dt.datetime():
            return value.replace(microsecond=value.microsecond // 1000 * 1000)
        case float():
            return array("f", [value])[0] if abs(value) < _LARGEST_SINGLE else value
        case list() | tuple():
            return tuple(map(_identity, value))
        case set() | frozenset():
            return frozenset(map(_identity, value))
        case dict():
            return frozenset((_identity(key), _identity(item)) for key, item in value.items())
        case BaseModel():
            return tuple(map(_identity, vars(value).values()))
        case _:
            return value
