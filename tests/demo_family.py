"""The demos, for tests of all of them: their names, and each one's folder, models and seed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

DEMOS = Path(__file__).parents[1] / "demos"
NAMES = sorted(path.parent.name for path in DEMOS.glob("*/Makefile"))
MODELS = ("models.py", "taskboard/cassandra_models.py")


@pytest.fixture(params=NAMES)
def demo(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A demo's folder, models and seed; many modules are called `models`, so they are forgotten again."""
    folder = DEMOS / request.param
    monkeypatch.syspath_prepend(str(folder))
    forget(folder)
    models, seed = importlib.import_module(models_of(folder)), importlib.import_module("seed")
    yield SimpleNamespace(name=request.param, folder=folder, models=models, seed=seed)
    forget(folder)


def models_of(folder: Path) -> str:
    """The name under which a demo's app imports its models."""
    found = next(path for path in MODELS if (folder / path).is_file())
    return found.removesuffix(".py").replace("/", ".")


def forget(folder: Path) -> None:
    """Drop the modules of a folder, and those of its packages."""
    bare = {path.stem for path in folder.glob("*.py")} | {
        path.parent.name for path in folder.glob("*/__init__.py")
    }
    for name in [name for name in sys.modules if name.partition(".")[0] in bare]:
        del sys.modules[name]
