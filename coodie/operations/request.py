"""`Request` and `Plan`: what an operation is before it is executed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from coodie.cql.statement import BatchStatement, Statement
from coodie.rows.rows import Rows

T = TypeVar("T")


class Request(NamedTuple, Generic[T]):
    """One round trip: a statement, and how its rows become the result.

    Building one sends nothing: it can be printed, asserted, explained, or put in a batch.
    """

    statement: Statement | BatchStatement
    decode: Callable[[Rows], T]


class Streamed(NamedTuple, Generic[T]):
    """One page of a stream: its rows as they are come to, and the token of the next page."""

    data: Iterator[T]
    paging_state: bytes | None


class Pause(NamedTuple):
    """A step of a plan that sends nothing: whoever polls lets the server work for some seconds in between."""

    seconds: float


# The few operations that need more than one round trip: statements out, rows in, the result at the end.
Plan: TypeAlias = Generator[Statement | Pause, Rows, T]


def nothing(rows: Rows) -> None:
    """Decode the answer of a statement that gives none."""
    del rows


def constant(value: Any) -> Callable[[Rows], Any]:
    """Decode any answer to `value`: a write gives back what was written."""
    return lambda rows: value  # noqa: ARG005
