"""Real data from a CSV or JSON file: each row with its line, and the rejected ones in a file of their own."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from coodie.exceptions import printable
from demokit import rows
from demokit.rows import SURPLUS, FeedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

# What the file of rejected rows adds; a corrected one can be fed as it is.
ADDED: Final = ("line", "reason")


class RowError(ValueError):
    """One row cannot be used."""


@dataclass(frozen=True)
class Rejected:
    """A row that was left out, where it stands and why."""

    line: int
    reason: str
    row: Mapping[str, Any]


@dataclass(frozen=True)
class Feed:
    """What a file gave."""

    documents: list[Any]
    rejected: list[Rejected]


def read(
    path: Path,
    columns: Sequence[str],
    parse: Callable[[Mapping[str, Any]], Sequence[Any]],
    optional: Sequence[str] = (),
) -> Feed:
    """Read a file whose rows have `columns`, and may have the `optional` ones.

    `parse` makes a row's documents or raises what is wrong with it.
    """
    there = rows.columns(path)
    missing = [column for column in columns if column not in there]
    if missing and path.suffix.lower() == ".csv":  # an object of JSON may lack what another one has
        raise FeedError(
            f"{path.name}, line 1: the header lacks {', '.join(missing)}. Make it {','.join(columns)}, in any order."
        )
    documents: list[Any] = []
    rejected: list[Rejected] = []
    for line, row in rows.read(path):
        try:
            documents.extend(parse(_checked(row, columns, optional)))
        except (ValueError, ArithmeticError, TypeError) as error:
            rejected.append(Rejected(line, reason(error), row))
    if not documents and not rejected:
        raise FeedError(f"{path.name} has no rows. Write one below the header: {','.join(columns)}")
    return Feed(documents, rejected)


def reason(error: Exception) -> str:
    """Say in one line why a row was rejected, whatever it holds."""
    if isinstance(error, ValidationError):
        told = "; ".join(
            f"{'.'.join(map(str, part['loc'])) or 'row'}: {part['msg'].removeprefix('Value error, ')}"
            for part in error.errors()
        )
    else:
        told = str(error)
    return " ".join(printable(told).split())


def text(row: Mapping[str, Any], column: str) -> str:
    """Return what must be a text before it is made a key or cut to pieces; in JSON it may be anything."""
    value = row[column]
    if not isinstance(value, str):
        raise RowError(f"{column}: Input should be a valid string")
    return value


def moment(row: Mapping[str, Any], column: str) -> datetime:
    """Return a moment in UTC; one that names no zone is meant in UTC."""
    try:
        found = datetime.fromisoformat(text(row, column))
    except ValueError as error:
        raise RowError(f"{column}: Input should be a date such as 2026-06-30, or a date and time") from error
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def write_rejected(feed: Path, rejected: Sequence[Rejected], columns: Sequence[str], folder: Path) -> Path:
    """Write the rejected rows beside their reasons, in the feed's own format."""
    target = folder / f"{feed.stem.removesuffix('.rejected')}.rejected{feed.suffix.lower()}"
    found = [{"line": one.line, "reason": one.reason, **_plain(one.row)} for one in rejected]
    # Half of a character, which JSON can hold and UTF-8 cannot, is written as it was: as an escape.
    with target.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        if target.suffix == ".json":
            stream.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
        else:
            writer = csv.DictWriter(stream, [*ADDED, *columns, SURPLUS], extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(found)
    return target


def _checked(row: Mapping[str, Any], columns: Sequence[str], optional: Sequence[str]) -> dict[str, Any]:
    if row.get(SURPLUS):
        raise RowError(
            f"there is more than the columns {', '.join(columns)}; quote values that contain commas"
        )
    missing = [column for column in columns if row.get(column) is None]
    if missing:
        raise RowError(f"{', '.join(missing)}: missing")
    found = {column: row[column] for column in (*columns, *(name for name in optional if name in row))}
    for column, value in found.items():
        if not _is_unicode(value):
            raise RowError(f"{column}: Input should be valid Unicode, without halves of characters")
    return found


def _is_unicode(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ADDED}
