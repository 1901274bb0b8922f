"""The models of the library's features: files that import `coodie.sync`, loaded once for each colour.

What stands in `steps/models` is what a reader would write, and what the report shows. For the async colour the same
file is executed with `coodie.aio` in place of `coodie.sync`.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from coodie.core.document import DocumentCore

FOLDER = Path(__file__).with_name("models")


@lru_cache
def models(colour: str) -> dict[str, Any]:
    """Return all model classes and what they are made of, by name."""
    found: dict[str, Any] = {}
    for path in sorted(FOLDER.glob("[!_]*.py")):
        for name, value in vars(_load(path, colour)).items():
            if isinstance(value, type) and value.__module__.startswith(f"{__package__}.models_in_{colour}."):
                other = found.setdefault(name, value)
                assert other is value, f"two models are called {name}: {path} and {other.__module__}"
    return found


def documents(colour: str) -> dict[str, Any]:
    """Return the document classes by name."""
    return {name: found for name, found in models(colour).items() if issubclass(found, DocumentCore)}


def _load(path: Path, colour: str) -> ModuleType:
    name = f"{__package__}.models_in_{colour}.{path.stem}"
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module  # pydantic and inspect look a class's module up
    source = path.read_text("utf-8").replace("from coodie.sync import", f"from coodie.{colour} import")
    exec(compile(source, path, "exec"), vars(module))  # noqa: S102 - our own file
    return module
