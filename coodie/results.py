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
class PagedResult(Generic[T]):
    """One page: its documents, and the token that `page()` takes to read on (`None` on the last page)."""

    data: list[T] = field(default_factory=list)
    paging_state: bytes | None = None


class SchemaPlan(list[str]):
    """The CQL that `sync_table` sent, or would send; `drift` tells what it saw and never touches."""

    drift: tuple[str, ...]

    def __init__(self, statements: list[str] | None = None, drift: tuple[str, ...] = ()) -> None:
        super().__init__(statements or [])
        self.drift = drift
