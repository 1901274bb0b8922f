"""Pages of a stream that stay as they came, and are decoded as the loop comes to their rows.

The drivers decode a page of 5,000 rows when it arrives, in their own thread: 20,000 objects that the garbage collector
looks at again and again until the loop has come to them, beside the page that it works on. Left as bytes, a page is one
object; its rows are decoded some at a time, where they are used, and die young.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, overload

from cassandra.policies import ColDesc
from cassandra.protocol import HAVE_CYTHON, ProtocolHandler, ResultMessage

from coodie.cql.statement import BatchStatement, Statement
from coodie.drivers.cassandra_errors import translate
from coodie.drivers.cassandra_handlers import reading

if HAVE_CYTHON:
    from cassandra.bytesio import BytesIOReader
    from cassandra.deserializers import make_deserializers
    from cassandra.obj_parser import parse_rows_lazy
    from cassandra.parsing import ParseDesc

Row = tuple[Any, ...]


class StreamedRows(Sequence[Row]):
    """The rows of a page, decoded when they are asked for: cheap in their order, from the first again otherwise."""

    def __init__(self, body: bytes, description: Any) -> None:
        self._body, self._description = body, description
        self._count = int.from_bytes(body[:4], "big", signed=True)
        self._rows: Iterator[Row] = iter(())
        self._place = 0
        self.statement: Statement | BatchStatement | None = None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        # A generator: the driver calls iter() on what it is given, and that should decode nothing.
        yield from self._decoded()

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if not isinstance(place, slice):
            return self[:][place]
        first, last, step = place.indices(self._count)
        if step != 1:
            return self[:][place]
        if first != self._place or first == 0:
            self._rows = islice(self._decoded(), first, None)
        taken = list(islice(self._rows, max(0, last - first)))
        self._place = first + len(taken)
        return taken

    def _decoded(self) -> Iterator[Row]:
        try:
            yield from parse_rows_lazy(BytesIOReader(self._body), self._description)
        except Exception as error:
            raise translate(error, self.statement) from error


@lru_cache
def streaming_handler(handler: Any) -> Any:
    """Return a protocol handler that reads as the given one does, but leaves the rows for later.

    Where the driver has no compiled parser, or the application has chosen another, it is the given one.
    """
    kind = handler.message_types_by_opcode[ResultMessage.opcode]
    usual = ProtocolHandler.message_types_by_opcode[ResultMessage.opcode]
    if (
        not HAVE_CYTHON
        or not issubclass(kind, usual)
        or kind.recv_results_rows is not usual.recv_results_rows
    ):
        return handler

    class _StreamedResult(kind):  # type: ignore[misc, valid-type]  # the underscore keeps it out of the driver's registry
        column_metadata: Any

        def recv_results_rows(
            self, body: Any, protocol_version: int, user_types: Any, known: Any, encryption: Any
        ) -> None:
            self.recv_results_metadata(body, user_types)
            columns = self.column_metadata or known
            self.column_names = [column[2] for column in columns]
            self.column_types = [column[3] for column in columns]
            description = ParseDesc(
                self.column_names,
                self.column_types,
                encryption,
                [ColDesc(*column[:3]) for column in columns],
                make_deserializers(self.column_types),
                protocol_version,
            )
            self.parsed_rows = StreamedRows(body.read(), description)

    return reading(handler, _StreamedResult)
