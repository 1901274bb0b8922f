"""A demo's `models` and `seed`, loaded by file: fourteen demos have modules of these names."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@lru_cache
def load(folder: Path, *names: str) -> dict[str, ModuleType]:
    """Return these modules, `models` and `seed` unless they are named, as `demo_<folder>.<name>`.

    The bare names exist only meanwhile.
    """
    package = f"demo_{folder.name.replace('-', '_')}"
    loaded: dict[str, ModuleType] = {}
    before = {path.stem: sys.modules.pop(path.stem, None) for path in folder.glob("*.py")}
    sys.path.insert(0, str(folder))
    try:
        for name in names or ("models", "seed"):
            spec = spec_from_file_location(f"{package}.{name}", folder / f"{name}.py")
            assert spec is not None
            assert spec.loader is not None
            loaded[name] = module_from_spec(spec)
            sys.modules[name] = sys.modules[spec.name] = loaded[name]
            spec.loader.exec_module(loaded[name])
    finally:
        sys.path.remove(str(folder))
        for name, module in before.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module
    return loaded
