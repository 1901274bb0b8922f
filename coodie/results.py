"""What operations give back beside documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LWTResult:
    """The answer to a lightweight transaction: was it applied, and if not, the values that stood in its way."""

    applied: bool
    existing: dict[str, Any] | None = None

    def __bool__(self) -> bool:
        """Tell whether the write was applied."""
        return self.applied


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The answer to a batch: was it applied, and for a conditional one the rows that its conditions looked at."""

    applied: bool
    rows: list[dict[str, Any]] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether the batch was applied."""
        return self.applied


@dataclass(frozen=True, slots=True)
class BulkResult(Generic[T]):
    """How many documents were saved, and each that was not, with its error."""

    saved: int = 0
    failed: list[tuple[T, Exception]] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether all were saved."""
        return not self.failed

    def raise_failures(self) -> None:
        """Raise what went wrong, all of it in one group."""
        if self.failed:
            errors = [error for _, error in self.failed]
            raise ExceptionGroup(f"{len(errors)} documents were not saved, {self.saved} were", errors)


@dataclass(frozen=True, slots=True)
class PagedResult(Generic[T]):
    """One page: its documents, and the token that `page()` takes to read on (`None` on the last page)."""

    data: list[T] = field(default_factory=list)
    paging_state: bytes | None = None


@dataclass(frozen=True, slots=True)
class TraceEvent:
    """One thing that a node did for a statement; `elapsed` is microseconds since that node began."""

    source: str
    elapsed: int
    description: str


@dataclass(frozen=True, slots=True)
class TracedResult(Generic[T]):
    """Rows with the server's own account of how it found them; `duration` is in seconds."""

    data: list[T]
    events: list[TraceEvent]
    duration: float | None
    coordinator: str | None


class SchemaPlan(list[str]):
    """The CQL that `sync_table` sent, or would send; `drift` tells what it saw and never touches."""

    drift: tuple[str, ...]

    def __init__(self, statements: list[str] | None = None, drift: tuple[str, ...] = ()) -> None:
        super().__init__(statements or [])
        self.drift = drift
