"""The value that crosses the driver boundary: CQL text with markers, its parameters, and execution options."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple


class Kind(Enum):
    """What a statement does, as far as retries, observers and `explain` care."""

    SELECT = "SELECT"
    INSERT = "INSERT"
    UPDATE = "UPDATE"
    DELETE = "DELETE"
    DDL = "DDL"
    RAW = "RAW"


class Marker(NamedTuple):
    """One bind marker: the name and CQL type of what is bound, and whether its value may be shown."""

    name: str
    type: str
    secret: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The part of a statement that does not depend on its values; built once and cached.

    `partition` maps each partition-key column to the position of its parameter; it is empty when the statement
    does not name its partitions, and `scan` then says whether it reads all of them.
    """

    text: str
    kind: Kind
    keyspace: str | None = None
    table: str | None = None
    markers: tuple[Marker, ...] = ()
    partition: tuple[tuple[str, int], ...] = ()
    scan: bool = False
    filtering: bool = False
    index: str | None = None
    conditional: bool = False
    idempotent: bool = False
    counter: bool = False
    model: str | None = None
    secret_columns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ExecutionOptions:
    """How a statement is executed; `None` leaves the choice to the connection.

    `timeout` is in seconds; `fetch_size` in rows a page; `paging_state` is the opaque token of an earlier page.
    `streamed` says that the rows are taken in their order, some at a time: a driver that can decodes them then.
    """

    consistency: str | None = None
    serial_consistency: str | None = None
    timeout: float | None = None
    fetch_size: int | None = None
    paging_state: bytes | None = None
    idempotent: bool | None = None
    profile: str | None = None
    tracing: bool = False
    streamed: bool = False


DEFAULT_OPTIONS = ExecutionOptions()


class Statement(NamedTuple):
    """A shape with its parameters and options: what a driver executes."""

    shape: Shape
    params: tuple[Any, ...] = ()
    options: ExecutionOptions = DEFAULT_OPTIONS

    @property
    def cql(self) -> str:
        """The text with its bind markers, exactly as it is prepared."""
        return self.shape.text


class BatchStatement(NamedTuple):
    """Several bound statements that the driver sends as one batch; `kind` is LOGGED, UNLOGGED or COUNTER."""

    statements: tuple[Statement, ...]
    kind: str = "LOGGED"
    options: ExecutionOptions = DEFAULT_OPTIONS


def is_idempotent(statement: Statement | BatchStatement | None) -> bool:
    """Tell whether sending a statement twice leaves what sending it once does."""
    if statement is None:
        return True
    if isinstance(statement, BatchStatement):
        return statement.kind != "COUNTER" and all(map(is_idempotent, statement.statements))
    return statement.shape.idempotent


def is_read(statement: Statement | BatchStatement) -> bool:
    """Tell whether a statement only reads; of one that is written by hand its first word tells."""
    if isinstance(statement, BatchStatement):
        return False
    kind, text = statement.shape.kind, statement.shape.text
    return kind is Kind.SELECT or (kind is Kind.RAW and text.lstrip()[:6].upper() == "SELECT")


def is_conditional(statement: Statement | BatchStatement | None) -> bool:
    """Tell whether a statement, or one of a batch, is a lightweight transaction."""
    if isinstance(statement, BatchStatement):
        return any(map(is_conditional, statement.statements))
    return statement is not None and statement.shape.conditional
