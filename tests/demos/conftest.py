from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

DEMOS = Path(__file__).parents[2] / "demos"
NAMES = sorted(path.parent.name for path in DEMOS.glob("*/models.py"))


@pytest.fixture(params=NAMES)
def demo(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A demo's folder, models and seed; fourteen modules are called `models`, so they are forgotten again."""
    folder = DEMOS / request.param
    monkeypatch.syspath_prepend(str(folder))
    bare = [path.stem for path in folder.glob("*.py")]
    for name in bare:
        monkeypatch.delitem(sys.modules, name, raising=False)
    models, seed = importlib.import_module("models"), importlib.import_module("seed")
    yield SimpleNamespace(name=request.param, folder=folder, models=models, seed=seed)
    for name in bare:
        sys.modules.pop(name, None)
