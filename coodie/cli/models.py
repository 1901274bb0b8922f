"""The models of a module, a package or a file, found for the commands that work with them."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from coodie.cli.command import CommandError, Exit
from coodie.core.document import DocumentCore
from coodie.core.usertype import UserTypeCore
from coodie.core.view import ViewCore
from coodie.schema.polymorphism import root_of
from coodie.schema.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from pydantic import BaseModel

M = TypeVar("M", bound="BaseModel")


class Models(NamedTuple):
    """What modules define: tables (of a family of classes its topmost), views, and user types, each in file order."""

    tables: tuple[type[DocumentCore], ...]
    views: tuple[type[ViewCore], ...]
    types: tuple[type[UserTypeCore], ...]


def load_modules(name: str) -> list[ModuleType]:
    """Import a module, a package with all that is in it, or a file.

    Modules are looked for in the folder of the call too. What cannot be imported is a `CommandError` that names the
    line.
    """
    path = Path(name)
    if path.suffix == ".py" or path.is_dir():
        if not path.exists():
            raise CommandError(f"{name}: No such file", Exit.USAGE)
        name = _place(path.resolve())
    elif str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    top = _imported(name)
    inner = pkgutil.walk_packages(getattr(top, "__path__", ()), f"{name}.", onerror=_imported)
    return [top, *(_imported(info.name) for info in inner if not info.name.endswith(".__main__"))]


def models_in(modules: list[ModuleType]) -> Models:
    """Return the models that these modules define; those that they only import belong to others."""
    names = {module.__name__ for module in modules}
    classes: dict[type, None] = {
        value: None
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ in names
    }
    tables: dict[type[DocumentCore], None] = {}
    for model in _concrete(classes, DocumentCore):
        if not issubclass(model, ViewCore):
            tables.setdefault(_topmost(model))
    return Models(tuple(tables), tuple(_concrete(classes, ViewCore)), tuple(_concrete(classes, UserTypeCore)))


def load_models(names: list[str]) -> Models:
    """Import what the names say and return its models; where there is none it is a `CommandError`."""
    modules = {module.__name__: module for name in names for module in load_modules(name)}
    found = models_in(list(modules.values()))
    if not any(found):
        raise CommandError(
            f"{', '.join(names)}: no model is defined there (classes below Document, CounterDocument, "
            "MaterializedView or UserType)"
        )
    return found


def _concrete(classes: dict[type, None], kind: type[M]) -> Iterator[type[M]]:
    for value in classes:
        if issubclass(value, kind) and not read_settings(value).abstract:
            yield value


def _topmost(model: type[DocumentCore]) -> type[DocumentCore]:
    root = root_of(model)
    return root if issubclass(root, DocumentCore) else model


def _place(path: Path) -> str:
    """Return the dotted name of a file or folder, from the first folder above it that is no package; look there."""
    parts = [] if path.name == "__init__.py" else [path.stem]
    folder = path.parent
    while (folder / "__init__.py").is_file():
        parts.insert(0, folder.name)
        folder = folder.parent
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return ".".join(parts)


def _imported(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and (name == error.name or name.startswith(f"{error.name}.")):
            raise CommandError(
                f"no module is called {name}: give one that Python finds from here, or a file", Exit.USAGE
            ) from error
        raise CommandError(_where(name, error)) from error
    except Exception as error:
        raise CommandError(_where(name, error)) from error


def _where(name: str, error: Exception) -> str:
    """Say in one sentence what an import ended with, and at which line of whose file."""
    if isinstance(error, SyntaxError):
        return f"{name} cannot be imported: {error.msg} ({error.filename}, line {error.lineno})"
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "importlib" not in frame.filename
    ]
    own = [
        frame
        for frame in frames
        if "site-packages" not in frame.filename and "/coodie/" not in frame.filename
    ]
    last = (own or frames)[-1]
    return f"{name} cannot be imported: {type(error).__name__}: {error} ({last.filename}, line {last.lineno})"
