"""The hook by which a project says what else counts as a statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from coodie.livingdoc.adapters import Adapter


@pytest.hookspec
def pytest_livingdoc_adapters(config: pytest.Config) -> Iterable[Adapter]:  # type: ignore[empty-body]
    """Return adapters of `coodie.livingdoc.adapters`; called once in each process that records."""
