"""Migration files: their names, their order, their checksums, and the class inside."""

from __future__ import annotations

import datetime as dt
import hashlib
import inspect
import linecache
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from coodie.exceptions import MigrationError
from coodie.migrations.base import Migration
from coodie.naming import snake_case

_NAME = re.compile(r"(\d{8})_(\d{3})_([A-Za-z0-9_]+)")
PATTERN = "YYYYMMDD_NNN_name.py"
CLASS = "ForwardMigration"
_MOST_A_DAY = 999


@dataclass(frozen=True, slots=True)
class MigrationFile:
    """A migration as it lies in the folder; `name` is the file's without `.py`, `checksum` that of its text."""

    name: str
    path: Path
    checksum: str

    def __str__(self) -> str:
        """Write the name."""
        return self.name

    @property
    def number(self) -> str:
        """Date and number, which order migrations: `20260131_002`."""
        return self.name[:12]

    def load(self) -> type[Migration]:
        """Execute the file and return its class; what is wrong with it is a `MigrationError` that names the file."""
        module = ModuleType(f"coodie_migration_{self.name}")
        module.__file__ = str(self.path.resolve())
        source = self.path.read_text("utf-8")
        linecache.checkcache(str(self.path))
        sys.modules[module.__name__] = module  # pydantic and dataclasses look a class's module up
        try:
            exec(compile(source, str(self.path), "exec"), vars(module))  # noqa: S102 - the user's own file
        except MigrationError:
            raise
        except Exception as error:
            raise MigrationError(f"{self.path} cannot be loaded: {type(error).__name__}: {error}") from error
        found = vars(module).get(CLASS)
        if not (inspect.isclass(found) and issubclass(found, Migration)):
            raise MigrationError(f"{self.path} has no class {CLASS}(Migration)")
        for method in ("upgrade", "downgrade"):
            if not inspect.iscoroutinefunction(getattr(found, method)):
                raise MigrationError(f"{self.path}: {method} must be an `async def`")
        return found


def discover_migrations(migrations_dir: str | Path) -> list[MigrationFile]:
    """Return the migrations of a folder in the order in which they are applied; none is executed.

    A missing folder, a file that begins with a digit but is not called `YYYYMMDD_NNN_name.py`, and two files of one
    date and number are a `MigrationError`. Other files are none of ours.
    """
    folder = Path(migrations_dir)
    if not folder.is_dir():
        raise MigrationError(
            f"there is no folder {folder}: make it, or name another one (--migrations-dir); "
            "`coodie makemigration` makes it with the first migration"
        )
    found: dict[str, MigrationFile] = {}
    for path in sorted(folder.glob("[0-9]*.py")):
        if _NAME.fullmatch(path.stem) is None or not _is_date(path.stem[:8]):
            raise MigrationError(f"{path} is not called {PATTERN}: rename it, or move it elsewhere")
        file = MigrationFile(path.stem, path, checksum(path.read_text("utf-8")))
        other = found.setdefault(file.number, file)
        if other is not file:
            raise MigrationError(
                f"{other.name} and {file.name} have one number, so nobody knows which comes first: "
                "give the later one the next number"
            )
    return list(found.values())


def checksum(text: str) -> str:
    """Return the checksum of a file's text, the same whatever its line ends."""
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()


def next_migration_filename(migrations_dir: str | Path, name: str, today: dt.date | None = None) -> str:
    """Return the file name of the next migration: today's date, or the last one's if that is later; next number."""
    slug = re.sub(r"\W+", "_", snake_case(name), flags=re.ASCII).strip("_").lower()
    if not slug:
        raise MigrationError(f"{name!r} cannot name a migration: use letters, digits and underscores")
    folder = Path(migrations_dir)
    numbers = [file.number for file in discover_migrations(folder)] if folder.is_dir() else []
    day = (today or dt.datetime.now(dt.UTC).date()).strftime("%Y%m%d")
    last = max(numbers, default="")
    day = max(day, last[:8])
    number = int(last[9:12]) + 1 if last[:8] == day else 1
    if number > _MOST_A_DAY:
        raise MigrationError(
            f"{folder} has {_MOST_A_DAY} migrations of {day}: the next must wait for tomorrow"
        )
    return f"{day}_{number:03}_{slug}.py"


def _is_date(digits: str) -> bool:
    try:
        dt.datetime.strptime(digits, "%Y%m%d").replace(tzinfo=dt.UTC)
    except ValueError:
        return False
    return True
