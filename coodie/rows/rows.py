"""`Rows`: one page of a result as plain tuples, with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from coodie.cqltype import CqlType

Decoder = Callable[[Any], Any]


def no_decoder(cql_type: CqlType) -> Decoder | None:
    """Return no decoder for any type: the rows hold Python's own values already."""
    del cql_type  # whatever it is
    return None


class Trace(NamedTuple):
    """The server's account of a statement: seconds, coordinator, and (source, microseconds, what) per event."""

    duration: float | None
    coordinator: str | None
    events: tuple[tuple[str, int, str], ...]


class Rows(NamedTuple):
    """One page: column names, their CQL types, and a tuple per row.

    Values are the driver's own; `decoder(type)` gives the function that makes Python's value of one, or `None`
    where the two are the same. A vector of floats may be packed, as `bytes`. `paging_state` is the token of the next
    page, `None` on the last. `trace` is a `Trace` where the statement asked for one.
    """

    columns: tuple[str, ...] = ()
    types: tuple[CqlType, ...] = ()
    tuples: Sequence[tuple[Any, ...]] = ()
    paging_state: bytes | None = None
    trace: Trace | None = None
    warnings: tuple[str, ...] = ()
    coordinator: str | None = None
    decoder: Callable[[CqlType], Decoder | None] = no_decoder

    def decoded(
        self, limit: int | None = None, reads: Sequence[Decoder | None] | None = None
    ) -> list[tuple[Any, ...]]:
        """Give the first `limit` rows (all by default) with Python's own values; `reads` decode in other ways."""
        decoders = [self.decoder(cql_type) for cql_type in self.types]
        if reads is not None:
            decoders = [read or decode for read, decode in zip(reads, decoders, strict=True)]
        rows = self.tuples if limit is None else self.tuples[:limit]
        if not any(decoders):
            return [tuple(row) for row in rows]
        return [
            tuple(
                value if decode is None or value is None else decode(value)
                for decode, value in zip(decoders, row, strict=True)
            )
            for row in rows
        ]


EMPTY = Rows()
